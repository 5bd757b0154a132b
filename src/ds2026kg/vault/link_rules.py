"""What can be wrong with links between notes: where they lead, and how they are written."""

from ds2026kg.findings import Rule, Severity, Text

EMBED_OF_ITSELF = Rule(
    "embed-of-itself",
    Severity.VIOLATION,
    Text("This note embeds itself.", "Cette note s’incorpore elle-même."),
    Text(
        "Remove the embed, or point it at another note.",
        "Supprimez l’incorporation, ou dirigez-la vers une autre note.",
    ),
    why=Text(
        "It can show nothing new: in Obsidian, the note repeats within itself.",
        "L’incorporation ne montre rien de nouveau; dans Obsidian, la note se répète en elle-même.",
    ),
)
LINK_BROKEN = Rule(
    "link-broken",
    Severity.WARNING,
    Text(
        "This link leads to no note or file: “{target}”.",
        "Ce lien ne mène à aucune note ni à aucun fichier\u00a0: «\u00a0{target}\u00a0».",
    ),
    Text(
        "Correct the link, or add the note.",
        "Corrigez le lien, ou ajoutez la note.",
    ),
    why=Text(
        "Whoever follows it finds nothing, and what it should lead to stays unconnected.",
        "Qui le suit ne trouve rien, et ce à quoi il devrait mener reste sans lien.",
    ),
)
EMBED_BROKEN = Rule(
    "embed-broken",
    Severity.WARNING,
    Text(
        "This embeds no note or file of the vault: “{target}”.",
        "Ceci n’incorpore aucune note ni aucun fichier du coffre\u00a0: «\u00a0{target}\u00a0».",
    ),
    Text(
        "Correct the name, or put the file into the vault.",
        "Corrigez le nom, ou mettez le fichier dans le coffre.",
    ),
    why=Text(
        "Readers see a gap where the note means to show something.",
        "Le lecteur voit un vide là où la note veut montrer quelque chose.",
    ),
)
LINK_AMBIGUOUS = Rule(
    "link-ambiguous",
    Severity.WARNING,
    Text(
        "“{target}” could mean several files; Obsidian takes {path}, and there is also: {others}.",
        "«\u00a0{target}\u00a0» peut désigner plusieurs fichiers; Obsidian prend {path}, "
        "et il y a aussi\u00a0: {others}.",
    ),
    Text(
        "Write the path in the link, from the folder of the vault on.",
        "Écrivez le chemin dans le lien, à partir du dossier du coffre.",
    ),
    local=True,
    why=Text(
        "Move or rename one of the files, and the link may lead to another unnoticed.",
        "Si l’un des fichiers est déplacé ou renommé, le lien peut mener ailleurs à l’insu de tous.",
    ),
)
HEADING_MISSING = Rule(
    "heading-missing",
    Severity.WARNING,
    Text(
        "{path} has no heading “{fragment}”.",
        "{path} n’a pas de titre «\u00a0{fragment}\u00a0».",
    ),
    Text(
        "Correct the part of the link after #, or add the heading.",
        "Corrigez la partie du lien après le #, ou ajoutez le titre.",
    ),
    local=True,
    why=Text(
        "The link opens the note at its top, and the reader has to search for the passage.",
        "Le lien ouvre la note à son début, et le lecteur doit chercher le passage.",
    ),
)
BLOCK_MISSING = Rule(
    "block-missing",
    Severity.WARNING,
    Text(
        "{path} has no block “{fragment}”.",
        "{path} n’a pas de bloc «\u00a0{fragment}\u00a0».",
    ),
    Text(
        "Correct the part of the link after #, or add the identifier at the end of the block.",
        "Corrigez la partie du lien après le #, ou ajoutez l’identifiant à la fin du bloc.",
    ),
    local=True,
    why=Text(
        "The link opens the note at its top, and the reader has to search for the block.",
        "Le lien ouvre la note à son début, et le lecteur doit chercher le bloc.",
    ),
)
NOTE_ORPHAN = Rule(
    "note-orphan",
    Severity.INFO,
    Text(
        "No link of this note leads to another file of the vault, and none leads to it.",
        "Aucun lien de cette note ne mène à un autre fichier du coffre, et aucun ne mène à elle.",
    ),
    Text(
        "Link it to the notes that it belongs with, or leave it alone.",
        "Liez-la aux notes qui s’y rapportent, ou laissez-la telle quelle.",
    ),
    local=True,
    why=Text(
        "Nobody comes upon a note that nothing leads to, so it is soon forgotten.",
        "Personne ne tombe sur une note à laquelle rien ne mène; elle est vite oubliée.",
    ),
)
LINK_ENCODING = Rule(
    "link-encoding",
    Severity.INFO,
    Text(
        "The address of this link is percent-encoded twice; outside of ds2026kg it leads nowhere.",
        "L’adresse de ce lien est encodée deux fois (signes %); hors de ds2026kg, il ne mène à rien.",
    ),
    Text("Write %20 for %2520, and so on.", "Écrivez %20 au lieu de %2520, et ainsi de suite."),
    why=Text(
        "Other programs decode an address once, and then find no file of that name.",
        "Les autres programmes ne décodent l’adresse qu’une fois et ne trouvent aucun fichier de ce nom.",
    ),
    mendable=True,
)
LINK_SPELLING = Rule(
    "link-spelling",
    Severity.INFO,
    Text(
        "This link says “{target}”; the file is called “{own}”.",
        "Ce lien dit «\u00a0{target}\u00a0»; le fichier s’appelle «\u00a0{own}\u00a0».",
    ),
    Text(
        "Spell it as the file is spelled: not every tool overlooks case, accents and blanks.",
        "Écrivez-le comme le fichier\u00a0: tous les outils ne font pas abstraction de la casse, des "
        "accents et des espaces.",
    ),
    local=True,
    why=Text(
        "On a system that tells case or accents apart, and on the web, the link breaks.",
        "Sur un système qui distingue la casse ou les accents, et sur le Web, le lien se rompt.",
    ),
    mendable=True,
)
LINK_EMPTY_FRAGMENT = Rule(
    "link-empty-fragment",
    Severity.INFO,
    Text(
        "This link ends in # and names no heading after it.",
        "Ce lien se termine par # et ne nomme aucun titre à la suite.",
    ),
    Text("Remove the #, or name a heading.", "Supprimez le #, ou nommez un titre."),
    why=Text(
        "A heading was probably to follow; readers land at the top of the note and have to search.",
        "Un titre devait sans doute suivre; le lecteur arrive au début de la note et doit chercher.",
    ),
    mendable=True,
)
LINK_UNENCODED = Rule(
    "link-unencoded",
    Severity.WARNING,
    Text(
        "This is no link, because of the blanks or brackets in “{written}”.",
        "Ceci n’est pas un lien, à cause des espaces ou des parenthèses dans «\u00a0{written}\u00a0».",
    ),
    Text(
        "Write %20 for a blank, %28 and %29 for round brackets.",
        "Écrivez %20 pour une espace, %28 et %29 pour les parenthèses.",
    ),
    why=Text(
        "Readers see brackets in place of a link, and nothing leads to the other note.",
        "Le lecteur voit des crochets au lieu d’un lien, et rien ne mène à l’autre note.",
    ),
    mendable=True,
)
