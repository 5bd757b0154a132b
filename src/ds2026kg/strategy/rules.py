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
    why=Text(
        "A slip in a key keeps its value from every reader, and nothing else shows it.",
        "Une faute de frappe dans une clé cache sa valeur à tous, et rien d’autre ne la révèle.",
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
    why=Text(
        "Addresses and places in the tree come from notations; without one there is neither.",
        "L’adresse et la place dans l’arbre viennent de la notation; sans elle, ni l’une ni l’autre.",
    ),
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
    why=Text(
        "The entity would get the address of one and be known by the other.",
        "L’entité aurait l’adresse de l’une et serait connue sous l’autre.",
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
    why=Text(
        "The type decides which rules hold, so a wrong one would hide faults.",
        "Le type décide des règles qui s’appliquent; un mauvais type cacherait donc des fautes.",
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
    why=Text(
        "Addresses are kept for good, so they must be easy to type and to cite.",
        "Les adresses sont gardées pour toujours; il faut pouvoir les taper et les citer sans peine.",
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
    why=Text(
        "Without an address nobody can link to it, and what the note says is lost.",
        "Sans adresse, personne ne peut y renvoyer, et ce que dit la note est perdu.",
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
    why=Text(
        "What is changed in one of the notes is easily forgotten in the other.",
        "Ce que l’on change dans l’une des notes s’oublie facilement dans l’autre.",
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
    why=Text(
        "Readers of the notes and readers of the data would be told different things.",
        "Les lecteurs des notes et ceux des données apprendraient des choses différentes.",
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
    why=Text(
        "The strategy’s tree is read from such links; a broken one cuts off a branch.",
        "L’arbre de la stratégie se lit dans ces liens; un lien rompu en détache une branche.",
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
    why=Text(
        "Obsidian’s graph and backlinks show only links, so there the note seems to stand alone.",
        "Le graphe et les rétroliens d’Obsidian ne montrent que des liens; la note y semble isolée.",
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
    why=Text(
        "Even the words of such a link could tell what is meant to stay private.",
        "Les mots mêmes d’un tel lien pourraient révéler ce qui doit rester privé.",
    ),
)
VALUE_PRIVATE = Rule(
    "value-private",
    Severity.WARNING,
    Text(
        "What is given here for {entity} links to a private note; it was left out.",
        "Ce qui est donné ici pour {entity} renvoie à une note privée; cela a été omis.",
    ),
    Text("Write it without the link.", "Écrivez-le sans le lien."),
    why=Text(
        "Even a name could tell what is meant to stay private, so readers miss the value.",
        "Même un nom pourrait révéler ce qui doit rester privé; la valeur manque donc au lecteur.",
    ),
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
    why=Text(
        "A note said to be private must not be published by way of another.",
        "Une note dite privée ne doit pas être publiée par l’entremise d’une autre.",
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
    why=Text(
        "RDF/XML has no way to write it, so the formats would no longer say the same.",
        "RDF/XML ne peut pas l’écrire; les formats ne diraient donc plus tous la même chose.",
    ),
)
CONCEPT_UNKNOWN = Rule(
    "concept-unknown",
    Severity.VIOLATION,
    Text(
        "“{value}” is not a known {scheme}.",
        "«\u00a0{value}\u00a0» n’est pas une valeur connue de «\u00a0{scheme}\u00a0».",
    ),
    Text("Write one of: {known}.", "Écrivez l’une de celles-ci\u00a0: {known}."),
    why=Text(
        "Things are counted by these words, and a word outside the list is not counted.",
        "On compte selon ces valeurs, et une valeur hors de la liste n’est pas comptée.",
    ),
    mendable=True,
)
DATE_INVALID = Rule(
    "date-invalid",
    Severity.VIOLATION,
    Text("“{value}” is not a date.", "«\u00a0{value}\u00a0» n’est pas une date."),
    Text(
        "Write it as year-month-day: 2024-08-13.", "Écrivez-la année-mois-jour\u00a0: 2024-08-13."
    ),
    why=Text(
        "Dates in other forms cannot be compared, and 08/09 is two different days.",
        "Sous d’autres formes, les dates ne se comparent pas, et 08/09 désigne deux jours différents.",
    ),
    mendable=True,
)
IRI_INVALID = Rule(
    "iri-invalid",
    Severity.VIOLATION,
    Text("“{value}” is not a web address.", "«\u00a0{value}\u00a0» n’est pas une adresse Web."),
    Text(
        "Write it in full, beginning with https://.",
        "Écrivez-la en entier, en commençant par https://.",
    ),
    why=Text(
        "A source that cannot be followed cannot be checked.",
        "Une source que l’on ne peut pas suivre ne peut pas être vérifiée.",
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
    why=Text(
        "No property of the data takes keys within a value, so all of it is lost.",
        "Aucune propriété des données n’admet de clés dans une valeur; tout est donc perdu.",
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
    why=Text(
        "If it is about the strategy, what it says is missing from the data.",
        "Si elle porte sur la stratégie, ce qu’elle dit manque aux données.",
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
    why=Text(
        "Readers of the data see the first paragraphs only, which may not be the whole.",
        "Le lecteur des données ne voit que les premiers paragraphes, ce qui n’est peut-être pas tout.",
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
    why=Text(
        "The data set would be empty, most often because the wrong folder was given.",
        "Le jeu de données serait vide, le plus souvent parce que le dossier n’est pas le bon.",
    ),
)
