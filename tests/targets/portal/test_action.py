"""Calls of CKAN's action API: when they are made again, and every way that they can fail."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from tests.targets.portal.conftest import IDENTIFIER, Waited
from tests.targets.portal.fake_ckan import KEY, FakeCkan, Fault

from ds2026kg.config import PortalKey
from ds2026kg.errors import ConfigurationError, RemoteError
from ds2026kg.targets.portal import Portal, action
from ds2026kg.targets.portal.retrying import Patience

SHOW = "package_show"


def failure(portal: Portal) -> RemoteError:
    """The error that asking for a record ends in."""
    with pytest.raises(RemoteError) as caught:
        portal.record(IDENTIFIER)
    assert caught.value.status == 4
    assert caught.value.remedy is not None
    assert caught.value.message.en != caught.value.message.fr
    return caught.value


@pytest.fixture
def held(ckan: FakeCkan) -> dict[str, object]:
    """A record that the portal has."""
    ckan.records[IDENTIFIER] = {"id": IDENTIFIER, "resources": []}
    return ckan.records[IDENTIFIER]


def test_a_record_that_is_not_there_is_none(portal: Portal, ckan: FakeCkan) -> None:
    """That is no error, and asking is done with the key, since a record may be private."""
    assert portal.record(IDENTIFIER) is None
    assert ckan.keys == [KEY]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_portal_in_trouble_is_asked_again(
    portal: Portal, ckan: FakeCkan, waited: Waited, held: dict[str, object], status: int
) -> None:
    """It is waited twice as long after each failure."""
    ckan.faults[SHOW] = [Fault(status, "<h1>Oops</h1>")] * 3
    assert portal.record(IDENTIFIER) == held
    assert waited.slept == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("asked", "slept"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("Thu, 01 Jan 1970 00:17:00 GMT", 20.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("soon", 1.0),
    ],
)
def test_a_portal_may_say_how_long_to_wait(
    portal: Portal,
    ckan: FakeCkan,
    waited: Waited,
    held: dict[str, object],
    asked: str,
    slept: float,
) -> None:
    """Retry-After is seconds or a date (RFC 9110 §10.2.3); what is neither says nothing."""
    ckan.faults[SHOW] = [Fault(429, "", {"Retry-After": asked})]
    assert portal.record(IDENTIFIER) == held
    assert waited.slept == [slept]


def test_a_portal_that_asks_for_too_much_patience_is_left(
    portal: Portal, ckan: FakeCkan, waited: Waited
) -> None:
    """Nobody is kept waiting for an hour."""
    ckan.faults[SHOW] = [Fault(429, "", {"Retry-After": "3600"})]
    assert failure(portal).message.en == "the portal takes no more calls for now"
    assert (waited.slept, ckan.calls) == ([], [SHOW])


def test_a_portal_that_stays_in_trouble_is_given_up(
    portal: Portal, ckan: FakeCkan, waited: Waited
) -> None:
    """The last answer is told, without its markup."""
    ckan.faults[SHOW] = [Fault(500, "<style>p{}</style><p>Internal <b>Server</b> Error")] * 9
    told = failure(portal).message
    assert told.en == "the portal is in trouble: 500 Internal Server Error"
    assert told.fr == "le portail éprouve des difficultés\u00a0: 500 Internal Server Error"
    assert len(ckan.calls) == Patience().attempts
    assert waited.slept == [1.0, 2.0, 4.0, 8.0]


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (200, "<!doctype html><p>Welcome", "200 Welcome"),
        (200, "", "200 OK"),
        (200, "[]", "200 []"),
        (200, '"yes"', '200 "yes"'),
        (200, "[" * 100_000, "200 [[[["),
        (200, "{}", "/api/action/package_show"),
        (200, '{"success": true}', "result"),
        (200, '{"success": true, "result": "x"}', "str"),
        (200, '{"success": true, "result": {}}', "dict"),
        (200, '{"success": false, "error": "no"}', "no"),
        (404, "<h1>Not <i>found</i></h1>", "404 Not found"),
        (400, '{"success": false, "error": {"message": "Bad request"}}', "400"),
        (404, "\x1b[31m" + "x" * 1000, "404 \ufffd[31mxxx"),
    ],
)
def test_what_is_no_ckan_says_so(
    portal: Portal, ckan: FakeCkan, status: int, body: str, told: str
) -> None:
    """Pages and other JSON end in one harmless line that names the setting of the address."""
    ckan.faults[SHOW] = [Fault(status, body)]
    error = failure(portal)
    assert error.message.en.startswith("this is not the answer of a CKAN portal: ")
    assert told in error.message.en
    assert error.message.fr.replace("\u00a0", "").isprintable()
    assert len(error.message.fr) < 400
    assert "portal.url" in str(error.remedy)


_DENIED = json.dumps(
    {"success": False, "error": {"__type": "Authorization Error", "message": "Access denied: no"}}
)


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [(403, _DENIED, "no"), (403, "<h1>Blocked</h1>", "403 Blocked"), (401, "", "401 Unauthorized")],
)
def test_a_key_that_may_not_is_told_apart_from_none(
    portal: Portal, ckan: FakeCkan, status: int, body: str, told: str
) -> None:
    """Without a key, the remedy is to set one; with one, to check it. It is not asked twice."""
    ckan.faults[SHOW] = [Fault(status, body)] * 2
    error = failure(portal)
    assert told in error.message.en
    assert "has not expired" in str(error.remedy)
    with Portal(ckan.url) as keyless:
        error = failure(keyless)
    assert error.message.en.startswith("the portal asks for a key: ")
    assert "DS2026KG_PORTAL_KEY" in str(error.remedy)
    assert ckan.keys == [KEY, None]


def test_the_key_is_in_no_message(portal: Portal, ckan: FakeCkan) -> None:
    """Not even where the portal repeats it, and in no error behind the error, which --debug shows."""
    denied = _DENIED.replace("no", KEY)
    refused = json.dumps(
        {"success": False, "error": {"__type": "Validation Error", "name": [KEY], KEY: ["x"]}}
    )
    bodies = [
        (403, denied),
        (409, refused),
        (404, KEY),
        (413, KEY),
        (500, KEY),
        (200, f'{{"a":"{KEY}"}}'),
    ]
    for status, body in bodies:
        ckan.faults[SHOW] = [Fault(status, body)] * 5
        error: BaseException | None = failure(portal)
        while error is not None:
            shown = [str(error), repr(error), repr(error.args), repr(vars(error))]
            assert [text for text in shown if KEY in text] == [], body
            error = None if error.__suppress_context__ else error.__context__
    assert KEY not in repr(PortalKey(KEY))


def test_a_redirection_is_told_and_not_followed(portal: Portal, ckan: FakeCkan) -> None:
    """A key is not carried to where a portal says that it has gone."""
    ckan.faults[SHOW] = [Fault(301, "", {"Location": f"{ckan.url}/elsewhere"})]
    assert failure(portal).message.en == f"the portal has moved to {ckan.url}/elsewhere"
    assert ckan.calls == [SHOW]


def test_a_netrc_does_not_take_the_place_of_the_key(
    ckan: FakeCkan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies there for the same host is of no use to CKAN, and nobody asked for it to be sent."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    for key in (PortalKey(KEY), None):
        with Portal(ckan.url, key) as portal:
            portal.record(IDENTIFIER)
    assert ckan.keys == [KEY, None]


def test_a_key_is_not_sent_where_others_can_read_it() -> None:
    """Plain http is for this machine; without a key, reading is harmless."""
    with pytest.raises(ConfigurationError, match="plain http") as caught:
        Portal("http://portal.example.org", PortalKey(KEY))
    assert caught.value.place == "portal.url"
    assert Portal("http://portal.example.org").address == "http://portal.example.org"
    assert Portal("https://portal.example.org/", PortalKey(KEY)).address.endswith(".org")


def test_a_portal_that_is_down_is_told(waited: Waited) -> None:
    """It is tried as often as one in trouble."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with Portal(f"http://127.0.0.1:{port}", clock=waited.clock()) as portal:
        error = failure(portal)
    assert error.message.en.startswith("the portal cannot be reached: ")
    assert "refused" in error.message.en
    assert len(waited.slept) == Patience().attempts - 1


def test_a_portal_that_does_not_answer_is_given_up(
    waited: Waited, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that takes the call and says nothing is left at the time limit."""
    monkeypatch.setattr(action, "_READ", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        with Portal(url, clock=waited.clock(), patience=Patience(attempts=2)) as portal:
            error = failure(portal)
    assert error.message.fr == "le portail est injoignable\u00a0: timeout"
    assert waited.slept == [1.0]
