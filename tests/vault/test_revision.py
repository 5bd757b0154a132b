"""A vault as it was at a revision of git, and what has changed since."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ds2026kg.errors import ConfigurationError, OutputError
from ds2026kg.vault.revision import Revision, _is_safe, open_revision

if TYPE_CHECKING:
    from tests.conftest import Repository

_LIMIT = 1000
ODD = ["a b.md", "é.md", "q\"uote's.md", "-r.md", "tab\tand\nline.md", "\\b.md", "日本.md"]


def contents(revision: Revision) -> dict[str, str] | None:
    """The files of a vault at a revision with what was written of them, or None if it had none."""
    with revision.files(_LIMIT) as folder:
        if folder is None:
            return None
        return {
            path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


@pytest.mark.parametrize("vault", ["", "notes/the vault"])
def test_the_files_are_those_of_the_revision(repository: Repository, vault: str) -> None:
    """At the top of a repository or below, what has changed since is not in them."""
    root = repository.root / vault
    prefix = f"{vault}/" if vault else ""
    repository.write(f"{prefix}sub/A.md", "old")
    repository.write(f"{prefix}gone.md", "gone")
    commit = repository.commit()
    repository.write(f"{prefix}sub/A.md", "new")
    repository.write(f"{prefix}new.md", "new")
    (root / "gone.md").unlink()
    revision = open_revision(root, "HEAD")
    assert (revision.commit, contents(revision)) == (commit, {"gone.md": "gone", "sub/A.md": "old"})
    assert revision.changed == {"sub/A.md", "new.md", "gone.md"}


def test_the_folder_has_the_name_of_the_vault_and_is_gone_afterwards(
    repository: Repository,
) -> None:
    """Addresses such as obsidian://open?vault=… name it; nothing is left of it."""
    repository.write("my vault/a.md", "")
    repository.commit()
    with open_revision(repository.root / "my vault", "HEAD").files(_LIMIT) as folder:
        assert folder is not None
        assert folder.name == "my vault"
    assert not folder.parent.exists()


def test_every_kind_of_change_is_seen(repository: Repository) -> None:
    """Committed, staged, unstaged, untracked and ignored files differ; others do not."""
    for name in ("committed", "staged", "unstaged", "same", "removed", "old name"):
        repository.write(f"{name}.md", f"{name} was here\n")
    repository.write(".gitignore", "ignored.md\n")
    first = repository.commit()
    repository.write("committed.md", "new")
    repository.commit()
    repository.write("staged.md", "new")
    repository.git("mv", "old name.md", "new name.md")
    repository.git("rm", "--quiet", "removed.md")
    repository.git("add", "--all")
    repository.write("unstaged.md", "new")
    repository.write("untracked.md", "new")
    repository.write("ignored.md", "new")
    assert open_revision(repository.root, first).changed == {
        f"{name}.md"
        for name in (
            *("committed", "staged", "unstaged", "untracked", "ignored"),
            *("removed", "old name", "new name"),
        )
    }


def test_a_note_that_was_changed_and_changed_back_is_the_same(repository: Repository) -> None:
    """What counts is what differs from the revision, not what happened since."""
    repository.write("a.md", "one")
    first = repository.commit()
    repository.write("a.md", "two")
    repository.commit()
    repository.write("a.md", "one")
    assert open_revision(repository.root, first).changed == frozenset()


@pytest.mark.skipif(os.name != "posix", reason="other systems allow no such names")
def test_names_may_hold_anything(repository: Repository) -> None:
    """Quotes, blanks, accents, tabs, line ends and backslashes are no trouble."""
    for name in ODD:
        repository.write(name, name)
    repository.commit()
    revision = open_revision(repository.root, "HEAD")
    assert contents(revision) == {name: name for name in ODD}
    assert revision.changed == set()
    for name in ODD:
        repository.write(name, "new")
        repository.write(f"new {name}", "new")
    assert open_revision(repository.root, "HEAD").changed == {*ODD, *(f"new {n}" for n in ODD)}


