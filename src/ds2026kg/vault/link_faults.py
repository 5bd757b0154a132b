"""What is wrong with how links are written, though each leads to one file all the same."""

from __future__ import annotations

from collections.abc import Iterator

from ds2026kg.findings import Finding
from ds2026kg.vault import link_rules as rules
from ds2026kg.vault.link import Link
from ds2026kg.vault.mending import Mending
from ds2026kg.vault.spelling import own_spelling
from ds2026kg.vault.survey import LinkSurvey


def link_faults(
    survey: LinkSurvey, mending: Mending, *, private: bool = False
) -> Iterator[Finding]:
    """The findings about the writing of links, each with the edits that mend it.

    What comes from private notes, or names one, is told only if `private` is true.
    """
    for _, link, path in survey.badly_written(private=private):
        found = list(_faults(link, path))
        if found:
            edits = mending.link(link, path)
            yield from (
                Finding(fault.rule, fault.span, fault.values, edits=edits) for fault in found
            )
    for _, link in survey.meant_as_links(private=private):
        values = {"written": link.label}
        yield Finding(rules.LINK_UNENCODED, link.span, values, edits=mending.lookalike(link))


def _faults(link: Link, path: str) -> Iterator[Finding]:
    if link.twice_encoded:
        yield Finding(rules.LINK_ENCODING, link.span)
    if link.fragment == "":
        yield Finding(rules.LINK_EMPTY_FRAGMENT, link.span)
    own = None if _is_worded(link) else own_spelling(link.target, path)
    if own is not None:
        yield Finding(rules.LINK_SPELLING, link.span, {"target": link.target, "own": own})


def _is_worded(link: Link) -> bool:
    """Whether the target of a link is what a reader sees, in a sentence: `the [[departments]]`."""
    return link.form == "wikilink" and not link.embed and link.label.startswith(link.target)
