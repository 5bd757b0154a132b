"""What can be wrong with the meaning of notes, before SHACL judges the graph made of them."""

from ds2026kg.findings import Rule, Severity, Text

KEY_UNKNOWN = Rule(
    "key-unknown",
    Severity.WARNING,
    Text(
        "The key “{key}” means nothing to ds2026kg; its value is not published.",
        "La clé «\u00a0{key}\u00a0» ne signifie rien pour ds2026kg; sa valeur n’est pas publiée.",
    ),
    Text(
        "Correct its spelling{near}, or add it to ontology/context.jsonld.",
        "Corrigez son orthographe{near}, ou ajoutez-la à ontology/context.jsonld.",
    ),
    mendable=True,
)
NOTATION_INVALID = Rule(
    "notation-invalid",
    Severity.VIOLATION,
    Text(
        "“{notation}” is not a notation of a mission, an area or a commitment; "
        "this was not published.",
        "«\u00a0{notation}\u00a0» n’est pas la notation d’une mission, d’un domaine d’action ou "
        "d’un engagement; ceci n’a pas été publié.",
    ),
    Text("Write it like 3, 3.1 or 3.1a.", "Écrivez-la comme 3, 3.1 ou 3.1a."),
)
NOTATION_DISAGREES = Rule(
    "notation-disagrees",
    Severity.VIOLATION,
    Text(
        "This note is called {first} in one place and {second} in another.",
        "Cette note s’appelle {first} à un endroit et {second} à un autre.",
    ),
    Text(
        "Make the file name, `title`, `notation` and `id` agree.",
        "Faites concorder le nom du fichier, `title`, `notation` et `id`.",
    ),
)
TYPE_UNKNOWN = Rule(
    "type-unknown",
    Severity.VIOLATION,
    Text(
        "“{type}” is not a type that ds2026kg knows, or it does not fit the notation.",
        "«\u00a0{type}\u00a0» n’est pas un type que ds2026kg connaît, ou il ne convient pas à la "
        "notation.",
    ),
    Text(
        "Write one of: Strategy, Mission, Commitment, Actor.",
        "Écrivez l’un de\u00a0: Strategy, Mission, Commitment, Actor.",
    ),
)
ID_INVALID = Rule(
    "id-invalid",
    Severity.VIOLATION,
    Text(
        "“{id}” cannot be the identifier of this {kind}.",
        "«\u00a0{id}\u00a0» ne peut pas être l’identifiant de cette entité ({kind}).",
    ),
    Text(
        "Write `id:` with lower-case letters, digits, dots and hyphens, like {kind}/{example}.",
        "Écrivez `id:` avec des minuscules, des chiffres, des points et des traits d’union, comme "
        "{kind}/{example}.",
    ),
)
ID_MISSING = Rule(
    "id-missing",
    Severity.VIOLATION,
    Text(
        "This {kind} has neither an identifier nor a code to make one from; it was not published.",
        "Cette entité ({kind}) n’a ni identifiant ni code dont en tirer un; elle n’a pas été publiée.",
    ),
    Text(
        "Add `id:` (or, for an actor, `acronym_en:`) to the properties.",
        "Ajoutez `id:` (ou, pour un acteur, `acronym_en:`) aux propriétés.",
    ),
)
DUPLICATE_ENTITY = Rule(
    "duplicate-entity",
    Severity.VIOLATION,
    Text("Two notes are about {entity}.", "Deux notes portent sur {entity}."),
    Text(
        "Give one of them another notation, or merge the two notes.",
        "Donnez à l’une d’elles une autre notation, ou fusionnez les deux notes.",
    ),
)
PLACES_DISAGREE = Rule(
    "places-disagree",
    Severity.VIOLATION,
    Text(
        "Two places disagree about the {term} of {entity}: “{first}” there, “{second}” here.",
        "Deux endroits se contredisent sur «\u00a0{term}\u00a0» de {entity}\u00a0: "
        "«\u00a0{first}\u00a0» là-bas, «\u00a0{second}\u00a0» ici.",
    ),
    Text(
        "Make the two places say the same; the other place was taken.",
        "Faites dire la même chose aux deux endroits; l’autre endroit a été retenu.",
    ),
)
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
)
SUPPORTER_UNKNOWN = Rule(
    "support-unknown",
    Severity.WARNING,
    Text(
        "No note describes “{name}”, who supports {entity} according to this place.",
        "Aucune note ne décrit «\u00a0{name}\u00a0», qui appuie {entity} d’après cet endroit.",
    ),
    ACTOR_UNKNOWN.remedy,
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
)
REFERENCE_BROKEN = Rule(
    "reference-broken",
    Severity.VIOLATION,
    Text(
        "“{target}” is given as {term} of {entity}, but it is no {expected} of this vault.",
        "«\u00a0{target}\u00a0» est donné comme «\u00a0{term}\u00a0» de {entity}, mais ce n’est pas "
        "{expected} de ce coffre.",
    ),
    Text(
        "Correct the link, or add the note that it should lead to.",
        "Corrigez le lien, ou ajoutez la note vers laquelle il doit mener.",
    ),
)
PARENT_UNSAID = Rule(
    "parent-unsaid",
    Severity.INFO,
    Text(
        "That {parent} is the parent of {entity}, its notation alone says.",
        "Seule la notation dit que {parent} est le parent de {entity}.",
    ),
    Text(
        'Add `up: "{link}"` to the properties, so that Obsidian links the two.',
        'Ajoutez `up: "{link}"` aux propriétés, pour qu’Obsidian lie les deux.',
    ),
    mendable=True,
)
LINK_PRIVATE = Rule(
    "link-private",
    Severity.WARNING,
    Text(
        "The text of {entity} links to a private note; the link’s words are left out ([…]).",
        "Le texte de {entity} renvoie à une note privée; les mots du lien sont omis ([…]).",
    ),
    Text("Reword the text without the link.", "Reformulez le texte sans le lien."),
)
VALUE_PRIVATE = Rule(
    "value-private",
    Severity.WARNING,
    Text(
        "What is given here for {entity} links to a private note; it was left out.",
        "Ce qui est donné ici pour {entity} renvoie à une note privée; cela a été omis.",
    ),
    Text("Write it without the link.", "Écrivez-le sans le lien."),
)
SECTION_PRIVATE = Rule(
    "section-private",
    Severity.WARNING,
    Text(
        "This section is about a private note; it was not published.",
        "Cette section porte sur une note privée; elle n’a pas été publiée.",
    ),
    Text(
        "Remove the section, or let the note be published.",
        "Supprimez la section, ou permettez la publication de la note.",
    ),
)
CHARACTER_FORBIDDEN = Rule(
    "character-forbidden",
    Severity.VIOLATION,
    Text(
        "The text holds the control character {character}, which not every format can carry.",
        "Le texte contient le caractère de commande {character}, que certains formats n’admettent pas.",
    ),
    Text("Delete the character.", "Supprimez ce caractère."),
    unreadable=True,
)
CONCEPT_UNKNOWN = Rule(
    "concept-unknown",
    Severity.VIOLATION,
    Text(
        "“{value}” is not a known {scheme}.",
        "«\u00a0{value}\u00a0» n’est pas une valeur connue de «\u00a0{scheme}\u00a0».",
    ),
    Text("Write one of: {known}.", "Écrivez l’une de celles-ci\u00a0: {known}."),
    mendable=True,
)
DATE_INVALID = Rule(
    "date-invalid",
    Severity.VIOLATION,
    Text("“{value}” is not a date.", "«\u00a0{value}\u00a0» n’est pas une date."),
    Text(
        "Write it as year-month-day: 2024-08-13.", "Écrivez-la année-mois-jour\u00a0: 2024-08-13."
    ),
    mendable=True,
)
INTEGER_INVALID = Rule(
    "integer-invalid",
    Severity.VIOLATION,
    Text("“{value}” is not a whole number.", "«\u00a0{value}\u00a0» n’est pas un nombre entier."),
    Text("Write digits only.", "N’écrivez que des chiffres."),
)
IRI_INVALID = Rule(
    "iri-invalid",
    Severity.VIOLATION,
    Text("“{value}” is not a web address.", "«\u00a0{value}\u00a0» n’est pas une adresse Web."),
    Text(
        "Write it in full, beginning with https://.",
        "Écrivez-la en entier, en commençant par https://.",
    ),
)
VALUE_NESTED = Rule(
    "value-nested",
    Severity.VIOLATION,
    Text(
        "The value of “{key}” has keys of its own; a text or a list is wanted.",
        "La valeur de «\u00a0{key}\u00a0» a ses propres clés; un texte ou une liste est attendu.",
    ),
    Text(
        "Write the value on one line, or as a list.",
        "Écrivez la valeur sur une ligne, ou en liste.",
    ),
)
NOTE_PASSED_OVER = Rule(
    "note-passed-over",
    Severity.INFO,
    Text(
        "This note’s name looks like {entity}, but nothing in it says that it belongs to the "
        "strategy; it was passed over.",
        "Le nom de cette note ressemble à {entity}, mais rien n’y dit qu’elle fait partie de la "
        "stratégie; elle n’a pas été lue comme telle.",
    ),
    Text(
        "If it does, add `notation:` to its properties or one of the tags {tags}.",
        "Si c’est le cas, ajoutez `notation:` à ses propriétés ou l’une des étiquettes {tags}.",
    ),
)
TEXT_NOT_PUBLISHED = Rule(
    "text-not-published",
    Severity.INFO,
    Text(
        "The text from here on (a list, a table, a quote or what follows a sub-heading) is not "
        "part of the definition of {entity}, and is not published.",
        "Le texte à partir d’ici (une liste, un tableau, une citation ou ce qui suit un "
        "sous-titre) ne fait pas partie de la définition de {entity} et n’est pas publié.",
    ),
    Text(
        "Nothing needs to be done, unless it belongs to the definition: then move it up.",
        "Il n’y a rien à faire, sauf s’il appartient à la définition\u00a0: remontez-le alors.",
    ),
)
STRATEGY_EMPTY = Rule(
    "strategy-empty",
    Severity.VIOLATION,
    Text(
        "No note of this vault describes a strategy, a mission or a commitment.",
        "Aucune note de ce coffre ne décrit une stratégie, une mission ou un engagement.",
    ),
    Text(
        "Name a note like “Mission 3.1a”, or add `notation:` to its properties.",
        "Nommez une note comme «\u00a0Mission 3.1a\u00a0», ou ajoutez `notation:` à ses propriétés.",
    ),
)