def test_only_what_is_read_is_written(repository: Repository) -> None:
    """Notes, canvases and settings have their content; of others the name is enough."""
    read = ["a.md", "B.MD", "c.canvas", ".ds2026kgignore", ".obsidian/app.json"]
    for name in (*read, "d.png", "sub/.ds2026kgignore"):
        repository.write(name, "x")
    repository.commit()
    expected = dict.fromkeys(read, "x") | {"d.png": "", "sub/.ds2026kgignore": ""}
    assert contents(open_revision(repository.root, "HEAD")) == expected


def test_a_file_beyond_the_limit_keeps_its_size(repository: Repository) -> None:
    """It is as large as it was, so that it is refused as it was, and takes no memory."""
    repository.write("a.md", "x" * (_LIMIT + 1))
    repository.commit()
    assert contents(open_revision(repository.root, "HEAD")) == {"a.md": "\0" * (_LIMIT + 1)}


@pytest.mark.skipif(os.name != "posix", reason="other systems may not allow links")
def test_symbolic_links_are_never_written(repository: Repository) -> None:
    """They are known by name, as long as they have not changed."""
    repository.write("a.md", "x")
    for name in ("same.md", "other.md"):
        (repository.root / name).symlink_to("/etc/passwd")
    repository.commit()
    (repository.root / "other.md").unlink()
    (repository.root / "other.md").symlink_to("a.md")
    revision = open_revision(repository.root, "HEAD")
    assert contents(revision) == {"a.md": "x"}
    assert revision.unchanged_symlinks == {"same.md"}


@pytest.mark.parametrize("path", ["../a.md", "a/../../b.md", "/a.md", "a//b.md", "./a.md", ""])
def test_no_path_leads_out_of_the_folder(path: str) -> None:
    """Git would write no such path, but a repository made by hand can hold one."""
    assert not _is_safe(path)


def test_a_repository_made_by_hand_cannot_write_elsewhere(repository: Repository) -> None:
    """A tree with an entry called ".." gives the files that are safe, and no other."""
    repository.write("evil.md", "evil")
    blob = repository.git("hash-object", "-w", "evil.md").strip()
    tree = bytes.fromhex(blob)
    inner = repository.root / "inner"
    inner.write_bytes(b"100644 evil.md\0" + tree)
    name = repository.git("hash-object", "-w", "--literally", "-t", "tree", "inner").strip()
    inner.write_bytes(b"40000 ..\0" + bytes.fromhex(name) + b"100644 good.md\0" + tree)
    name = repository.git("hash-object", "-w", "--literally", "-t", "tree", "inner").strip()
    inner.unlink()
    commit = repository.git("commit-tree", name, "-m", "evil").strip()
    with open_revision(repository.root, commit).files(_LIMIT) as folder:
        assert folder is not None
        written = [path.name for path in folder.parent.rglob("*")]
    assert written == [repository.root.name, "good.md"]


def test_a_vault_that_the_revision_did_not_have_is_all_new(repository: Repository) -> None:
    """It had no files, and all that are there now have changed."""
    repository.write("readme.txt", "")
    repository.commit()
    repository.write("vault/a.md", "")
    revision = open_revision(repository.root / "vault", "HEAD")
    assert contents(revision) is None
    assert revision.changed == {"a.md"}


@pytest.mark.parametrize("name", ["HEAD", "main", "v1", "HEAD~1", "main@{0}", "commit"])
def test_a_revision_is_named_as_git_names_them(repository: Repository, name: str) -> None:
    """Commits, branches, tags and what leads from them."""
    repository.write("a.md", "")
    first = repository.commit()
    second = repository.commit()
    repository.git("branch", "--force", "--move", "main")
    repository.git("tag", "-a", "v1", "-m", "one")
    found = open_revision(repository.root, second if name == "commit" else name)
    assert found.commit == (first if name == "HEAD~1" else second)


