"""When a call that failed is made again, and after how long."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

_BUSY = frozenset({429, 500, 502, 503, 504})


def is_passing(status: int) -> bool:
    """Whether a later call may well succeed: too many requests, or a server in trouble.

    >>> is_passing(429), is_passing(503), is_passing(403)
    (True, True, False)
    """
    return status in _BUSY


@dataclass(frozen=True, slots=True)
class Clock:
    """The time, and waiting; tests put others in their place. Times are seconds."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a call is made at the most, and how long is waited in between, in seconds.

    `first` is waited after the first failure and twice as long after each further one; what the
    server asks for (Retry-After, RFC 9110 §10.2.3) comes before it. More than `most` is not
    waited: the call then fails.
    """

    attempts: int = 5
    first: float = 1.0
    most: float = 120.0

    def wait(self, failures: int, asked: str | None, now: float) -> float | None:
        """How long to wait after so many failures, or None to give up.

        `asked` is the value of Retry-After, if there was one; `now` is seconds since 1970.

        >>> Patience().wait(3, None, 0.0), Patience().wait(1, "7", 0.0), Patience().wait(5, None, 0.0)
        (4.0, 7.0, None)
        """
        if failures >= self.attempts:
            return None
        told = _told(asked, now)
        seconds = self.first * 2 ** (failures - 1) if told is None else told
        return seconds if seconds <= self.most else None


def _told(asked: str | None, now: float) -> float | None:
    """The seconds that Retry-After means, as a number or as a date; None where it means nothing.

    >>> _told("Thu, 01 Jan 1970 00:00:30 GMT", 10.0)
    20.0
    """
    if not asked:
        return None
    if asked.isascii() and asked.isdecimal():
        return float(asked[:9])
    try:
        then = parsedate_to_datetime(asked)
    except ValueError:
        return None
    return max(0.0, (then if then.tzinfo else then.replace(tzinfo=UTC)).timestamp() - now)
