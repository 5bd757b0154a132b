"""What can be wrong with what notes say of who leads and who supports."""

from ds2026kg.findings import Rule, Severity, Text

LEADS_DISAGREE = Rule(
    "leads-disagree",
    Severity.WARNING,
    Text(
        "The properties say that {given} lead {entity}; its sentence says {parsed}.",
        "Les propriétés donnent comme responsables de {entity}\u00a0: {given}; "
        "sa phrase donne\u00a0: {parsed}.",
    ),
    Text(
        "Correct `ledBy:` or the sentence; the properties were taken.",
        "Corrigez `ledBy:` ou la phrase; les propriétés ont été retenues.",
    ),
    why=Text(
        "Who answers for a commitment would depend on where one looks.",
        "Le responsable d’un engagement dépendrait de l’endroit où l’on regarde.",
    ),
)
ACTOR_UNKNOWN = Rule(
    "actor-unknown",
    Severity.VIOLATION,
    Text(
        "No note describes “{name}”, who leads {entity} according to this place.",
        "Aucune note ne décrit «\u00a0{name}\u00a0», responsable de {entity} d’après cet endroit.",
    ),
    Text(
        "Add a note for this actor (tagged {tag}), or add “{name}” to the aliases of its note.",
        "Ajoutez une note pour cet acteur (étiquetée {tag}), ou ajoutez «\u00a0{name}\u00a0» aux "
        "alias de sa note.",
    ),
    why=Text(
        "A commitment would be published without one of those who answer for it.",
        "Un engagement serait publié sans l’un de ceux qui en répondent.",
    ),
)
SUPPORTER_UNKNOWN = Rule(
    "support-unknown",
    Severity.WARNING,
    Text(
        "No note describes “{name}”, who supports {entity} according to this place.",
        "Aucune note ne décrit «\u00a0{name}\u00a0», qui appuie {entity} d’après cet endroit.",
    ),
    ACTOR_UNKNOWN.remedy,
    why=Text(
        "The data would not say who helps, and questions about this actor would miss it.",
        "Les données ne diraient pas qui appuie, et les questions sur cet acteur l’ignoreraient.",
    ),
)
SUBJECT_UNREAD = Rule(
    "subject-unread",
    Severity.WARNING,
    Text(
        "“{words}” stands where the lead of {entity} is named, but is no known actor.",
        "«\u00a0{words}\u00a0» se trouve là où le responsable de {entity} est nommé, mais n’est pas "
        "un acteur connu.",
    ),
    Text(
        "Add a note for this actor, or say who leads in `ledBy:`.",
        "Ajoutez une note pour cet acteur, ou nommez le responsable dans `ledBy:`.",
    ),
    why=Text(
        "Someone who leads may be missing from the data, though the sentence names them.",
        "Un responsable peut manquer aux données, bien que la phrase le nomme.",
    ),
)
NAME_AMBIGUOUS = Rule(
    "name-ambiguous",
    Severity.WARNING,
    Text(
        "The name “{name}” belongs to several actors ({actors}), so it is not recognised in sentences.",
        "Le nom «\u00a0{name}\u00a0» appartient à plusieurs acteurs ({actors}); il n’est donc pas "
        "reconnu dans les phrases.",
    ),
    Text(
        "Keep the alias in one actor’s note only.",
        "Ne gardez cet alias que dans la note d’un seul acteur.",
    ),
    why=Text(
        "A guess between them could make the wrong actor answer for a commitment.",
        "Un choix au hasard pourrait faire répondre d’un engagement le mauvais acteur.",
    ),
)
