"""The portal's profile as a schema of ckanext-scheming: the rehearsal refuses what the portal would."""

from __future__ import annotations

from typing import Any

from ds2026kg.profile import ProfileField, profile

_REQUIRED = "scheming_required"
_KINDS = {
    "text": f"{_REQUIRED} unicode_safe",
    "url": f"{_REQUIRED} unicode_safe",
    "uuid": "unicode_safe",
    "date": f"{_REQUIRED} isodate convert_to_json_if_date",
    "email": f"{_REQUIRED} unicode_safe strip_value email_validator",
    "integer": "ignore_missing int_validator",
    "choice": f"{_REQUIRED} scheming_choices",
    "choices": "scheming_multiple_choice",
    "fluent": f"{_REQUIRED} rehearsal_fluent_text",
    "fluent_tags": f"{_REQUIRED} rehearsal_fluent_tags",
}
_OUTPUT = {
    "choices": "scheming_multiple_choice_output",
    "fluent": "rehearsal_fluent_output",
    "fluent_tags": "rehearsal_fluent_output",
}
_OWN = {
    # As in the portal's schema, anyone who may make a record may say its UUID, and is not asked a name.
    "id": "ignore_missing unicode_safe",
    "name": "if_empty_same_as(id) unicode_safe not_empty",
    "owner_org": f"{_REQUIRED} owner_org_validator unicode_safe",
    "url": "ignore_missing unicode_safe remove_whitespace",
}


def scheming() -> dict[str, Any]:
    """The schema; JSON is YAML."""
    found = profile()
    dataset = {"name": {"field_name": "name", "label": "Name", "validators": _OWN["name"]}}
    dataset |= {name: _field(field) for name, field in found.dataset.items()}
    resource = {
        "unique_identifier": {"field_name": "unique_identifier", "label": "Unique Identifier"},
        **{name: _field(field) for name, field in found.resource.items()},
    }
    return {
        "scheming_version": 2,
        "dataset_type": "dataset",
        "about": "The profile of open.canada.ca, for the rehearsal",
        "about_url": "https://github.com/open-data/ckanext-canada",
        "dataset_fields": list(dataset.values()),
        "resource_fields": list(resource.values()),
    }


def _field(field: ProfileField) -> dict[str, Any]:
    """One field, with its validators and its list of choices."""
    told: dict[str, Any] = {
        "field_name": field.name,
        "label": field.label._asdict(),
        "required": field.required and field.name != "url",
        "validators": _OWN.get(field.name, _KINDS[field.kind]),
    }
    if field.kind in _OUTPUT:
        told["output_validators"] = _OUTPUT[field.kind]
    if field.kind in ("choice", "choices"):
        codes = profile().lists[field.name]
        told["choices"] = [
            {"value": code, "label": label._asdict()} for code, label in codes.items()
        ]
    return told
