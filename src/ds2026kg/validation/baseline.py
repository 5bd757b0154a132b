"""The findings that are known: a file in which each has a line, and what that does to findings.

The file is made to be kept in git and read by people. A line has, between tabs, the finding's
fingerprint, the rule's code, the note, and the message in English; only the fingerprint counts.
Lines are in the order of notes, so that two branches rarely change the same place; blank lines and
those that begin with "#" say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ds2026kg.errors import ConfigurationError, OutputError, reason_of
from ds2026kg.findings import Finding, Standing, Text
from ds2026kg.validation.reporters.terminal import visible

_NAME = "ds2026kg-baseline"
VERSION = 1
_HEAD = f"""# {_NAME} {VERSION}
# Findings that are known and fail nothing: fingerprint, code, note, message.
# A line may be removed, so that its finding counts again; nobody needs to edit one.
"""
_FIRST = re.compile(rf"# {_NAME} (\d{{1,9}})")
_LINE = re.compile(r"([0-9a-f]{32})\t([^\t]*)\t([^\t]*)\t(.*)")
_MAX_BYTES = 64 * 1024 * 1024


class Entry(NamedTuple):
    """One line of a baseline. `line` is its number, from 1."""

    line: int
    fingerprint: str
    code: str
    note: str
    message: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a baseline file holds."""

    file: Path
    entries: tuple[Entry, ...]

    def known(
        self, findings: Sequence[Finding], fingerprints: Sequence[str]
    ) -> tuple[list[Finding], list[Entry]]:
        """`findings` with those known that are in the baseline, and the entries that none needs.

        `fingerprints` are those of `findings`, one for each. What a note silences stays silenced,
        and findings that mean that something was not read are never known.
        """
        listed = {entry.fingerprint for entry in self.entries}
        met: set[str] = set()
        judged = []
        for finding, fingerprint in zip(findings, fingerprints, strict=True):
            if fingerprint in listed and may_be_known(finding):
                met.add(fingerprint)
                judged.append(replace(finding, standing=Standing.KNOWN))
            else:
                judged.append(finding)
        return judged, [entry for entry in self.entries if entry.fingerprint not in met]


def may_be_known(finding: Finding) -> bool:
    """Whether a baseline can hold a finding."""
    return finding.standing is not Standing.SILENCED and not finding.rule.unreadable


def baseline_text(findings: Iterable[Finding], fingerprints: Iterable[str]) -> str:
    """The file that makes all of `findings` known that can be.

    >>> baseline_text([], []).splitlines()[0]
    '# ds2026kg-baseline 1'
    """
    lines = {
        (*_words(finding), fingerprint)
        for finding, fingerprint in zip(findings, fingerprints, strict=True)
        if may_be_known(finding)
    }
    return _HEAD + "".join(
        f"{fingerprint}\t{code}\t{note}\t{message}\n"
        for note, code, message, fingerprint in sorted(lines)
    )


def _words(finding: Finding) -> tuple[str, str, str]:
    note = finding.span.file if finding.span is not None else ""
    return visible(note), finding.rule.code, visible(" ".join(finding.message("en").split()))


def read_baseline(file: Path) -> Baseline:
    """The baseline in `file`.

    Raises `ConfigurationError`, naming the file and where known the line, for one that cannot be
    read, is no baseline, or is of a later version.
    """
    return parse_baseline(_text(file), file)


def parse_baseline(text: str, file: Path) -> Baseline:
    """The baseline whose text this is; `file` is where errors say that it lies."""
    lines = text.split("\n")
    first = _FIRST.fullmatch(lines[0].rstrip("\r"))
    if first is None:
        raise _not_a_baseline(file)
    if int(first[1]) != VERSION:
        raise ConfigurationError(
            Text(
                f"this baseline is of version {first[1]}; this program reads version {VERSION}",
                f"cette liste est de la version {first[1]}; ce programme lit la version {VERSION}",
            ),
            place=f"{file}:1",
            remedy=Text(
                "install the ds2026kg that wrote it, or write it anew with --write-baseline",
                "installez le ds2026kg qui l’a écrite, ou récrivez-la avec --write-baseline",
            ),
        )
    entries = []
    for number, line in enumerate(lines[1:], start=2):
        text = line.rstrip("\r")
        if not text.strip() or text.startswith("#"):
            continue
        found = _LINE.fullmatch(text)
        if found is None:
            raise _broken(file, number)
        entries.append(Entry(number, *found.groups()))
    return Baseline(file, tuple(entries))


def check_place(file: Path) -> None:
    """Raise `OutputError` if `file` holds anything but a baseline: it would be lost."""
    try:
        with open(file, "rb") as opened:
            start = opened.read(len(_NAME) + 3)
    except OSError:  # it is not there, or writing will tell why it cannot be
        return
    if start and start != f"# {_NAME} ".encode():
        raise OutputError(
            Text(
                "this file is no baseline, and would be lost",
                "ce fichier n’est pas une liste de constatations connues, et il serait perdu",
            ),
            place=str(file),
            remedy=Text("give another name", "donnez un autre nom"),
        )


def _text(file: Path) -> str:
    try:
        with open(file, "rb") as opened:
            data = opened.read(_MAX_BYTES + 1)
    except OSError as error:
        reason = reason_of(error)
        raise ConfigurationError(
            Text(
                f"the baseline cannot be read: {reason.en}",
                f"la liste des constatations connues ne peut pas être lue\u00a0: {reason.fr}",
            ),
            place=str(file),
            remedy=Text(
                "give the path of a file made by --write-baseline",
                "donnez le chemin d’un fichier fait par --write-baseline",
            ),
        ) from error
    try:
        return data.decode("utf-8-sig") if len(data) <= _MAX_BYTES else ""
    except UnicodeDecodeError as error:
        raise _not_a_baseline(file) from error


def _not_a_baseline(file: Path) -> ConfigurationError:
    return ConfigurationError(
        Text(
            "this file is no baseline of ds2026kg",
            "ce fichier n’est pas une liste de constatations connues de ds2026kg",
        ),
        place=f"{file}:1",
        remedy=Text(
            "give the path of a file made by --write-baseline",
            "donnez le chemin d’un fichier fait par --write-baseline",
        ),
    )


def _broken(file: Path, line: int) -> ConfigurationError:
    return ConfigurationError(
        Text(
            "this line of the baseline is not “fingerprint, code, note, message”",
            "cette ligne de la liste n’est pas «\u00a0empreinte, code, note, message\u00a0»",
        ),
        place=f"{file}:{line}",
        remedy=Text(
            "remove the line (after a merge, keep the lines of both sides), or write the file anew "
            "with --write-baseline",
            "supprimez la ligne (après une fusion, gardez les lignes des deux côtés), ou récrivez le "
            "fichier avec --write-baseline",
        ),
    )
