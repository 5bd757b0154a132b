"""Load on an HTTP server by wrk (https://github.com/wg/wrk), and what it measured.

wrk sends the next request on each connection as soon as the response to the last is there.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass

WRK_MISSING = (
    "wrk is not installed: on Debian or Ubuntu `apt-get install wrk`, on macOS `brew install wrk`"
)

_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_PERCENTILE = re.compile(r"^\s+(50|99)%\s+([0-9.]+)(us|ms|s|m)$", re.MULTILINE)
_RATE = re.compile(r"^Requests/sec:\s+([0-9.]+)$", re.MULTILINE)
_REFUSED = re.compile(r"^\s+Non-2xx or 3xx responses: ([0-9]+)$", re.MULTILINE)
_BROKEN = re.compile(
    r"^\s+Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk measured: responses a second, and latencies in milliseconds.

    Half of the responses took no longer than `median`, and 99 of 100 no longer than `p99`. `failed`
    counts responses other than 2xx and 3xx, and connections that broke.
    """

    rate: float
    median: float
    p99: float
    failed: int


def wrk() -> str | None:
    """Where wrk is, if it is installed."""
    return shutil.which("wrk")


def load(url: str, accept: str, *, connections: int, seconds: int) -> Load:
    """Load `url` on so many connections at once, for so many seconds.

    Raises `ValueError` if anything but answers came back: a server that refuses is a fast one.
    """
    command = ["wrk", "--threads", "1", "--connections", str(connections)]
    command += ["--duration", f"{seconds}s", "--latency", "--header", f"Accept: {accept}", url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    measured = parsed(done.stdout)
    if measured.failed:
        message = f"{measured.failed} responses of {url} were no answers"
        raise ValueError(message)
    return measured


def parsed(told: str) -> Load:
    """What wrk printed, with --latency; raises `ValueError` for what is not that.

    >>> print(parsed('''
    ...   Latency Distribution
    ...      50%  596.00us
    ...      75%    1.04ms
    ...      99%    3.25ms
    ... Requests/sec:  17808.69
    ... '''))
    Load(rate=17808.69, median=0.596, p99=3.25, failed=0)
    """
    latencies = {
        percent: float(number) * _UNITS[unit] for percent, number, unit in _PERCENTILE.findall(told)
    }
    rate = _RATE.search(told)
    if rate is None or latencies.keys() != {"50", "99"}:
        message = f"this is not what wrk --latency prints: {told!r}"
        raise ValueError(message)
    refused, broken = _REFUSED.search(told), _BROKEN.search(told)
    failed = int(refused[1]) if refused else 0
    failed += sum(map(int, broken.groups())) if broken else 0
    return Load(float(rate[1]), latencies["50"], latencies["99"], failed)
