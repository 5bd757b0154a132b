"""What can be wrong with shapes that judge nothing."""

from ds2026kg.findings import Rule, Severity, Text

WITHOUT_FOCUS = Rule(
    "shape-without-focus",
    Severity.INFO,
    Text(
        "The shape {shape} of {file} matches nothing in the data, so it judges nothing.",
        "La forme {shape} de {file} ne vise rien dans les données; elle ne vérifie donc rien.",
    ),
    Text(
        "Check how its target is written; if the vault has nothing of the kind yet, leave it.",
        "Vérifiez comment sa cible est écrite; si le coffre n’a encore rien de tel, laissez-la.",
    ),
    local=True,
    why=Text(
        "A misspelt target looks just like data without faults.",
        "Une cible mal écrite a tout l’air de données sans faute.",
    ),
)
WITHOUT_TARGET = Rule(
    "shape-without-target",
    Severity.WARNING,
    Text(
        "The shape {shape} of {file} has no target and no other shape refers to it, so it judges "
        "nothing.",
        "La forme {shape} de {file} n’a pas de cible et aucune autre forme n’y renvoie; elle ne "
        "vérifie donc rien.",
    ),
    Text(
        "Give it a target such as sh:targetClass, refer to it from another shape, or remove it.",
        "Donnez-lui une cible telle que sh:targetClass, renvoyez-y depuis une autre forme, ou "
        "retirez-la.",
    ),
    local=True,
    why=Text(
        "Its author believes that something is checked, and nothing is.",
        "Son auteur croit que quelque chose est vérifié, et rien ne l’est.",
    ),
)
