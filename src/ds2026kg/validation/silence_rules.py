"""What can be wrong with what notes silence for themselves."""

from ds2026kg.findings import Rule, Severity, Text

SILENCE_UNNAMED = Rule(
    "silence-unnamed",
    Severity.WARNING,
    Text(
        "This item of `ds2026kg-ignore` names no rule; nothing is silenced by it.",
        "Cet élément de `ds2026kg-ignore` ne nomme aucune règle; il ne tait rien.",
    ),
    Text(
        "Write the rule’s code and the reason: “{example}”.",
        "Écrivez le code de la règle et la raison\u00a0: «\u00a0{example}\u00a0».",
    ),
    why=Text(
        "Someone means a finding to pass, and it will still make the command fail.",
        "Quelqu’un veut laisser passer une constatation, et elle fera quand même échouer la commande.",
    ),
)
SILENCE_UNKNOWN = Rule(
    "silence-unknown",
    Severity.WARNING,
    Text(
        "No rule is called “{code}”; nothing is silenced by it.",
        "Aucune règle ne s’appelle «\u00a0{code}\u00a0»; rien n’est tu.",
    ),
    Text(
        "Correct the code{near}, or remove the item.",
        "Corrigez le code{near}, ou supprimez l’élément.",
    ),
    why=Text(
        "The finding stays open, and the silence waits for a fault that cannot come.",
        "La constatation reste ouverte, et le silence attend une faute qui ne peut pas venir.",
    ),
)
SILENCE_REPEATED = Rule(
    "silence-repeated",
    Severity.WARNING,
    Text(
        "This note silences “{code}” twice; the first item was taken.",
        "Cette note tait «\u00a0{code}\u00a0» deux fois; le premier élément a été retenu.",
    ),
    Text("Keep one of the two.", "Gardez l’un des deux."),
    why=Text(
        "Two reasons for one silence are easily at odds, and only one of them is shown.",
        "Deux raisons pour un même silence se contredisent vite, et une seule est montrée.",
    ),
)
SILENCE_REFUSED = Rule(
    "silence-refused",
    Severity.WARNING,
    Text(
        "“{code}” can never be silenced.",
        "«\u00a0{code}\u00a0» ne peut jamais être tu.",
    ),
    Text(
        "Remove the item, and mend what the rule reports.",
        "Supprimez l’élément, et corrigez ce que la règle signale.",
    ),
    why=Text(
        "Otherwise notes could go missing unnoticed, or one silence hide another.",
        "Sinon, des notes pourraient manquer à l’insu de tous, ou un silence en cacher un autre.",
    ),
)
SILENCE_WITHOUT_REASON = Rule(
    "silence-without-reason",
    Severity.WARNING,
    Text(
        "“{code}” is named here without a reason, so it is not silenced.",
        "«\u00a0{code}\u00a0» est nommé ici sans raison; il n’est donc pas tu.",
    ),
    Text(
        "Write the reason after the code (“{code}: because …”), or in `ds2026kg-ignore-reason`.",
        "Écrivez la raison après le code («\u00a0{code}: parce que …\u00a0»), ou dans "
        "`ds2026kg-ignore-reason`.",
    ),
    why=Text(
        "Whoever comes later cannot tell whether the fault may stay, or was only put out of sight.",
        "Qui vient plus tard ne peut savoir si la faute peut rester, ou si on l’a seulement cachée.",
    ),
)
SILENCE_UNUSED = Rule(
    "silence-unused",
    Severity.WARNING,
    Text(
        "This note silences “{code}”, but nothing of the kind was found in it.",
        "Cette note tait «\u00a0{code}\u00a0», mais rien de tel n’y a été constaté.",
    ),
    Text(
        "Remove the item; the fault that it was for is gone.",
        "Supprimez l’élément; la faute qu’il visait a disparu.",
    ),
    why=Text(
        "Left there, it would hide the next fault of the kind, which nobody has looked at.",
        "Laissé là, il cacherait la prochaine faute de ce genre, que personne n’a examinée.",
    ),
)
