"""What can be lacking in the settings that describe the data set."""

from ds2026kg.findings import Rule, Severity, Text

INCOMPLETE = Rule(
    "description-incomplete",
    Severity.INFO,
    Text(
        "The descriptions of the data set lack what only its publisher knows: {keys}.",
        "Il manque aux descriptions du jeu de données ce que seul son éditeur sait\u00a0: {keys}.",
    ),
    Text(
        "Fill in these keys of ds2026kg.toml before you publish; docs/settings.md explains each.",
        "Remplissez ces clés de ds2026kg.toml avant de publier; docs/settings.md explique chacune.",
    ),
    local=True,
    why=Text(
        "Catalogues and portals show, and some demand, what no program can know or should make up.",
        "Les catalogues et les portails montrent, et parfois exigent, ce qu’aucun programme ne peut "
        "savoir ni ne doit inventer.",
    ),
)
