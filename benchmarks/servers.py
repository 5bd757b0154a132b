"""The servers that are compared, started over the same data on the loopback."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from urllib.request import Request, urlopen

from pyoxigraph import RdfFormat, parse

from ds2026kg.config import Settings
from ds2026kg.server.source import Source

OXIGRAPH_MISSING = "`oxigraph` is not installed: `pip install oxigraph` brings its server"
REFERENCE = "`oxigraph serve`"
"""What the others are compared with: Oxigraph's own server, with the data in memory as ours are."""

_SETTINGS = "[server]\nper_client = 0\ncache = {}\n"
_CACHE = 32 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 60.0  # seconds for a server to answer


class Question(NamedTuple):
    """What is asked for: the path of it here and, unless there is no such thing, at Oxigraph's."""

    name: str
    accept: str
    ours: str
    oxigraph: str | None


class Server(NamedTuple):
    """A server that runs, and where."""

    name: str
    address: str
    is_ours: bool

    def url(self, question: Question) -> str | None:
        """Where this server answers the question; None if it does not."""
        path = question.ours if self.is_ours else question.oxigraph
        return path and self.address + path


def sparql(name: str, text: str, accept: str) -> Question:
    """The question that a query puts."""
    encoded = f"?query={quote(text, safe='')}"
    return Question(name, accept, f"/sparql{encoded}", f"/query{encoded}")


def oxigraph() -> str | None:
    """Where Oxigraph's server is, if it is installed; the one beside this Python before others."""
    beside = Path(sysconfig.get_path("scripts"))
    return shutil.which("oxigraph", path=beside) or shutil.which("oxigraph")


@contextmanager
def running(build: Path, folder: Path) -> Iterator[list[Server]]:
    """All servers over the data of `build`, until the end of the block; `folder` is for their files.

    Raises `TimeoutError` if one does not answer.
    """
    data = folder / "data.nq"
    Source(build, Settings()).opened().dump(data, RdfFormat.N_QUADS)
    with ExitStack() as block:
        yield [*_ours(build, folder, block), *_oxigraphs(data, folder, block)]


def _ours(build: Path, folder: Path, block: ExitStack) -> Iterator[Server]:
    for name, cache in (("`ds2026kg serve`", _CACHE), ("the same, `cache = 0`", 0)):
        settings = folder / f"cache-{cache}.toml"
        settings.write_text(_SETTINGS.format(cache), encoding="utf-8")
        port = _free_port()
        command = [sys.executable, "-m", "ds2026kg", "serve", str(build), "--port", str(port)]
        block.enter_context(_process([*command, "--config", str(settings)], port))
        yield Server(name, _at(port), is_ours=True)


def _oxigraphs(data: Path, folder: Path, block: ExitStack) -> Iterator[Server]:
    """Oxigraph’s server with the data in memory, and with a store on the disk that is only read."""
    program, store = oxigraph() or "oxigraph", str(folder / "store")
    for name, words in (
        (REFERENCE, ["serve"]),
        ("`oxigraph serve-read-only`", ["serve-read-only", "--location", store]),
    ):
        if store in words:
            load = [program, "load", "--location", store, "--file", str(data)]
            subprocess.run(load, check=True, capture_output=True)
        port = _free_port()
        bind = ["--union-default-graph", "--bind", f"127.0.0.1:{port}"]
        block.enter_context(_process([program, *words, *bind], port))
        if store not in words:
            _sent(f"{_at(port)}/store", data.read_bytes(), "application/n-quads")
        yield Server(name, _at(port), is_ours=False)


def meaning(body: bytes, media_type: str) -> Any:
    """What an answer says, whatever order it says it in.

    >>> meaning(b"<urn:a> <urn:b> <urn:c> .", "text/turtle")
    frozenset({'<urn:a> <urn:b> <urn:c>'})
    """
    if media_type == "text/turtle":
        return frozenset(str(quad.triple) for quad in parse(body, format=RdfFormat.TURTLE))
    if media_type == "text/html":
        return body
    told = json.loads(body)
    if media_type == "application/sparql-results+json" and "results" in told:
        return frozenset(json.dumps(row, sort_keys=True) for row in told["results"]["bindings"])
    return told if media_type == "application/ld+json" else told["boolean"]


def answered(url: str, accept: str) -> Any:
    """What a server says at `url`."""
    request = Request(url, headers={"Accept": accept})  # noqa: S310 - the loopback
    with urlopen(request, timeout=_PATIENCE) as response:  # noqa: S310
        return meaning(response.read(), accept)


def _sent(url: str, body: bytes, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    request = Request(url, body, headers, method="POST")  # noqa: S310
    with urlopen(request, timeout=_PATIENCE):  # noqa: S310
        pass


@contextmanager
def _process(command: Sequence[str], port: int) -> Iterator[None]:
    """The program that `command` starts, once it listens at `port`, until the end of the block."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=_ROOT, stdout=quiet, stderr=quiet)
    try:
        _await(port)
        yield
    finally:
        process.terminate()
        process.wait()


def _await(port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), _PATIENCE).close()
            return
        time.sleep(0.1)
    message = f"nobody listens at {_at(port)}"
    raise TimeoutError(message)


def _at(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
