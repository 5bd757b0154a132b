"""What changed between two releases: two graphs in, changes out.

    release -> comparing -> change

`release` reads an earlier build, or any file of its data, `comparing` sets it beside the data of
now, and `change` is what comes of it. A change of where something was read (another line, a note that
was moved, the date of a note) is no change of what is said.
"""

from ds2026kg.history.change import Change, Changes
from ds2026kg.history.comparing import changes_between, statements_about
from ds2026kg.history.release import Release, read_release

__all__ = [
    "Change",
    "Changes",
    "Release",
    "changes_between",
    "read_release",
    "statements_about",
]
