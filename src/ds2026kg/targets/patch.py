"""A change of a note as a unified diff, in the form that `git apply` takes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

_QUOTED = re.compile(rb'[\x00-\x1f"\\\x7f]')
_NO_END = b"\n\\ No newline at end of file\n"


def patch(path: str, before: bytes, after: bytes) -> bytes:
    r"""The diff from `before` to `after` of the file at `path`, relative to the vault; b"" if none.

    Lines end in LF, as they do to git: a CR before it belongs to the line, so that it stays.

    >>> print(patch("a.md", b"x\n", b"y").decode(), end="")
    diff --git a/a.md b/a.md
    --- a/a.md
    +++ b/a.md
    @@ -1 +1 @@
    -x
    +y
    \ No newline at end of file
    """
    return b"".join(_lines(path.encode(), before, after))


def _lines(path: bytes, before: bytes, after: bytes) -> Iterator[bytes]:
    if before == after:
        return
    old, new = _quoted(b"a/" + path), _quoted(b"b/" + path)
    yield b"diff --git " + old + b" " + new + b"\n"
    for number, line in enumerate(
        difflib.diff_bytes(difflib.unified_diff, _split(before), _split(after), old, new)
    ):
        if number < 2 and b" " in path:  # git ends a name that has blanks with a tab
            yield line.removesuffix(b"\n") + b"\t\n"
        else:
            yield line if line.endswith(b"\n") else line + _NO_END


def _split(data: bytes) -> list[bytes]:
    return [line for line in re.split(rb"(?<=\n)", data) if line]


def _quoted(name: bytes) -> bytes:
    """A file's name as git writes it: in quotes where it holds what a line cannot."""
    if not _QUOTED.search(name):
        return name
    return b'"' + _QUOTED.sub(lambda found: b"\\%03o" % found[0][0], name) + b'"'
