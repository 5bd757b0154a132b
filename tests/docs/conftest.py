"""What the tests of the documents share: the documents, and a folder in which they come true."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, Store
from tests.targets.portal.fake_ckan import FakeCkan, serving

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the project."""
    return ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone that looks to a reader like the project, with the program in its .venv/bin."""
    shutil.copytree(ROOT / "vault", tmp_path / "vault")
    shutil.copy(ROOT / "Makefile", tmp_path)
    somebody = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgSign=false")
    here = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for command in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "all")):
        subprocess.run(["git", *somebody, *command], cwd=tmp_path, env=here, check=True)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    program = programs / "ds2026kg"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ds2026kg "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (programs / "activate").write_text('PATH="$PWD/.venv/bin:$PATH"\n', encoding="utf-8")
    return tmp_path


class _Endpoint(BaseHTTPRequestHandler):
    """A SPARQL endpoint over `store`, on the loopback."""

    store: Store

    def do_POST(self) -> None:
        """Answer a query given in the body (SPARQL 1.1 Protocol §2.1.2)."""
        length = int(self.headers["Content-Length"])
        self._answer(self.rfile.read(length).decode())

    def do_GET(self) -> None:
        """Answer a query given in the address (SPARQL 1.1 Protocol §2.1.1)."""
        self._answer(urlsplit(self.path).query)

    def _answer(self, form: str) -> None:
        results = self.store.query(parse_qs(form)["query"][0], use_default_graph_as_union=True)
        assert isinstance(results, QuerySolutions)
        body = results.serialize(format=QueryResultsFormat.JSON)
        assert body is not None
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def portal() -> Iterator[FakeCkan]:
    """An open-government portal without records."""
    with serving() as found:
        yield found


@pytest.fixture
def endpoint(checkout: Path) -> Iterator[str]:
    """The address of an endpoint that holds what lies in the checkout's dist/ when first asked."""

    class Late(_Endpoint):
        """Loads the data with the first question: documents build before they ask."""

        def _answer(self, form: str) -> None:
            if not hasattr(self, "store"):
                type(self).store = Store()
                self.store.bulk_load(path=str(checkout / "dist" / "ds2026.nq"))
                self.store.bulk_load(path=str(checkout / "dist" / "ontology.ttl"))
            super()._answer(form)

    server = HTTPServer(("127.0.0.1", 0), Late)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()
    thread.join()
