"""`ds2026kg portal`: the data set's record on an open-government portal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ds2026kg.cli import options
from ds2026kg.cli.bilingual import Command, Group
from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.options import described
from ds2026kg.errors import Ds2026kgError
from ds2026kg.findings import Text

if TYPE_CHECKING:
    from ds2026kg.config import Settings
    from ds2026kg.targets.portal import Difference, Portal, Record, Release

_Function = TypeVar("_Function", bound=Callable[..., Any])

_SUMMARIES = {
    "check": Text(
        "Judge the record of a build by the portal’s profile, offline.",
        "Vérifie la notice d’une publication selon le profil du portail, hors ligne.",
    ),
    "diff": Text(
        "Show field by field what the live record would become.",
        "Montre champ par champ ce que deviendrait la notice en ligne.",
    ),
    "publish": Text(
        "Create the record, or update it, with its files.",
        "Crée la notice, ou la met à jour, avec ses fichiers.",
    ),
}
_ACTIONS = {
    "create": Text(
        "a new record would be made: {place}", "une nouvelle notice serait créée\u00a0: {place}"
    ),
    "update": Text(
        "this record would be updated: {place}", "cette notice serait mise à jour\u00a0: {place}"
    ),
    "none": Text(
        "nothing would change; the record is as the build has it: {place}",
        "rien ne changerait; la notice est celle de la publication\u00a0: {place}",
    ),
}
_UPLOADS = Text("files to be sent: {names}", "fichiers à envoyer\u00a0: {names}")
_REMOVED = Text(
    "resources of earlier builds to be taken away: {names}",
    "ressources de publications antérieures à retirer\u00a0: {names}",
)
_CONTESTED = Text(
    "changed by somebody else since you last looked: {names}",
    "modifiés par quelqu’un d’autre depuis votre dernière consultation\u00a0: {names}",
)
_NOT_WRITTEN = Text(
    "nothing was written; run again with --yes to publish this",
    "rien n’a été écrit; relancez avec --yes pour publier ceci",
)
_WRITTEN = Text(
    "the record is published, in {calls} calls: {place}",
    "la notice est publiée, en {calls} appels\u00a0: {place}",
)
_ONE_CALL = Text(
    "the record is published, in one call: {place}",
    "la notice est publiée, en un appel\u00a0: {place}",
)
_UNCHANGED = Text(
    "nothing was changed; the record is as the build has it: {place}",
    "rien n’a été changé; la notice est celle de la publication\u00a0: {place}",
)
_KEPT_OTHERWISE = Text(
    "the portal keeps these fields otherwise than they were sent: {names}",
    "le portail garde ces champs autrement qu’ils ont été envoyés\u00a0: {names}",
)
_CONFORMS = Text(
    "the record is as the portal’s profile asks; it has {resources} resources",
    "la notice est conforme au profil du portail; elle compte {resources} ressources",
)
_NOT_COMPARED = Text(
    "there is no folder vault/ here: whether its notes have changed since the build is not known",
    "il n’y a pas de dossier vault/ ici\u00a0: on ignore si ses notes ont changé depuis la publication",
)


def _build(function: _Function) -> _Function:
    """The argument DIR, --vault and --config."""
    function = click.option(
        "--vault",
        type=options.PATH,
        help=described(
            "The notes that the build was made of; default: vault/, if it is there.",
            "Les notes dont la publication est tirée; par défaut, vault/, s’il existe.",
        ),
    )(function)
    return click.argument("folder", metavar="[DIR]", type=options.PATH, default=Path("dist"))(
        options.config(function)
    )


def _seen(function: _Function) -> _Function:
    """--seen FILE."""
    return click.option(
        "--seen",
        type=options.PATH,
        metavar="FILE",
        help=described(
            "Where the record is kept as it was last seen; default: a hidden file in DIR.",
            "Où est gardée la notice telle que vue la dernière fois; par défaut, un fichier caché.",
        ),
    )(function)


@click.command(
    "check",
    cls=Command,
    help=described(
        "Judge the record of the build in DIR by the portal’s profile. Nothing is sent.",
        "Vérifie la notice de la publication dans DIR selon le profil du portail. Rien n’est envoyé.",
    ),
)
@_build
@options.common
def check(folder: Path, vault: Path | None, config_file: Path | None) -> int:
    """Judge the record; returns the exit status."""
    release, _settings = _opened(folder, vault, config_file)
    if not _conforms(release):
        return 1
    CONSOLE.tell(CONSOLE.say(_CONFORMS, resources=len(release.package["resources"])))
    return 0


@click.command(
    "diff",
    cls=Command,
    help=described(
        "Show what publishing the build in DIR would change on the portal. Nothing is written there.",
        "Montre ce que la publication dans DIR changerait sur le portail. Rien n’y est écrit.",
    ),
)
@_build
@_seen
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help=described("How to show it.", "La forme du résultat."),
)
@options.common
def diff(
    folder: Path, vault: Path | None, config_file: Path | None, seen: Path | None, form: str
) -> int:
    """Show the difference; returns the exit status."""
    from ds2026kg.targets.portal import compared

    release, settings = _opened(folder, vault, config_file)
    if not _conforms(release):
        return 1
    with _portal(settings) as portal:
        found = compared(portal, release, _before(portal, release, seen))
        _show(found, portal, form)
        _remember(portal, release, seen)(found.live)
    return 0


@click.command(
    "publish",
    cls=Command,
    help=described(
        "Make the record on the portal what the build in DIR has. Without --yes, show the difference.",
        "Rend la notice sur le portail conforme à la publication dans DIR. Sans --yes, montre l’écart.",
    ),
)
@_build
@_seen
@click.option(
    "--yes",
    is_flag=True,
    help=described("Write to the portal.", "Écrit sur le portail."),
)
@click.option(
    "--force",
    is_flag=True,
    help=described(
        "Write over what somebody else has changed since you last looked.",
        "Écrit par-dessus ce que quelqu’un d’autre a modifié depuis votre dernière consultation.",
    ),
)
@options.common
def publish(
    folder: Path,
    vault: Path | None,
    config_file: Path | None,
    seen: Path | None,
    yes: bool,
    force: bool,
) -> int:
    """Publish; returns the exit status."""
    from ds2026kg.targets.portal import compared
    from ds2026kg.targets.portal import publish as publish_release

    release, settings = _opened(folder, vault, config_file)
    if not _conforms(release):
        return 1
    with _portal(settings, writing=yes) as portal, CONSOLE.progress() as progress:
        before = _before(portal, release, seen)
        found = compared(portal, release, before)
        remember = _remember(portal, release, seen)
        if not yes:
            _show(found, portal, "table")
            remember(found.live)
            if found.action != "none":
                CONSOLE.tell(CONSOLE.say(_NOT_WRITTEN))
            return 0
        # That it can be kept is to be known before anything is sent.
        remember(found.live if before is None else before)
        outcome = publish_release(
            portal,
            release,
            found,
            force=force,
            watching=remember,
            telling=lambda phase, name: progress(Text(f"{phase.en} {name}", f"{phase.fr} {name}")),
        )
        remember(outcome.record)
    if outcome.kept_otherwise:
        CONSOLE.tell(CONSOLE.say(_KEPT_OTHERWISE, names=", ".join(outcome.kept_otherwise)))
    told = {0: _UNCHANGED, 1: _ONE_CALL}.get(outcome.calls, _WRITTEN)
    CONSOLE.tell(CONSOLE.say(told, calls=outcome.calls, place=_place(portal, found)))
    return 0


def _opened(folder: Path, vault: Path | None, config_file: Path | None) -> tuple[Release, Settings]:
    """The build, fit to be published, and the settings."""
    from ds2026kg.targets.portal import check_current, read_release

    notes = vault or Path("vault")
    settings = options.settings_for(notes, config_file)
    release = read_release(folder)
    if not check_current(release, settings, notes, needed=vault is not None):
        CONSOLE.tell(CONSOLE.say(_NOT_COMPARED))
    return release, settings


def _conforms(release: Release) -> bool:
    """Whether the record is as the portal’s profile asks; what is not is told."""
    from ds2026kg.catalog.conformance import breaches
    from ds2026kg.targets.portal.release import PACKAGE

    found = breaches(release.package, today=datetime.now(UTC).date())
    place = release.folder / PACKAGE
    for breach in found:
        error = Ds2026kgError(
            breach.message, place=f"{place}: {breach.field}", remedy=breach.remedy
        )
        CONSOLE.fail(error.render(CONSOLE.language))
    return not found


def _portal(settings: Settings, *, writing: bool = False) -> Portal:
    """The portal of the settings, with the key of the environment."""
    from ds2026kg.catalog.ckan import KEYS
    from ds2026kg.config import portal_key
    from ds2026kg.targets.portal import Portal

    return Portal(settings.portal.url, portal_key(needed=writing), keys=KEYS)


def _before(portal: Portal, release: Release, seen: Path | None) -> Record | None:
    """The record as it was last seen, if it was."""
    from ds2026kg.targets.portal import read_seen, seen_file

    return read_seen(seen or seen_file(release), portal.address, release.identifier)


def _remember(
    portal: Portal, release: Release, seen: Path | None
) -> Callable[[Record | None], None]:
    """What keeps a record as the one that was seen."""
    from ds2026kg.targets.portal import seen_file, write_seen

    file = seen or seen_file(release)
    return lambda live: write_seen(file, portal.address, release.identifier, live)


def _show(found: Difference, portal: Portal, form: str) -> None:
    """The difference, for stdout."""
    from ds2026kg.cli.tables import changes_table

    place = _place(portal, found)
    if form == "json":
        told = {"portal": portal.address, "action": found.action, "record": place, **found.told()}
        CONSOLE.result(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    CONSOLE.result(CONSOLE.say(_ACTIONS[found.action], place=place) + "\n")
    if found.changes:
        CONSOLE.result(changes_table(found.changes))
    for text, names in (
        (_UPLOADS, found.uploads),
        (_REMOVED, found.removed),
        (_CONTESTED, found.contested),
    ):
        if names:
            CONSOLE.result(CONSOLE.say(text, names=", ".join(names)) + "\n")


def _place(portal: Portal, found: Difference) -> str:
    return f"{portal.address}/dataset/{found.package['id']}"


command = options.common(
    Group(
        no_args_is_help=False,
        name="portal",
        summaries=_SUMMARIES,
        commands=[check, diff, publish],
        help=described(
            "Put the data set of a build on an open-government portal that runs CKAN.",
            "Met le jeu de données d’une publication sur un portail de gouvernement ouvert sous CKAN.",
        ),
    )
)