@pytest.mark.parametrize(
    "name", ["no-such", "", "--output=x", "-h", "HEAD:a.md", "HEAD~9", "HEAD..HEAD", "a\0b", "a\nb"]
)
def test_an_unknown_revision_is_an_error(repository: Repository, name: str) -> None:
    """Nothing that begins with a hyphen reaches git, and no blob is a revision."""
    repository.write("a.md", "")
    repository.commit()
    with pytest.raises(ConfigurationError, match="no such revision") as raised:
        open_revision(repository.root, name)
    assert raised.value.place == f"--changed-since {name}".rstrip()
    assert [path.name for path in repository.root.iterdir() if path.name != ".git"] == ["a.md"]


def test_a_repository_without_commits_has_no_revisions(repository: Repository) -> None:
    """HEAD leads nowhere yet."""
    with pytest.raises(ConfigurationError, match="no such revision"):
        open_revision(repository.root, "HEAD")


def test_a_shallow_clone_says_how_to_get_more(repository: Repository, tmp_path: Path) -> None:
    """The remedy for a revision that was not fetched is to fetch it."""
    repository.write("a.md", "")
    first = repository.commit()
    repository.commit()
    source = f"file://{repository.root}"
    repository.git("clone", "--quiet", "--depth", "1", source, tmp_path / "clone")
    with pytest.raises(ConfigurationError) as raised:
        open_revision(tmp_path / "clone", first)
    assert raised.value.remedy is not None
    assert "git fetch --unshallow" in raised.value.remedy.en
    assert open_revision(tmp_path / "clone", "HEAD").changed == frozenset()


def test_a_vault_in_no_repository_is_an_error(repository: Repository, tmp_path: Path) -> None:
    """Neither a plain folder, nor what lies inside .git, has a past."""
    (tmp_path / "plain").mkdir()
    for folder in (tmp_path / "plain", repository.root / ".git"):
        with pytest.raises(ConfigurationError, match="working tree of git") as raised:
            open_revision(folder, "HEAD")
        assert raised.value.place == str(folder)


def test_without_git_there_is_an_error(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The remedy is to install it."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(ConfigurationError, match="git is not installed"):
        open_revision(repository.root, "HEAD")


def test_a_broken_repository_is_an_error_in_words_of_git(repository: Repository) -> None:
    """A content that is missing is told, and no folder is left behind."""
    repository.write("a.md", "one")
    repository.commit()
    revision = open_revision(repository.root, "HEAD")
    (blob,) = revision.blobs
    (repository.root / ".git" / "objects" / blob.object[:2] / blob.object[2:]).unlink()
    with pytest.raises(ConfigurationError, match=f"{blob.object} missing"):
        contents(revision)
    (repository.root / ".git" / "index").write_bytes(b"broken")
    with pytest.raises(ConfigurationError, match="could not tell what has changed: "):
        open_revision(repository.root, "HEAD")


def test_a_hook_of_another_repository_does_not_matter(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git tells its hooks of their repository by variables, which are not passed on."""
    repository.write("a.md", "")
    commit = repository.commit()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert open_revision(repository.root, "HEAD").commit == commit


def test_a_temporary_folder_that_cannot_be_had_is_an_error(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is output that cannot be written, not a fault of the notes."""
    repository.write("a.md", "")
    repository.commit()
    revision = open_revision(repository.root, "HEAD")
    monkeypatch.setattr(tempfile, "tempdir", str(repository.root / "missing"))
    with pytest.raises(OutputError, match="temporary folder"):
        contents(revision)


def test_git_is_left_as_it_was(repository: Repository) -> None:
    """Neither the index nor anything else of the repository is written to."""
    repository.write("a.md", "one")
    repository.commit()
    (repository.root / "a.md").touch()
    before = {p: p.stat().st_mtime_ns for p in (repository.root / ".git").rglob("*")}
    contents(open_revision(repository.root, "HEAD"))
    assert {p: p.stat().st_mtime_ns for p in (repository.root / ".git").rglob("*")} == before
