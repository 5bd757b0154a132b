"""What the portal's profile asks of a field and ckanext-scheming cannot: texts in two languages.

ckanext-fluent, which the portal uses, cannot be had for this CKAN from PyPI. As there, a bilingual
field is an object with "en" and "fr", kept as JSON; keywords are an object of lists; and CKAN's own
field is shown in English, where there is one. Unlike there, no other language is taken.
"""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins as p
from ckan.plugins import toolkit

_LANGUAGES = {"en", "fr"}
_SHORTEST, _LONGEST = 2, 100  # characters of a keyword


def _bilingual(value: Any) -> dict[str, Any]:
    """The object that a bilingual field is, or was kept as."""
    try:
        told = json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        fault = "expecting JSON object"
        raise toolkit.Invalid(fault) from error
    if not isinstance(told, dict) or set(told) != _LANGUAGES:
        fault = 'Required languages: "en", "fr"'
        raise toolkit.Invalid(fault)
    return told


def rehearsal_fluent_text(value: Any) -> str:
    """A text in both languages, to be kept."""
    told = _bilingual(value)
    if not all(isinstance(text, str) and text.strip() for text in told.values()):
        fault = "expecting text in both languages"
        raise toolkit.Invalid(fault)
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def rehearsal_fluent_tags(value: Any) -> str:
    """Keywords in both languages, to be kept."""
    told = _bilingual(value)
    words = [word for words in told.values() for word in words]
    if not all(_SHORTEST <= len(word) <= _LONGEST and "," not in word for word in words):
        fault = "a keyword has 2 to 100 characters and no comma"
        raise toolkit.Invalid(fault)
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def rehearsal_fluent_output(key: Any, data: Any, errors: Any, context: Any) -> None:
    """A bilingual field as it is shown, and CKAN's own field of that name in English."""
    if not data[key]:
        return
    data[key] = _bilingual(data[key])
    own, translated, _ = key[-1].partition("_translated")
    if translated:
        data[(*key[:-1], own)] = data[key]["en"]


class Rehearsal(p.SingletonPlugin):
    """Gives ckanext-scheming the validators of bilingual fields."""

    p.implements(p.IValidators)

    def get_validators(self) -> dict[str, Any]:
        """By their names in the schema."""
        return {
            each.__name__: each
            for each in (rehearsal_fluent_text, rehearsal_fluent_tags, rehearsal_fluent_output)
        }
