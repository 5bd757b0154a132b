"""What the benchmarks' command lines have in common."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable


def size_between(smallest: int, largest: int) -> Callable[[str], int]:
    """What reads a number of notes from `smallest` to `largest` from the command line.

    >>> size_between(1, 10)("3")
    3
    """

    def size(text: str) -> int:
        number = int(text)
        if not smallest <= number <= largest:
            message = f"{text} is not from {smallest} to {largest}"
            raise argparse.ArgumentTypeError(message)
        return number

    return size


def say(text: str) -> None:
    """Tell what is under way, on stderr."""
    print(text, file=sys.stderr, flush=True)
