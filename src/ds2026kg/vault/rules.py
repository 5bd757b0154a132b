"""What can be wrong with a note or its file, before anything is made of its meaning."""

from ds2026kg.findings import Rule, Severity, Text

NOTE_UNREADABLE = Rule(
    "note-unreadable",
    Severity.VIOLATION,
    Text("This file cannot be read: {reason}.", "Ce fichier ne peut pas être lu\u00a0: {reason}."),
    Text(
        "Give yourself the right to read it, or take it out of the vault.",
        "Donnez-vous le droit de le lire, ou retirez-le du coffre.",
    ),
    unreadable=True,
    why=Text(
        "What it says is missing from the data, and nobody can tell what that is.",
        "Ce qu’il dit manque aux données, sans que personne puisse savoir quoi.",
    ),
)
NOTE_TOO_LARGE = Rule(
    "note-too-large",
    Severity.VIOLATION,
    Text(
        "This note is {size} bytes long; the limit is {limit}.",
        "Cette note fait {size} octets; la limite est de {limit}.",
    ),
    Text(
        "Split the note, or raise `max_note_bytes` under [vault] in ds2026kg.toml.",
        "Scindez la note, ou augmentez `max_note_bytes` sous [vault] dans ds2026kg.toml.",
    ),
    unreadable=True,
    why=Text(
        "A file of such a size is seldom a note, and a single one could hold up every build.",
        "Un fichier de cette taille est rarement une note, et un seul retarderait tout le travail.",
    ),
)
NOTE_ENCODING = Rule(
    "note-encoding",
    Severity.VIOLATION,
    Text(
        "This is not UTF-8 text: byte 0x{byte} at offset {offset}.",
        "Ce n’est pas du texte UTF-8\u00a0: octet 0x{byte} à la position {offset}.",
    ),
    Text(
        "Save the note again as UTF-8; a file that is not a note should not be named .md.",
        "Réenregistrez la note en UTF-8; un fichier qui n’est pas une note ne doit pas se nommer .md.",
    ),
    unreadable=True,
    why=Text(
        "Its letters would be guessed, and a name guessed wrong would be published.",
        "Ses lettres seraient devinées, et un nom mal deviné serait publié.",
    ),
)
NOTE_TOO_DEEP = Rule(
    "note-too-deep",
    Severity.VIOLATION,
    Text(
        "More than {limit} quotes and lists stand one in the other here; "
        "the text of this note was not read.",
        "Plus de {limit} citations et listes sont imbriquées ici; "
        "le texte de cette note n’a pas été lu.",
    ),
    Text(
        "Take out the marks at the start of this line that nobody meant.",
        "Supprimez les marques en trop au début de cette ligne.",
    ),
    unreadable=True,
    why=Text(
        "Nobody nests text so deep on purpose, and reading it could take forever.",
        "Personne n’imbrique autant du texte à dessein, et sa lecture pourrait ne jamais finir.",
    ),
)
LINK_LEAVES_VAULT = Rule(
    "link-leaves-vault",
    Severity.WARNING,
    Text(
        "This is a symbolic link that leads out of the vault; it was not followed.",
        "C’est un lien symbolique qui mène hors du coffre; il n’a pas été suivi.",
    ),
    Text(
        "Copy the file into the vault, or remove the link.",
        "Copiez le fichier dans le coffre, ou supprimez le lien.",
    ),
    why=Text(
        "A vault is published as a folder; what lies outside it was never meant to be.",
        "C’est un dossier que l’on publie; ce qui se trouve ailleurs n’y était pas destiné.",
    ),
)
LINK_LEADS_NOWHERE = Rule(
    "link-leads-nowhere",
    Severity.WARNING,
    Text(
        "This is a symbolic link that leads to nothing.",
        "C’est un lien symbolique qui ne mène à rien.",
    ),
    Text("Correct the link, or remove it.", "Corrigez le lien, ou supprimez-le."),
    why=Text(
        "A note that people think is there is not, and is missing from the data.",
        "Une note que l’on croit présente ne l’est pas, et elle manque aux données.",
    ),
)
LINK_WITHIN_VAULT = Rule(
    "link-within-vault",
    Severity.INFO,
    Text(
        "This is a symbolic link to another place in the vault, which is read there.",
        "C’est un lien symbolique vers un autre endroit du coffre, qui est lu à cet endroit.",
    ),
    Text("Nothing needs to be done.", "Il n’y a rien à faire."),
    why=Text(
        "A note is read once: read twice, it would describe the same thing twice.",
        "Une note n’est lue qu’une fois; lue deux fois, elle décrirait deux fois la même chose.",
    ),
)
YAML_SYNTAX = Rule(
    "yaml-syntax",
    Severity.VIOLATION,
    Text(
        "The properties cannot be read as YAML: {problem}.",
        "Les propriétés ne peuvent pas être lues comme du YAML\u00a0: {problem}.",
    ),
    Text(
        "Mend this line; a value with a colon, a bracket or a quote belongs in quotes.",
        "Corrigez cette ligne; une valeur qui contient un deux-points, un crochet ou un guillemet "
        "se met entre guillemets.",
    ),
    unreadable=True,
    why=Text(
        "One sign out of place makes all the properties of the note unreadable.",
        "Un seul signe mal placé rend illisibles toutes les propriétés de la note.",
    ),
)
YAML_TAB = Rule(
    "yaml-tab",
    Severity.VIOLATION,
    Text(
        "The properties are indented with a tab, which YAML does not allow.",
        "Les propriétés sont en retrait avec une tabulation, ce que YAML ne permet pas.",
    ),
    Text("Replace the tab by two spaces.", "Remplacez la tabulation par deux espaces."),
    unreadable=True,
    why=Text(
        "YAML measures indents in spaces; with a tab, none of the properties can be read.",
        "YAML mesure les retraits en espaces; avec une tabulation, aucune propriété n’est lisible.",
    ),
)
YAML_REFUSED = Rule(
    "yaml-refused",
    Severity.VIOLATION,
    Text(
        "The properties use {what}, which ds2026kg refuses because it can be made to expand "
        "without end.",
        "Les propriétés utilisent {what}, ce que ds2026kg refuse, car cela peut s’étendre sans fin.",
    ),
    Text("Write the value out in full.", "Écrivez la valeur en toutes lettres."),
    unreadable=True,
    why=Text(
        "A few such lines can expand to fill the memory of whatever reads the note.",
        "Quelques lignes de ce genre peuvent remplir la mémoire de tout ce qui lit la note.",
    ),
)
YAML_DUPLICATE_KEY = Rule(
    "yaml-duplicate-key",
    Severity.VIOLATION,
    Text(
        "The property “{key}” is given twice; the first one was taken.",
        "La propriété «\u00a0{key}\u00a0» est donnée deux fois; la première a été retenue.",
    ),
    Text("Keep one of the two.", "Gardez l’une des deux."),
    why=Text(
        "Programs differ in which of the two they take, so readers may see either.",
        "Les programmes ne retiennent pas tous la même des deux; on peut voir l’une ou l’autre.",
    ),
)
YAML_NOT_MAPPING = Rule(
    "yaml-not-mapping",
    Severity.VIOLATION,
    Text(
        "The properties are not a list of “key: value” lines.",
        "Les propriétés ne sont pas une suite de lignes «\u00a0clé: valeur\u00a0».",
    ),
    Text(
        "Write one “key: value” to a line between the two --- lines.",
        "Écrivez une «\u00a0clé: valeur\u00a0» par ligne entre les deux lignes ---.",
    ),
    unreadable=True,
    why=Text(
        "Without keys, nothing says what the values mean, so none of them is read.",
        "Sans clés, rien ne dit ce que signifient les valeurs; aucune n’est donc lue.",
    ),
)
YAML_UNCLOSED = Rule(
    "yaml-unclosed",
    Severity.WARNING,
    Text(
        "The note opens with --- as properties do, but no second --- line closes them; "
        "all of it was read as text.",
        "La note s’ouvre par --- comme des propriétés, mais aucune seconde ligne --- ne les ferme; "
        "elle a été lue en entier comme du texte.",
    ),
    Text(
        "Add a line with --- after the last property.",
        "Ajoutez une ligne --- après la dernière propriété.",
    ),
    why=Text(
        "The properties show as text in Obsidian, and none of them reaches the data.",
        "Les propriétés s’affichent comme du texte dans Obsidian, et aucune n’atteint les données.",
    ),
)
YAML_NOT_FIRST = Rule(
    "yaml-not-first",
    Severity.WARNING,
    Text(
        "This looks like properties, but properties stand at the very top of a note; "
        "it was read as text.",
        "Ceci ressemble à des propriétés, mais celles-ci se placent tout en haut d’une note; "
        "ce passage a été lu comme du texte.",
    ),
    Text(
        "Move the block, with both its --- lines, to the first line of the note, or remove it.",
        "Déplacez le bloc, avec ses deux lignes ---, à la première ligne de la note, ou supprimez-le.",
    ),
    why=Text(
        "Obsidian shows such a block as text, and none of it reaches the data.",
        "Obsidian affiche un tel bloc comme du texte, et rien n’en atteint les données.",
    ),
)
