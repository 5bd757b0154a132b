"""Which paths of a vault are not notes, as Obsidian's settings and an ignore file say.

Obsidian's help says of "Excluded files" no more than that they are hidden. How they match is taken
from four published readings of its releases up to 1.13, of which three agree. A filter is trimmed;
if it is longer than two characters and lies between two slashes, it is a JavaScript regular
expression, sought anywhere in the path of a file; any other is the beginning of a path, literally
(the fourth reading has it match anywhere). Both are blind to case (flag `i`, no other), and one
that does not compile is passed over. So "Draft" also excludes "Drafts/a.md", and a folder is
excluded only by the beginning of its path.

The files are not trusted, so RE2 does the matching, in linear time: an expression that takes a
backtracking engine minutes takes it 20 µs, and 500 lines of an ignore file cost 2 µs a path (100 µs
with `re`). It lacks backreferences and assertions; those that open an expression after `^`, as in
`^(?!Public/)`, are matched apart. What a file may cost in all is bounded by RE2's program size.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import stat
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import re2  # type: ignore[import-untyped]
from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from ds2026kg.errors import reason_of
from ds2026kg.findings import Finding, Rule, Span, Text
from ds2026kg.vault.exclusion_rules import (
    EXCLUSION_PATTERN,
    EXCLUSIONS_UNEXPECTED,
    EXCLUSIONS_UNREADABLE,
)
from ds2026kg.vault.places import Places

Reason = Literal["hidden", "templates", "excluded-files", "ignore-file"]

_MAX_BYTES = 1024 * 1024
_MAX_PATTERN = 1024  # characters
# RE2 instructions for all the patterns of a file: 1,000 plain ones, or fewer with many wildcards.
# Far from what RE2's memory holds; the worst that fits took 11 ms a path. A refusal costs some too.
_BUDGET = 20_000
_REFUSED = 20
_SHOWN = 80  # characters of a pattern that a finding shows

_NO_FILE = Text(
    "it is not a regular file, or lies behind a symbolic link",
    "ce n’est pas un fichier ordinaire, ou il se trouve derrière un lien symbolique",
)
_FILE_TOO_LARGE = Text("it is larger than 1 MiB", "il dépasse 1\u00a0Mio")
_DENIED = Text("permission denied", "accès refusé")
_NOT_UTF8 = Text("it is not UTF-8 text", "ce n’est pas du texte UTF-8")
_NOT_JSON = Text("from here on, it is not JSON", "à partir d’ici, ce n’est pas du JSON")
_TOO_LARGE = Text(
    "it is too large, alone or with those before it",
    "il est trop grand, seul ou avec ceux qui le précèdent",
)
_REST = Text(
    "it and all that follow are too many", "lui et tous ceux qui suivent sont trop nombreux"
)
_INVALID = Text("it is not valid", "il n’est pas valide")
_ASSERTS = Text(
    "it looks ahead or behind, or refers back to a group",
    "il regarde en avant ou en arrière, ou renvoie à un groupe",
)

# The assertions that open an expression, and what follows them: one branch, without groups in groups.
_ATOM = r"\\.|\[(?>(?:\\.|[^\]\\])*)\]|[^()\[\]\\|]"  # (?>x*), since x*+ goes wrong before 3.11.5
_GROUP = rf"\((?>(?:{_ATOM}|\|)*)\)"
_AHEAD = rf"\(\?([=!])((?>(?:{_ATOM}|\||{_GROUP})*))\)"
_OPENING = re.compile(rf"\^((?:{_AHEAD})+)(?![*+?{{])((?>(?:{_ATOM}|{_GROUP})*))", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|.)", re.DOTALL)
_ASSERTION = re.compile(rb"perl operator: \(\?<?[=!]|escape sequence: \\[1-9k]")
_RE2 = re2.Options()
_RE2.case_sensitive = False
_RE2.log_errors = False
_RE2.never_capture = True
_RE2.max_mem = 64 * 1024 * 1024


class _RefusedError(Exception):
    """A pattern cannot be used."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class _Source:
    """One file that says what is not a note: its bytes, none if it is missing, and its findings."""

    def __init__(self, root: Path, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.expressions = re2.Set.SearchSet(_RE2)
        self._left = _BUDGET
        content = _content(root, file)
        if isinstance(content, Text):
            self.find(EXCLUSIONS_UNREADABLE, reason=content)
            content = b""
        self.data = content.removeprefix(codecs.BOM_UTF8)
        self._places = Places(file, self.data, len(content) - len(self.data))

    def find(self, rule: Rule, place: tuple[int, int] | None = None, **values: object) -> None:
        """Reports a breach of `rule` between two byte offsets of `data`, or in the whole file."""
        span = self._places.span(*place) if place else Span.of_file(self.file)
        self.findings.append(Finding(rule, span, values))

    def take(self, *expressions: str) -> int:
        """Adds all of them to `expressions`, or raises `_RefusedError`; the number of the first."""
        size = sum(map(_size, expressions))
        if size > self._left:
            raise _RefusedError(_TOO_LARGE)
        self._left -= size
        return min(int(self.expressions.Add(each)) for each in expressions)

    def refuse(self, pattern: str, error: _RefusedError, place: tuple[int, int] | None) -> bool:
        """Reports a pattern that cannot be used; whether there is room for more."""
        self._left -= _REFUSED
        shown = pattern if len(pattern) <= _SHOWN else f"{pattern[:_SHOWN]}…"
        reason = error.reason if self._left > 0 else _REST
        self.find(EXCLUSION_PATTERN, place, pattern=shown, reason=reason)
        return self._left > 0

    def settings(self) -> dict[str, Any]:
        """The file as a JSON object; an empty one if it is none."""
        if not self.data:
            return {}
        try:
            value = json.loads(self.data.decode())
        except UnicodeDecodeError as error:
            self.find(EXCLUSIONS_UNREADABLE, (error.start, error.end), reason=_NOT_UTF8)
        except json.JSONDecodeError as error:
            at = len(error.doc[: error.pos].encode())
            self.find(EXCLUSIONS_UNREADABLE, (at, at), reason=_NOT_JSON)
        except (ValueError, RecursionError):  # a number or a nesting beyond Python's limits
            self.find(EXCLUSIONS_UNREADABLE, reason=_NOT_JSON)
        else:
            if isinstance(value, dict):
                return value
            expected = Text("an object", "un objet")
            self.find(EXCLUSIONS_UNEXPECTED, key=self.file, expected=expected)
        return {}


class _Filter(NamedTuple):
    """An entry of "Excluded files": the numbers of its expressions in the set of them all.

    `ahead` are the assertions at its start, each with whether it must hold.
    """

    body: int
    ahead: tuple[tuple[int, bool], ...]
    is_prefix: bool


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What a vault's settings and its ignore file say is not a note.

    `templates` are the folders of templates ("Templates/"); `filters` the entries of "Excluded
    files" and `expressions` the RE2 set of what they seek; `ignored` the patterns of the ignore
    file; `findings` what could not be taken.
    """

    templates: tuple[str, ...]
    filters: tuple[_Filter, ...]
    expressions: Any
    ignored: GitIgnoreSpec | None
    findings: tuple[Finding, ...]

    def reason(self, path: str, *, folder: bool) -> Reason | None:
        """Why `path` is passed over, None if it is not; the first reason in the order of `Reason`.

        `path` is relative to the vault, with forward slashes. Made to be asked of each entry in a
        walk that does not enter the folders passed over. What is in a folder that is not may still
        be excluded: a regular expression is asked of files only, as in Obsidian.

        >>> read_exclusions(Path("no vault")).reason("a/.trash", folder=True)
        'hidden'
        """
        if path.startswith(".") or "/." in path:
            return "hidden"
        if not path.isascii():
            # Bytes that are not UTF-8 become replacement characters, which RE2 takes.
            path = unicodedata.normalize("NFC", os.fsencode(path).decode("utf-8", "replace"))
        if folder:
            path += "/"
        if path.startswith(self.templates):
            return "templates"
        if self.filters and self._is_excluded(path, folder):
            return "excluded-files"
        if self.ignored is not None and self.ignored.match_file(path):
            return "ignore-file"
        return None

    def _is_excluded(self, path: str, folder: bool) -> bool:
        """Whether a filter excludes the file `path`, or all that lies in the folder `path` ("a/")."""
        found = self.expressions.Match(path) or ()
        return bool(found) and any(
            each.body in found
            and (each.is_prefix or not folder)
            and all((number in found) is wanted for number, wanted in each.ahead)
            for each in self.filters
        )


def read_exclusions(root: Path) -> Exclusions:
    """What is not a note in the vault at `root`; raises nothing.

    Reads the folders of templates that `.obsidian/templates.json` and the plug-in Templater name,
    "Excluded files" in `.obsidian/app.json`, and `.ds2026kgignore` in the syntax of gitignore(5),
    always sensitive to case. A missing file is nothing; one that cannot be read is a finding.
    Files are read up to 1 MiB, and never through symbolic links.

    >>> read_exclusions(Path("no vault")).findings
    ()
    """
    core = _Source(root, ".obsidian/templates.json")
    templater = _Source(root, ".obsidian/plugins/templater-obsidian/data.json")
    app = _Source(root, ".obsidian/app.json")
    ignore = _Source(root, ".ds2026kgignore")
    templates = (*_folders(core, "folder"), *_folders(templater, "templates_folder"))
    filters, ignored = _filters(app), _ignored(ignore)
    findings = [found for source in (core, templater, app, ignore) for found in source.findings]
    return Exclusions(templates, filters, app.expressions, ignored, tuple(findings))


def _content(root: Path, file: str) -> bytes | Text:
    """The bytes of a file of the vault, none if it is missing, or why it cannot be read."""
    try:
        path = root
        for part in file.split("/"):
            path /= part
            if path.is_symlink():
                return _NO_FILE
        # O_NONBLOCK: a pipe must not hold up the reading; O_NOFOLLOW: the file may just have
        # become a symbolic link.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return _NO_FILE
        with open(descriptor, "rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except PermissionError:
        return _DENIED
    except OSError as error:
        return reason_of(error)
    except ValueError as error:
        return Text(str(error), str(error))
    return data if len(data) <= _MAX_BYTES else _FILE_TOO_LARGE


def _folders(source: _Source, key: str) -> Iterator[str]:
    """The folder that a setting names, with a slash at its end; nothing for the vault itself."""
    value = source.settings().get(key)
    if isinstance(value, str):
        folder = unicodedata.normalize("NFC", value.strip()).replace("\\", "/")
        if parts := [part for part in folder.split("/") if part]:
            yield "/".join((*parts, ""))
    elif value is not None:
        expected = Text("the path of a folder", "le chemin d’un dossier")
        source.find(EXCLUSIONS_UNEXPECTED, key=key, expected=expected)


def _filters(source: _Source) -> tuple[_Filter, ...]:
    """The entries of `userIgnoreFilters`, as Obsidian takes them."""
    key = "userIgnoreFilters"
    entries = source.settings().get(key) or []
    if not isinstance(entries, list):
        expected = Text("a list of texts", "une liste de textes")
        source.find(EXCLUSIONS_UNEXPECTED, key=key, expected=expected)
        entries = []
    filters = []
    for entry in entries:
        try:
            if not isinstance(entry, str):
                raise _RefusedError(_INVALID)
            if written := unicodedata.normalize("NFC", entry.strip()):
                filters.append(_filter(written, source))
        except _RefusedError as error:
            # JSON's reader tells no places: the entry is sought as Obsidian writes it.
            shown = json.dumps(entry, ensure_ascii=False)
            sought = shown.encode("utf-8", "replace")
            at = source.data.find(sought, source.data.find(key.encode()))
            place = (at, at + len(sought)) if at > 0 else None
            if not source.refuse(shown.strip('"'), error, place):
                break
    source.expressions.Compile()
    return tuple(filters)


def _filter(entry: str, source: _Source) -> _Filter:
    """One entry of "Excluded files", its expressions taken; raises `_RefusedError`."""
    if len(entry) > _MAX_PATTERN:
        raise _RefusedError(_TOO_LARGE)
    if len(entry) <= 2 or not (entry.startswith("/") and entry.endswith("/")):
        return _Filter(source.take("^" + re.escape(entry)), (), is_prefix=True)
    body = _ESCAPE.sub(lambda found: rf"\x{{{found[1]}}}" if found[1] else found[0], entry[1:-1])
    ahead: list[tuple[str, str]] = []
    if opening := _OPENING.fullmatch(body):
        ahead = re.findall(_AHEAD, opening[1], re.DOTALL)
        body = "^" + opening[4]
    number = source.take(body, *(f"^(?:{assertion})" for _, assertion in ahead))
    wanted = (sign == "=" for sign, _ in ahead)
    return _Filter(number, tuple(enumerate(wanted, number + 1)), is_prefix=False)


def _ignored(source: _Source) -> GitIgnoreSpec | None:
    """The patterns of the ignore file; None if it has none."""
    patterns, end = [], -1
    for line in source.data.split(b"\n"):
        start, end = end + 1, end + 1 + len(line)
        line = line.removesuffix(b"\r")
        if not line.strip() or line.startswith(b"#"):
            continue
        try:
            patterns.append(_ignore_pattern(line, source))
        except _RefusedError as error:
            place = (start, start + len(line))
            if not source.refuse(line.decode("utf-8", "replace"), error, place):
                break
    return GitIgnoreSpec(patterns, backend="re2") if patterns else None


def _ignore_pattern(line: bytes, source: _Source) -> GitIgnoreSpecPattern:
    """One line of the ignore file; raises `_RefusedError`."""
    try:
        written = unicodedata.normalize("NFC", line.decode())
        if len(written) > _MAX_PATTERN:
            raise _RefusedError(_TOO_LARGE)
        with warnings.catch_warnings(action="ignore"):  # of a bracket within brackets
            pattern = GitIgnoreSpecPattern(written)
    except UnicodeDecodeError:
        raise _RefusedError(_NOT_UTF8) from None
    except (ValueError, re.error):
        raise _RefusedError(_INVALID) from None
    if pattern.regex is None:  # git passes it over
        raise _RefusedError(_INVALID)
    source.take(pattern.regex.pattern)
    return pattern


def _size(expression: str) -> int:
    """The instructions of RE2's program for an expression; raises `_RefusedError` if it has none."""
    try:
        return int(re2.compile(expression, _RE2).programsize)
    except UnicodeEncodeError:
        raise _RefusedError(_INVALID) from None
    except re2.error as error:
        [problem] = error.args
        raise _RefusedError(_ASSERTS if _ASSERTION.search(problem) else _INVALID) from None
