"""Answers that were given once, kept for those who ask the same: the data do not change under them."""

from __future__ import annotations

import re
from typing import Final

from ds2026kg.server.asking import Answer, Asked, Page, Question
from ds2026kg.server.wire import packed

_LARGEST_SHARE: Final = 8  # no answer takes more than this part of what may be kept
_OVERHEAD: Final = 1024  # bytes that an answer takes beside its own
# What gives another value each time (SPARQL 1.1 Query §17.4); anything that looks like it counts.
_FLEETING: Final = re.compile(r"(?:NOW|RAND|UUID)\b", re.IGNORECASE)


class Kept:
    """Answers over one state of the data, in `most` bytes; those that were not asked for longest go.

    >>> from ds2026kg.server.media import Wanted
    >>> kept = Kept(100_000)
    >>> asked = Question("ASK {}", (), (), Wanted(None, "text/xml", None), 10)
    >>> kept.put(key_of(asked), Answer(b"...", "text/xml"))
    >>> kept.get(key_of(asked))
    Answer(body=b'...', media_type='text/xml', cut=False)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: dict[bytes, Answer] = {}  # the one asked for last stands last
        self._size = 0

    def get(self, key: bytes) -> Answer | None:
        """The answer kept under `key`, if there is one."""
        answer = self._answers.pop(key, None)
        if answer is not None:
            self._answers[key] = answer
        return answer

    def put(self, key: bytes, answer: Answer) -> None:
        """Keep `answer` under `key`, unless it is too large; others make room for it."""
        size = _size(key, answer)
        if size * _LARGEST_SHARE > self._most or key in self._answers:
            return
        self._answers[key] = answer
        self._size += size
        while self._size > self._most:
            oldest = next(iter(self._answers))
            self._size -= _size(oldest, self._answers.pop(oldest))


def key_of(asked: Asked) -> bytes | None:
    """What the answer to `asked` is kept under; None if each time has an answer of its own.

    >>> from ds2026kg.server.asking import WholeGraph
    >>> from ds2026kg.server.media import Wanted
    >>> key_of(WholeGraph(None, "text/turtle"))
    b'["WholeGraph",null,"text/turtle"]'
    >>> key_of(Question("SELECT (RAND() AS ?x) {}", (), (), Wanted(None, None, None), 10))
    """
    if isinstance(asked, Question):
        texts = [asked.text]
    else:
        texts = [value for _name, value in asked.parameters] if isinstance(asked, Page) else []
    if any(_FLEETING.search(text) for text in texts):
        return None
    return packed(asked)  # with the name of its type: two tuples of the same fields are equal


def _size(key: bytes, answer: Answer) -> int:
    """The memory of an answer: its bytes count twice, since they may be kept compressed as well."""
    return _OVERHEAD + len(key) + 2 * len(answer.body)
