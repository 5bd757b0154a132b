"""What can be wrong with a canvas."""

from ds2026kg.findings import Rule, Severity, Text

CANVAS_ENCODING = Rule(
    "canvas-encoding",
    Severity.WARNING,
    Text(
        "This canvas is not UTF-8 text: byte 0x{byte} at offset {offset}.",
        "Ce canevas n’est pas du texte UTF-8\u00a0: octet 0x{byte} à la position {offset}.",
    ),
    Text(
        "Save it again as UTF-8, or restore an earlier version of the file.",
        "Réenregistrez-le en UTF-8, ou rétablissez une version antérieure du fichier.",
    ),
    why=Text(
        "None of its cards and links can be read, here or in Obsidian.",
        "Aucune de ses cartes ni aucun de ses liens n’est lisible, ni ici ni dans Obsidian.",
    ),
)
CANVAS_SYNTAX = Rule(
    "canvas-syntax",
    Severity.WARNING,
    Text(
        "This canvas cannot be read as JSON: {problem}.",
        "Ce canevas ne peut pas être lu comme du JSON\u00a0: {problem}.",
    ),
    Text(
        "Mend this place in a text editor, or restore an earlier version of the file.",
        "Corrigez cet endroit dans un éditeur de texte, ou rétablissez une version antérieure "
        "du fichier.",
    ),
    why=Text(
        "One sign out of place keeps the whole canvas from being read.",
        "Un seul signe mal placé empêche de lire tout le canevas.",
    ),
)
CANVAS_NOT_OBJECT = Rule(
    "canvas-not-object",
    Severity.WARNING,
    Text(
        "This canvas is JSON, but not an object with “nodes” and “edges”.",
        "Ce canevas est du JSON, mais pas un objet avec «\u00a0nodes\u00a0» et «\u00a0edges\u00a0».",
    ),
    Text(
        "A file that is not a canvas should not be named .canvas.",
        "Un fichier qui n’est pas un canevas ne doit pas se nommer .canvas.",
    ),
    why=Text(
        "Obsidian opens files of this name as drawings, and this one holds none.",
        "Obsidian ouvre les fichiers de ce nom comme des dessins, et celui-ci n’en contient pas.",
    ),
)
CANVAS_SHAPE = Rule(
    "canvas-shape",
    Severity.WARNING,
    Text(
        "A part of this canvas is not as it should be: “{key}” {fault}.",
        "Une partie de ce canevas n’est pas comme elle devrait être\u00a0: "
        "«\u00a0{key}\u00a0» {fault}.",
    ),
    Text(
        "Correct it as JSON Canvas 1.0 (jsoncanvas.org) has it, or draw it again in Obsidian.",
        "Corrigez-la comme le veut JSON Canvas 1.0 (jsoncanvas.org), ou redessinez-la dans "
        "Obsidian.",
    ),
    why=Text(
        "What it should show is not read, and its links are not followed.",
        "Ce qu’elle devrait montrer n’est pas lu, et ses liens ne sont pas suivis.",
    ),
)
CANVAS_EDGE = Rule(
    "canvas-edge",
    Severity.WARNING,
    Text(
        "This arrow is tied to “{id}”, but the canvas has no such card.",
        "Cette flèche est attachée à «\u00a0{id}\u00a0», mais le canevas n’a pas de telle carte.",
    ),
    Text(
        "Remove the arrow, or tie it to a card that is there.",
        "Supprimez la flèche, ou attachez-la à une carte qui existe.",
    ),
    why=Text(
        "An arrow with a loose end connects nothing, whatever it was drawn for.",
        "Une flèche dont un bout est libre ne relie rien, quoi qu’on ait voulu montrer.",
    ),
)
CANVAS_DUPLICATE_ID = Rule(
    "canvas-duplicate-id",
    Severity.WARNING,
    Text("The id “{id}” is given twice.", "L’id «\u00a0{id}\u00a0» est donné deux fois."),
    Text(
        "Give one of the two another id, and its arrows too.",
        "Donnez un autre id à l’un des deux, ainsi qu’à ses flèches.",
    ),
    why=Text(
        "Arrows are tied by id, and nobody can tell which of the two cards they mean.",
        "Les flèches s’attachent par id, et nul ne sait laquelle des deux cartes elles visent.",
    ),
)
CANVAS_DUPLICATE_KEY = Rule(
    "canvas-duplicate-key",
    Severity.WARNING,
    Text(
        "The key “{key}” is given twice; the last one was taken.",
        "La clé «\u00a0{key}\u00a0» est donnée deux fois; la dernière a été retenue.",
    ),
    Text("Keep one of the two.", "Gardez l’une des deux."),
    why=Text(
        "Only one of the two values is shown, perhaps not the one that was meant.",
        "Une seule des deux valeurs est montrée, et ce n’est peut-être pas la bonne.",
    ),
)
CANVAS_CHARACTER = Rule(
    "canvas-character",
    Severity.WARNING,
    Text(
        "{escape} stands for no character of a text; it was read as U+FFFD.",
        "{escape} ne représente aucun caractère d’un texte; il a été lu comme U+FFFD.",
    ),
    Text("Remove it, or type the character again.", "Supprimez-le, ou retapez le caractère."),
    why=Text(
        "It cannot be saved as text, so a link or a name that holds it fits nothing.",
        "Il ne peut pas s’enregistrer comme du texte; un lien qui le contient ne mène à rien.",
    ),
)
CANVAS_MORE = Rule(
    "canvas-more",
    Severity.INFO,
    Text(
        "“{code}” was found {count} more times in this canvas.",
        "«\u00a0{code}\u00a0» a été constaté {count} fois de plus dans ce canevas.",
    ),
    Text("Mend those that are listed first.", "Corrigez d’abord ceux qui sont énumérés."),
    why=Text(
        "Thousands of lines alike would bury the findings about other notes.",
        "Des milliers de lignes semblables noieraient les constatations sur d’autres notes.",
    ),
)
