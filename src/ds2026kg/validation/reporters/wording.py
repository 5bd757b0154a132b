"""Texts cut down to what a format bears."""

from __future__ import annotations

import re

# XML 1.0 §2.2 Char: what is outside it cannot be written in XML at all, not even as a reference.
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_SURROGATE = re.compile("[\\ud800-\\udfff]")
_REPLACEMENT = "\ufffd"


def encodable(text: str) -> str:
    r"""`text` with U+FFFD for lone surrogates, which have no place in UTF-8.

    >>> encodable("a\udc80.md") == "a\ufffd.md"
    True
    """
    return _SURROGATE.sub(_REPLACEMENT, text)


def xml_safe(text: str) -> str:
    r"""`text` with U+FFFD for the characters that XML 1.0 refuses (§2.2).

    >>> xml_safe("a\x00b\uffff") == "a\ufffdb\ufffd"
    True
    """
    return _NOT_XML.sub(_REPLACEMENT, text)


def first_sentence(text: str) -> str:
    """The first sentence of `text`, for headings; all of it, if there is but one.

    >>> first_sentence("No actor leads 3.1a. Name one in `ledBy:`.")
    'No actor leads 3.1a.'
    """
    return re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]
