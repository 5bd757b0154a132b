"""A data set's record on a CKAN portal: what a build would make of it, and making it so.

release.py      what a build has for the portal: a package and its files, whole and up to date
record.py       records as data: what is alike, and what the live record is to become
difference.py   the two, field by field
seen.py         the record as it was last looked at, by which edits of others are told
retrying.py     when a call is made again, and after how long
action.py       CKAN's action API: the only module here that speaks to the network
refusals.py     what the portal says no to, in our words
publishing.py   the calls in their order, and what stands when one fails
"""

from ds2026kg.targets.portal.action import Portal
from ds2026kg.targets.portal.difference import Change, Difference
from ds2026kg.targets.portal.publishing import Outcome, compared, publish
from ds2026kg.targets.portal.record import Record
from ds2026kg.targets.portal.release import Release, check_current, read_release
from ds2026kg.targets.portal.seen import read_seen, seen_file, write_seen

__all__ = [
    "Change",
    "Difference",
    "Outcome",
    "Portal",
    "Record",
    "Release",
    "check_current",
    "compared",
    "publish",
    "read_release",
    "read_seen",
    "seen_file",
    "write_seen",
]
