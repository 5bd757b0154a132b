"""CKAN's action API as far as our calls go, in this process, with the faults that a test wants."""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

KEY = "key-of-an-editor"
OTHER_ORGANIZATION = "00000000-0000-4000-8000-00000000000b"
ORGANIZATION = "00000000-0000-4000-8000-00000000000a"
_WRITING = ("package_create", "package_revise")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is answered instead of what was asked for; `heard` says whether it is done all the same."""

    status: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    heard: bool = False


@dataclass(slots=True)
class FakeCkan:
    """The portal: what it holds, what it was asked, and the faults still to come by action."""

    url: str = ""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    faults: dict[str, list[Fault | None]] = field(default_factory=dict)
    refused: dict[str, Any] = field(default_factory=dict)
    stamp: int = 0

    @property
    def writes(self) -> list[str]:
        """The calls that would have changed something."""
        return [action for action in self.calls if action in _WRITING]

    def act(self, action: str, told: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> Any:
        """The result of an action; raises `KeyError` for what is not there, `ValueError` if refused."""
        if action == "organization_show":
            return {"id": {"tbs-sct": ORGANIZATION}[told["id"]], "name": told["id"]}
        if action == "package_show":
            return self.records[told["id"]]
        if self.refused:
            raise ValueError(self.refused)
        if action == "package_create":
            if told["id"] in self.records:
                raise ValueError({"id": ["Dataset id already exists"]})
            record: dict[str, Any] = {"state": "active", "private": False, "resources": [], **told}
            return self._kept(record, {})
        return {"package": self._revised(told, files)}

    def _revised(self, told: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> dict[str, Any]:
        record = copy.deepcopy(self.records[told["match"]["id"]])
        unmatched = [key for key, value in told["match"].items() if record.get(key) != value]
        if unmatched:
            raise ValueError({"match": unmatched})
        for pattern in told["filter"]:
            record.pop(pattern[1:], None)
        return self._kept({**record, **told["update"]}, files)

    def _kept(self, record: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> dict[str, Any]:
        """Keep the record as CKAN does: with identifiers, a date, and the addresses of files."""
        self.stamp += 1
        record = {**record, "metadata_modified": f"2026-01-01T00:00:{self.stamp:02}.000001"}
        for place, resource in enumerate(record["resources"]):
            resource.setdefault("id", f"resource-{self.stamp}-{place}")
            name, data = files.get(f"update__resources__{place}__upload", ("", b""))
            if name:
                resource.update(url=f"{self.url}/download/{name}", url_type="upload")
                self.files[name] = data
        self.records[record["id"]] = record
        return record


class _Handler(BaseHTTPRequestHandler):
    """Answers one request; `portal` is set by `serving`."""

    portal: FakeCkan

    def do_POST(self) -> None:
        """Do an action, or the fault that awaits it."""
        action = self.path.rpartition("/")[2]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told, files = _form(self.headers["Content-Type"], body)
        portal = self.portal
        portal.calls.append(action)
        portal.keys.append(self.headers["Authorization"])
        if action in _WRITING:
            portal.sent.append(told)
        awaiting = portal.faults.get(action, [])
        fault = awaiting.pop(0) if awaiting else None
        if fault is not None:
            if fault.heard:
                portal.act(action, told, files)
            self._send(fault.status, fault.body.encode(), fault.headers)
            return
        try:
            answer: dict[str, Any] = {"success": True, "result": portal.act(action, told, files)}
            status = 200
        except KeyError:
            error: dict[str, Any] = {"__type": "Not Found Error", "message": "Not found"}
            answer, status = {"success": False, "error": error}, 404
        except ValueError as refusal:
            error = {"__type": "Validation Error", **refusal.args[0]}
            answer, status = {"success": False, "error": error}, 409
        self._send(status, json.dumps(answer).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def _form(kind: str, body: bytes) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    """What a request says: JSON, or a form whose values are JSON and whose files are apart."""
    if not kind.startswith("multipart/"):
        return json.loads(body), {}
    whole: Message = BytesParser(policy=HTTP).parsebytes(
        b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body
    )
    told: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for part in whole.walk():
        name = part.get_param("name", header="Content-Disposition")
        data = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(data, bytes):
            if part.get_filename():
                files[name] = (str(part.get_filename()), data)
            else:
                told[name] = json.loads(data)
    return told, files


@contextmanager
def serving() -> Iterator[FakeCkan]:
    """The portal, for as long as the context lasts."""
    portal = FakeCkan()
    handler = type("Handler", (_Handler,), {"portal": portal})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    portal.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield portal
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
