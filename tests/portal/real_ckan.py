"""A real CKAN on loopback, with PostgreSQL and Redis of its own, that leaves nothing behind.

Everything lies in one temporary folder and listens at free ports of 127.0.0.1. What has to be on the
machine beforehand is installed by `tests/portal/install`.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import requests
from tests.portal import schema

HERE = Path(__file__).resolve().parent
_PATIENCE = 120.0  # seconds that a service may take to answer at first
_PLUGINS = "scheming_datasets rehearsal dcat"


@dataclass(frozen=True, slots=True)
class Site:
    """The portal: its address, and keys of an editor of one organization and of its administrator.

    `ckan` are the words that every command of CKAN begins with.
    """

    address: str
    editor: str
    administrator: str
    ckan: tuple[str, ...]


@contextlib.contextmanager
def running(environment: Path, folder: Path) -> Iterator[Site]:
    """A portal that has one organization, `tbs-sct`, for as long as the context lasts.

    `environment` is the virtual environment that has CKAN; `folder` is empty, and everyone can get
    into it.
    """
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(_postgresql(folder / "postgresql"))
        redis = _free_port()
        command = [_program("redis-server"), "--port", str(redis), "--bind", "127.0.0.1"]
        stack.enter_context(_service([*command, "--save", ""], folder / "redis.log"))
        solr = _free_port()
        core = next(environment.glob("lib/*/site-packages/ckan/config/solr/schema.xml"))
        command = [sys.executable, str(HERE / "solr.py"), str(solr), str(core)]
        stack.enter_context(_service(command, folder / "solr.log"))
        for port in (redis, solr):
            _await_port(port)
        port = _free_port()
        site = f"http://127.0.0.1:{port}"
        ckan = _configured(environment, folder, site, database, redis, solr)
        _run([*ckan, "db", "init"], folder)
        key = _administrator(ckan, folder)
        command = [*ckan, "run", "--host", "127.0.0.1", "--port", str(port), "--disable-reloader"]
        stack.enter_context(_service(command, folder / "ckan.log"))
        _await_answer(f"{site}/api/3/action/status_show")
        yield _peopled(Site(site, "", key, tuple(ckan)))


def act(site: Site, action: str, told: Any) -> dict[str, Any]:
    """The result of one of CKAN's actions, called by the administrator and without our own code."""
    answer = requests.post(
        f"{site.address}/api/3/action/{action}",
        json=told,
        headers={"Authorization": site.administrator},
        timeout=60,
    )
    answer.raise_for_status()
    result: dict[str, Any] = answer.json()["result"]
    return result


def _peopled(site: Site) -> Site:
    """The site with an organization, and an editor of it."""
    act(site, "user_create", {"name": "editor", **_person("editor")})
    key = act(site, "api_token_create", {"user": "editor", "name": "rehearsal"})["token"]
    users = [{"name": "editor", "capacity": "editor"}]
    act(site, "organization_create", {"name": "tbs-sct", "title": "TBS", "users": users})
    return replace(site, editor=key)


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    """A cluster of its own; the address of an empty database. It will not run as root."""
    folder.mkdir()
    unprivileged: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        unprivileged = ["runuser", "--user", "postgres", "--"]
    port = str(_free_port())
    data = folder / "data"
    initdb = [_program("initdb"), "--pgdata", str(data), "--username", "ckan", "--no-sync"]
    _run([*unprivileged, *initdb, "--auth", "trust", "--encoding", "UTF8", "--locale", "C"], folder)
    # What is written need not outlive the machine's power.
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
    control = [*unprivileged, _program("pg_ctl"), "--pgdata", str(data), "--wait"]
    _run([*control, "--log", str(folder / "log"), "--options", options, "start"], folder)
    try:
        create = [_program("createdb"), "-h", "127.0.0.1", "-p", port, "-U", "ckan", "ckan"]
        _run(create, folder)
        yield f"postgresql://ckan@127.0.0.1:{port}/ckan"
    finally:
        _run([*control, "--mode", "immediate", "stop"], folder)


def _configured(
    environment: Path, folder: Path, site: str, database: str, redis: int, solr: int
) -> list[str]:
    """The words that every command of CKAN begins with, after its settings are written."""
    program = str(environment / "bin" / "ckan")
    settings = folder / "ckan.ini"
    (folder / "schema.json").write_text(json.dumps(schema.scheming()), encoding="utf-8")
    _run([program, "generate", "config", str(settings)], folder)
    told = {
        "sqlalchemy.url": database,
        "solr_url": f"http://127.0.0.1:{solr}/solr/ckan",
        "ckan.redis.url": f"redis://127.0.0.1:{redis}/0",
        "ckan.site_url": site,
        "ckan.plugins": _PLUGINS,
        "ckan.storage_path": str(folder / "storage"),
        "ckan.max_resource_size": "1",
        "ckan.locales_offered": "en fr",
        "ckanext.dcat.rdf.profiles": "euro_dcat_ap_2",  # as open.canada.ca has it
        "scheming.dataset_schemas": f"file://{folder / 'schema.json'}",
    }
    pairs = [f"{key} = {value}" for key, value in told.items()]
    _run([program, "config-tool", str(settings), *pairs], folder)
    return [program, "--config", str(settings)]


def _administrator(ckan: Sequence[str], folder: Path) -> str:
    """The key of a new user who may do anything."""
    details = [f"{key}={value}" for key, value in _person("administrator").items()]
    _run([*ckan, "user", "add", "administrator", *details], folder)
    _run([*ckan, "sysadmin", "add", "administrator"], folder)
    told = _run([*ckan, "user", "token", "add", "administrator", "rehearsal", "--quiet"], folder)
    return told.strip().splitlines()[-1].strip()


def _person(name: str) -> dict[str, str]:
    return {"email": f"{name}@example.org", "password": os.urandom(12).hex()}


def _run(command: Sequence[str], folder: Path) -> str:
    """What a command prints; an error with all that it said if it fails."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
    if done.returncode:
        words = f"{command[0]} {command[-1]}: {done.stdout[-4000:]}{done.stderr[-4000:]}"
        raise RuntimeError(words)
    return done.stdout


@contextlib.contextmanager
def _service(command: Sequence[str], log: Path) -> Iterator[None]:
    """A process that runs as long as the context lasts."""
    with open(log, "wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, cwd=log.parent)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _program(name: str) -> str:
    """Where a program lies; Debian keeps those of PostgreSQL off the path."""
    others = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, others)])
    found = shutil.which(name, path=path)
    if found is None:
        message = f"{name} is not installed; tests/portal/install tells what is needed"
        raise RuntimeError(message)
    return found


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def _await_port(port: int) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < _PATIENCE:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    message = f"nothing listens at port {port}"
    raise RuntimeError(message)


def _await_answer(address: str) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < _PATIENCE:
        with contextlib.suppress(requests.RequestException):
            if requests.get(address, timeout=10).ok:
                return
        time.sleep(0.2)
    message = f"{address} does not answer"
    raise RuntimeError(message)
