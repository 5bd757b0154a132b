"""A test double of Solr for CKAN's search alone: documents in memory, and the queries CKAN asks.

CKAN keeps a copy of every record in its search engine, and fails to write one where there is none.
Solr has no package on the systems that the tests run on. This answers what `ckan.lib.search` asks of
it: the schema, adding and deleting, and selecting by field and value with AND, OR and NOT. It ranks
nothing and analyses no words, so nothing may be concluded from it about searching.

Run as `python solr.py PORT SCHEMA.xml`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

Document = dict[str, Any]
Test = Callable[[Document], bool]
_PART = re.compile(
    r'\s*(?:(?P<sign>[()])|(?P<word>[-+]?(?:\w+:)?(?:"(?:\\.|[^"\\])*"|\[[^\]]*\]|(?:\\.|[^\s()"\\])*)))'
)
_LOCAL = re.compile(r"^\{![^}]*\}")


class Query:
    """A query of the standard parser, as far as CKAN writes them: a test of documents."""

    def __init__(self, text: str) -> None:
        self._parts = [found[0].strip() for found in _PART.finditer(_LOCAL.sub("", text))]
        self._parts = [word for word in self._parts if word]
        self._place = 0

    def test(self) -> Test:
        """Whether a document is found."""
        every = self._either()
        while self._place < len(self._parts):
            every = _both(every, self._either())
        return every

    def _either(self) -> Test:
        test = self._all()
        while self._taken("OR"):
            test = _one_of(test, self._all())
        return test

    def _all(self) -> Test:
        test = self._one()
        while self._place < len(self._parts) and self._parts[self._place] not in ("OR", ")"):
            self._taken("AND")
            test = _both(test, self._one())
        return test

    def _one(self) -> Test:
        if self._taken("NOT"):
            return _not(self._one())
        if self._taken("("):
            test = self._either()
            self._taken(")")
            return test
        word = self._parts[self._place]
        self._place += 1
        if word.endswith(":") and self._place < len(self._parts):  # field:(a OR b)
            field, test = word.strip("+-:"), self._within(word.strip("+-:"))
            return _not(test) if word.startswith("-") and field else test
        test = _term(word.lstrip("+-"))
        return _not(test) if word.startswith("-") else test

    def _within(self, field: str) -> Test:
        """What stands in parentheses after a field is about that field."""
        start = self._place
        depth = 0
        for place in range(start, len(self._parts)):
            word = self._parts[place]
            depth += (word == "(") - (word == ")")
            if word not in ("(", ")", "AND", "OR", "NOT"):
                sign = word[0] if word[0] in "+-" else ""
                self._parts[place] = f"{sign}{field}:{word.lstrip('+-')}"
            if depth == 0:
                break
        return self._one()

    def _taken(self, word: str) -> bool:
        found = self._place < len(self._parts) and self._parts[self._place] == word
        self._place += found
        return found


def _both(one: Test, other: Test) -> Test:
    return lambda document: one(document) and other(document)


def _one_of(one: Test, other: Test) -> Test:
    return lambda document: one(document) or other(document)


def _not(test: Test) -> Test:
    return lambda document: not test(document)


def _term(word: str) -> Test:
    """A field with a value, or a word anywhere."""
    named = re.match(r"(\w+|\*):(.*)", word, re.DOTALL)
    field, value = (named[1], named[2]) if named else ("", word)
    if field == "*" or value == "*:*":
        return lambda _document: True
    plain = re.sub(r"\\(.)", r"\1", value.strip('"')).casefold()
    if value.startswith("[") or plain == "*":
        return lambda document: bool(_values(document, field))
    if plain.endswith("*"):
        start = plain[:-1]
        return lambda document: any(text.startswith(start) for text in _values(document, field))
    if not field:
        return lambda document: any(plain in text for text in _values(document, ""))
    return lambda document: plain in _values(document, field)


def _values(document: Document, field: str) -> list[str]:
    """The values of a field, or of all fields, to be compared."""
    found = [document.get(field)] if field else list(document.values())
    flat = [item for value in found for item in (value if isinstance(value, list) else [value])]
    return [
        str(item).lower() if isinstance(item, bool) else str(item).casefold()
        for item in flat
        if item is not None
    ]


class Core(BaseHTTPRequestHandler):
    """One core; all its documents are of the class."""

    documents: dict[str, Document] = {}  # noqa: RUF012 - the server makes an instance a request
    schema: bytes = b""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The schema, a ping, or a selection."""
        address = urlsplit(self.path)
        if "schema" in self.path:
            self._send(self.schema, "application/xml")
        elif address.path.endswith("/ping"):
            self._send_json({"status": "OK"})
        else:
            self._select(parse_qs(address.query))

    def do_POST(self) -> None:
        """A selection, or documents to add or to delete."""
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if address.path.endswith("/select"):
            self._select({**parse_qs(address.query), **parse_qs(body.decode())})
            return
        if "json" in (self.headers["Content-Type"] or ""):
            told = json.loads(body)
            self._add(told if isinstance(told, list) else [told])
        elif body.strip():
            self._update(ET.fromstring(body))  # noqa: S314 - CKAN's own
        self._send_json({"responseHeader": {"status": 0, "QTime": 0}})

    def _add(self, documents: list[Document]) -> None:
        for document in documents:
            self.documents[str(document["index_id"])] = document

    def _update(self, command: ET.Element) -> None:
        for query in command.iter("query"):
            test = Query(query.text or "*:*").test()
            for key in [key for key, each in self.documents.items() if test(each)]:
                del self.documents[key]
        for element in command.iter("doc"):
            document: dict[str, Any] = {}
            for field in element.iter("field"):
                document.setdefault(field.get("name") or "", []).append(field.text or "")
            self._add([{key: one[0] if len(one) == 1 else one for key, one in document.items()}])

    def _select(self, asked: dict[str, list[str]]) -> None:
        texts = [*asked.get("q", []), *asked.get("fq", [])]
        tests = [Query(text).test() for text in texts]
        found = [each for each in self.documents.values() if all(test(each) for test in tests)]
        start, rows = (
            int(asked.get(key, [default])[0]) for key, default in (("start", "0"), ("rows", "10"))
        )
        wanted = re.split(r"[ ,]+", asked.get("fl", ["*"])[0])
        documents = [
            each if "*" in wanted else {key: each[key] for key in wanted if key in each}
            for each in found[start : start + rows]
        ]
        self._send_json(
            {
                "responseHeader": {"status": 0, "QTime": 0},
                "response": {"numFound": len(found), "start": start, "docs": documents},
                "facet_counts": {"facet_fields": _facets(asked.get("facet.field", []), found)},
            }
        )

    def _send_json(self, answer: Any) -> None:
        self._send(json.dumps(answer).encode(), "application/json")

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def _facets(fields: list[str], found: list[Document]) -> dict[str, list[Any]]:
    """How often each value of a field is found, in the flat form that CKAN asks for."""
    facets: dict[str, list[Any]] = {}
    for field in (_LOCAL.sub("", each) for each in fields):
        counts: dict[str, int] = {}
        for document in found:
            for value in _values(document, field):
                counts[value] = counts.get(value, 0) + 1
        facets[field] = [part for pair in counts.items() for part in pair]
    return facets


if __name__ == "__main__":
    Core.schema = Path(sys.argv[2]).read_bytes()
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Core).serve_forever()
