"""click in both official languages: help, headings and usage errors."""

from __future__ import annotations

import difflib
import importlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import click

from ds2026kg.cli.console import CONSOLE
from ds2026kg.errors import UsageError
from ds2026kg.findings import Text


class _Help(click.Command):
    """A command whose help speaks the user's language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)
        prefix = CONSOLE.say(Text("Usage: ", "Utilisation\u00a0: "))
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their heading."""
        params = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = [record for param in params if (record := param.get_help_record(ctx))]
        default = CONSOLE.say(Text("[default: ", "[par défaut\u00a0: "))
        with formatter.section("Options"):
            formatter.write_dl(
                [(names, text.replace("[default: ", default)) for names, text in records]
            )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The `--help` option, described in the user's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = CONSOLE.say(
                Text("Show this text and end.", "Affiche ce texte et termine.")
            )
        return option


class NotOneOf(click.BadParameter):
    """A value that is none of `choices`."""

    def __init__(self, value: str, choices: Sequence[str]) -> None:
        super().__init__(f"{value!r} is not one of {', '.join(choices)}")
        self.choices = tuple(choices)


class Command(_Help):
    """One command."""


class Group(_Help, click.Group):
    """Commands under one name; `summaries` has a line of help for each."""

    def __init__(self, *args: Any, summaries: Mapping[str, Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._summaries = summaries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(self._summaries)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with; raises `UsageError` if there is none."""
        if args and args[0] not in self._summaries:
            near = difflib.get_close_matches(args[0], self._summaries, 1) or list(self._summaries)
            names = ", ".join(near)
            raise UsageError(
                Text("there is no such command", "cette commande n’existe pas"),
                place=args[0],
                remedy=Text(f"did you mean: {names}?", f"vouliez-vous dire\u00a0: {names}?"),
            )
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, then the commands with their summaries."""
        super().format_options(ctx, formatter)
        with formatter.section(CONSOLE.say(Text("Commands", "Commandes"))):
            formatter.write_dl(
                [(name, CONSOLE.say(text)) for name, text in self._summaries.items()]
            )


class LazyGroup(Group):
    """The program: commands whose modules are imported only when they are called.

    `--help` imports none of them.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in self._summaries:
            return None
        module = importlib.import_module(f"ds2026kg.cli.{cmd_name}")
        command: click.Command = module.command
        return command


def usage_error(error: click.UsageError) -> UsageError:
    """What click says is wrong with a call, as our own error in both languages."""
    context = error.ctx or click.get_current_context(silent=True)
    place = context.command_path if context else "ds2026kg"
    remedy = Text(f"see `{place} --help`", f"voyez `{place} --help`")
    name = ""
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.opts[0] if error.param.opts else str(error.param.name)
        if isinstance(error.param, click.Argument):
            name = error.param.make_metavar(error.ctx) if error.ctx else name
    if isinstance(error, click.NoSuchOption):
        message = Text(
            f"there is no option {error.option_name}", f"l’option {error.option_name} n’existe pas"
        )
    elif isinstance(error, click.MissingParameter):
        message = Text(f"{name} is missing", f"{name} manque")
    elif isinstance(error, click.BadParameter):
        message = Text(f"{name}: {error.message}", f"{name}\u00a0: {_french_fault(error)}")
    elif isinstance(error, click.BadOptionUsage):
        message = Text(
            f"option {error.option_name} is used wrongly",
            f"l’option {error.option_name} est mal employée",
        )
    else:
        message = Text(error.format_message(), _french_misuse(error.format_message()))
    return UsageError(message, place=place, remedy=remedy)


def _french_fault(error: click.BadParameter) -> str:
    """What is wrong with a value, in French; click says it in English only."""
    choices: Sequence[str] = ()
    if isinstance(error, NotOneOf):
        choices = error.choices
    elif error.param is not None and isinstance(error.param.type, click.Choice):
        choices = error.param.type.choices
    if choices:
        return f"valeur non valide; choisissez parmi {', '.join(choices)}"
    if outside := _OUTSIDE.fullmatch(error.message):
        return f"{outside[1]} n’est pas dans l’intervalle {outside[2]}"
    return "valeur non valide"


def _french_misuse(message: str) -> str:
    """What is wrong with a call as a whole, in French."""
    if extra := _EXTRA.fullmatch(message):
        return f"argument en trop ({extra[1]})"
    return "il manque une commande" if "command" in message else "la commande est mal employée"


_OUTSIDE = re.compile(r"(\S+) is not in the range (.+)\.")
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
