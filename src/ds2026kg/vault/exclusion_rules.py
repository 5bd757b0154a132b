"""What can be wrong with the files that say what is not a note."""

from ds2026kg.findings import Rule, Severity, Text

EXCLUSIONS_UNREADABLE = Rule(
    "exclusions-unreadable",
    Severity.WARNING,
    Text(
        "This file can say what is not a note, and was not read: {reason}.",
        "Ce fichier peut dire ce qui n’est pas une note, et n’a pas été lu\u00a0: {reason}.",
    ),
    Text(
        "Mend the file, or let Obsidian write it anew; until then it excludes nothing.",
        "Corrigez le fichier, ou laissez Obsidian le récrire; d’ici là, il n’exclut rien.",
    ),
    why=Text(
        "Notes that someone meant to keep out are read, and may be published.",
        "Des notes que l’on voulait écarter sont lues, et pourraient être publiées.",
    ),
)
EXCLUSIONS_UNEXPECTED = Rule(
    "exclusions-unexpected",
    Severity.WARNING,
    Text(
        "Here “{key}” should be {expected}; its value excludes nothing.",
        "Ici, «\u00a0{key}\u00a0» devrait être {expected}; sa valeur n’exclut rien.",
    ),
    Text(
        "Change the setting in Obsidian, which writes the file anew.",
        "Changez le réglage dans Obsidian, qui récrit le fichier.",
    ),
    why=Text(
        "The files that it was meant to exclude are read, and may be published.",
        "Les fichiers qu’elle devait exclure sont lus, et pourraient être publiés.",
    ),
)
EXCLUSION_PATTERN = Rule(
    "exclusion-pattern",
    Severity.WARNING,
    Text(
        "The pattern “{pattern}” excludes nothing: {reason}.",
        "Le motif «\u00a0{pattern}\u00a0» n’exclut rien\u00a0: {reason}.",
    ),
    Text(
        "Correct it, or name the files in .ds2026kgignore, as in a .gitignore file.",
        "Corrigez-le, ou nommez les fichiers dans .ds2026kgignore, comme dans un fichier .gitignore.",
    ),
    why=Text(
        "The files that it was meant to match are read, and may be published.",
        "Les fichiers qu’il devait viser sont lus, et pourraient être publiés.",
    ),
)
