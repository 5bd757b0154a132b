"""How `validate --watch` shows what each save did, and when it ends."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ds2026kg.cli.console import CONSOLE
from ds2026kg.cli.findings import change_report, report, status, tell_gates, write_reports
from ds2026kg.config import Settings
from ds2026kg.errors import Ds2026kgError
from ds2026kg.findings import Text
from ds2026kg.validation.reporters.terminal import visible
from ds2026kg.watching import Look, Watch, changes

_WATCHING = Text("watching {vault}; Ctrl-C ends", "surveillance de {vault}; Ctrl-C y met fin")
_MOST = 3  # paths that are told of one by one


def watch_vault(
    vault: Path,
    settings: Callable[[], Settings],
    baseline: Path | None,
    form: str,
    outputs: Mapping[Path, str],
    fail_on: str,
) -> int:
    """Show what is found, and again after each change, until the user ends it.

    Ctrl-C is how watching ends, so the status is that of the last look: what `validate` would end
    with. Raises what the first look raises.
    """
    teller = _Teller(Watch(vault, settings, baseline), form, outputs, fail_on)
    teller.begin()
    with _ended_by_signals():
        begun = False
        for paths in changes(vault, teller.watch.files, outputs):
            teller.look(paths)
            if not begun:
                CONSOLE.tell(CONSOLE.say(_WATCHING, vault=visible(str(vault))))
            begun = True
    return teller.status


class _Teller:
    """Tells of one look after the other."""

    def __init__(self, watch: Watch, form: str, outputs: Mapping[Path, str], fail_on: str) -> None:
        self.watch, self.status = watch, 0
        self._form, self._outputs, self._fail_on = form, outputs, fail_on
        self._faults: tuple[str, ...] = ()
        self._outdated: object = ()

    def begin(self) -> None:
        """The first look, which is told as `validate` tells it."""
        with CONSOLE.progress() as progress:
            look = self.watch.look(progress)
        self._write(look)
        seen = look.seen
        CONSOLE.result(report(seen.findings, seen.reading, self._form, self._fail_on))
        self._tell_outdated(look)

    def look(self, paths: tuple[str, ...]) -> None:
        """Look again, and tell what is new and what is gone, also if that is nothing.

        Without `paths` nothing is told where nothing is new, gone or mended.
        """
        try:
            look = self.watch.look()
            self._write(look)
        except Ds2026kgError as error:
            self.status = error.status
            self._tell_faults((error,))
            return
        mended = self._faults and not look.faults
        self._tell_faults(look.faults)
        seen = look.seen
        if paths:
            more = f" (+{len(paths) - _MOST})" if len(paths) > _MOST else ""
            CONSOLE.tell(f"— {', '.join(map(visible, paths[:_MOST]))}{more}")
        if not (paths or look.new or look.gone or mended):
            return
        if self._form == "text":
            CONSOLE.result(change_report(look.new, look.gone, seen))
        else:
            CONSOLE.result(report(seen.findings, seen.reading, self._form, self._fail_on))
        self._tell_outdated(look)

    def _write(self, look: Look) -> None:
        seen = look.seen
        self.status = status(seen.findings, self._fail_on)
        write_reports(seen.findings, seen.reading, self._outputs, self._fail_on)

    def _tell_faults(self, faults: tuple[Ds2026kgError, ...]) -> None:
        """Each fault once, for as long as it stays."""
        told = tuple(fault.render(CONSOLE.language) for fault in faults)
        for fault in told:
            if fault not in self._faults:
                CONSOLE.fail(fault)
        self._faults = told

    def _tell_outdated(self, look: Look) -> None:
        if look.seen.outdated != self._outdated:
            tell_gates(look.seen, self.watch.baseline, None)
        self._outdated = look.seen.outdated


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Ends what is within at an interrupt or a request to terminate."""
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, former)
