"""Local identifiers and addresses, made safe to stand in an IRI (RFC 3986 and RFC 3987)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

import pyoxigraph

_SAFE_ID = re.compile(r"(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
_EXCLUDED = re.compile(r'[\x00-\x20\x7f-\x9f<>"{}|\\^`]')


def is_absolute_iri(text: str) -> bool:
    """Whether `text` is an absolute IRI as RDF requires (RFC 3987 §2.2).

    >>> is_absolute_iri("https://w3id.org/ds2026/"), is_absolute_iri("ds2026/")
    (True, False)
    """
    try:
        pyoxigraph.NamedNode(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=65536)
def relative_reference(local_id: str) -> str:
    """The reference for `local_id` ("mission/3.1"), relative to the base of all things.

    What cannot stand in a path segment is percent-encoded as UTF-8 (RFC 3986 §2.1), a colon too,
    so that no segment reads as a scheme or a prefix. A segment of dots alone is encoded as well:
    resolving it would climb out of the path (RFC 3986 §5.2.4).

    >>> [relative_reference(local_id) for local_id in ("commitment/3.1a", "actor/a b", "actor/..")]
    ['commitment/3.1a', 'actor/a%20b', 'actor/%2E%2E']
    """
    if _SAFE_ID.fullmatch(local_id):
        return local_id
    return "/".join(
        segment.replace(".", "%2E") if segment in {".", ".."} else quote(segment, safe="")
        for segment in local_id.split("/")
    )


@lru_cache(maxsize=65536)
def repaired_iri(text: str) -> str:
    """`text` with the characters that no IRI may hold percent-encoded (RFC 3987 §2.2).

    Raises `ValueError` if it still is no absolute IRI.

    >>> repaired_iri("https://example.org/a b")
    'https://example.org/a%20b'
    """
    repaired = _EXCLUDED.sub(lambda match: quote(match[0]), text.strip())
    if not is_absolute_iri(repaired):
        raise ValueError(text)
    return repaired
