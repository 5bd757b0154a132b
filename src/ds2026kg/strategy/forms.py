"""What a value that is not understood can only mean: nothing here is a guess.

Each function gives the one form that would be understood, or None where there could be two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

_YEAR_FIRST = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([^\W\d_]+),? (\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([^\W\d_]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_APART = re.compile(r"[\s_-]+")
_MONTHS = {
    name: month
    for names in (
        "january february march april may june july august september october november december",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    )
    for month, name in enumerate(names.split(), 1)
}


def plain_date(text: str) -> str | None:
    """The day that `text` names in a form of its own, as ISO 8601 (§5.2.1) has it.

    The year stands first, or the month is a word; of `01/02/2024` nobody knows which is the day.

    >>> [plain_date(each) for each in ("2024/3/1", "20240301", "March 1st, 2024", "1er août 2024")]
    ['2024-03-01', '2024-03-01', '2024-03-01', '2024-08-01']
    >>> plain_date("01/02/2024") is plain_date("2024-02-30") is None
    True
    """
    if numbers := _YEAR_FIRST.fullmatch(text):
        year, _, *rest = numbers.groups()
        month, day = (int(each) for each in rest if each)
    elif words := _DAY_FIRST.fullmatch(text):
        year, month, day = words[3], _month(words[2]), int(words[1])
    elif words := _MONTH_FIRST.fullmatch(text):
        year, month, day = words[3], _month(words[1]), int(words[2])
    else:
        return None
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS.get(_bare(name), 0)


def same_but_for_marks(text: str, names: Iterable[str]) -> list[str]:
    """Those of `names` that differ from `text` in case, accents, blanks, hyphens or `_` alone.

    >>> same_but_for_marks("Led_by", ["ledBy", "label"])
    ['ledBy']
    """
    bare = _bare(text)
    return [name for name in names if _bare(name) == bare]


def plain_concept(text: str, concepts: Mapping[str, str]) -> str | None:
    """The name of the one concept that `text` can be; its code, where that is as near as a label.

    >>> plain_concept("In_Progress", {"in progress": "status/in-progress",
    ...                               "in-progress": "status/in-progress"})
    'in-progress'
    """
    names = same_but_for_marks(text, concepts)
    if len({concepts[name] for name in names}) != 1:
        return None
    return next((each for each in names if each == concepts[each].partition("/")[2]), names[0])


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _APART.sub("", "".join(each for each in decomposed if not unicodedata.combining(each)))
