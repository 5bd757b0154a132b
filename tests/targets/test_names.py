"""What files of pages are called: safe, and each its own, on every file system."""

from __future__ import annotations

import pytest

from ds2026kg.errors import OutputError
from ds2026kg.findings import Text
from ds2026kg.targets import FileNames


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("index", "index"),
        ("doc/mission/3.1", "doc/mission/3.1"),
        ("doc/actor/a%20b%3A%C3%A9", "doc/actor/a b:é"),
        ("doc/actor/100%2525", "doc/actor/100%25"),
        ("doc/actor/%2E%2E", "doc/actor/.."),
        ("doc/actor/con", "doc/actor/con"),
        ("doc/actor/" + "x" * 247, "doc/actor/" + "x" * 247),
        ("doc/" + "x" * 255 + "/y", "doc/" + "x" * 255 + "/y"),
    ],
)
def test_a_file_is_called_what_a_host_looks_for(path: str, name: str) -> None:
    """An address is decoded once; the ending keeps two dots from being the folder above."""
    assert FileNames(windows=False).of(path) == name


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("doc/%2E%2E/x", "no file can have the name of this page"),
        ("doc/../x", "no file can have the name of this page"),
        ("doc/./x", "no file can have the name of this page"),
        ("doc/.git/x", "no file can have the name of this page"),
        ("doc//x", "no file can have the name of this page"),
        ("/etc/x", "no file can have the name of this page"),
        ("doc/", "no file can have the name of this page"),
        ("", "no file can have the name of this page"),
        ("doc/a%2Fb", "no file can have the name of this page"),
        ("doc/a%5Cb", "no file can have the name of this page"),
        ("doc/a%00", "no file can have the name of this page"),
        ("doc/a%0Ab", "no file can have the name of this page"),
        ("doc/%FF", "no file can have the name of this page"),
        ("doc/\ud800", "no file can have the name of this page"),
        ("doc/" + "x" * 248, "the name of this page is too long for a file"),
        ("doc/" + "%C3%A9" * 124, "the name of this page is too long for a file"),
        ("doc/" + "x" * 256 + "/y", "the name of this page is too long for a file"),
    ],
)
def test_a_name_that_no_file_can_have_is_refused(path: str, fault: str) -> None:
    """Nothing is climbed out of, hidden or cut short: the page is named, with a way to mend it."""
    with pytest.raises(OutputError) as caught:
        FileNames(windows=False).of(path)
    assert (caught.value.place, caught.value.message.en) == (path, fault)
    assert caught.value.remedy == Text(
        "give the entity another id: in its note, or build without --site",
        "donnez à l’entité un autre id: dans sa note, ou publiez sans --site",
    )


@pytest.mark.parametrize(
    "path",
    ["doc/con", "doc/Com1.x", "doc/nul/x", "doc/aux.b/x", "doc/a%3Ab", "doc/a./x", "doc/a%20/x"],
)
def test_names_that_windows_keeps_for_itself_are_refused_there_alone(path: str) -> None:
    """Devices, and characters and endings that no file of Windows has."""
    assert FileNames(windows=False).of(path)
    with pytest.raises(OutputError):
        FileNames(windows=True).of(path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("doc/actor/TBS", "doc/actor/tbs"),
        ("doc/actor/%C3%89", "doc/actor/e%CC%81"),
        ("doc/actor/a%20b", "doc/actor/a b"),
        ("doc/Actor/x", "doc/actor/x"),
    ],
)
def test_two_pages_never_share_a_file(one: str, other: str) -> None:
    """Names that some file system holds to be one are refused on all; a page may ask again."""
    names = FileNames(windows=False)
    assert names.of(one) == names.of(one)
    with pytest.raises(OutputError) as caught:
        names.of(other)
    assert caught.value.place == other
    assert caught.value.message == Text(
        f"its page would have the file of another page: {one}",
        f"sa page aurait le fichier d’une autre page\u00a0: {one}",
    )
