"""What was found, where, and how to mend it: the one vocabulary in which every room complains.

A room declares its rules as `Rule` constants beside the code that checks them, and
yields a `Finding` for each place where one is broken. Nothing here reads, writes or prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Literal, NamedTuple

Language = Literal["en", "fr"]


class Text(NamedTuple):
    """A sentence in both official languages; `{name}` placeholders are filled by `in_language`.

    A placeholder's value may itself be a `Text`.

    >>> Text("note {n} is empty", "la note {n} est vide").in_language("fr", n="A.md")
    'la note A.md est vide'
    """

    en: str
    fr: str

    def in_language(self, language: Language, **values: object) -> str:
        """The sentence in `language` ("en" or "fr"), its placeholders replaced by `values`."""
        template = self.fr if language == "fr" else self.en
        if not values:
            return template
        return template.format_map(
            {
                name: value.in_language(language) if isinstance(value, Text) else value
                for name, value in values.items()
            }
        )


class Severity(IntEnum):
    """How much a finding weighs, in SHACL's own three degrees (SHACL §2.1.4); higher is worse."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @property
    def label(self) -> Text:
        """The word for this severity in both languages, as reports print it."""
        return _SEVERITY_LABELS[self]


_SEVERITY_LABELS = {
    Severity.INFO: Text("info", "info"),
    Severity.WARNING: Text("warning", "avertissement"),
    Severity.VIOLATION: Text("violation", "violation"),
}


class Span(NamedTuple):
    """A half-open stretch of one file.

    `start` and `end` are UTF-8 byte offsets into the file as it lies on disk (a byte order
    mark counts); `line` and `column` are 1-based and count Unicode characters, as editors do.
    `file` is the path relative to the vault, with forward slashes.

    >>> str(Span("a.md", 0, 5, 1, 1, 1, 6))
    'a.md:1:1'
    """

    file: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def to(self, last: Span) -> Span:
        """The span from the start of this one to the end of `last`, which lies further on.

        >>> Span("a.md", 0, 5, 1, 1, 1, 6).to(Span("a.md", 8, 9, 2, 2, 2, 3)).end_line
        2
        """
        begins = (self.file, self.start, last.end, self.line, self.column)
        return Span(*begins, last.end_line, last.end_column)

    @classmethod
    def of_file(cls, file: str) -> Span:
        """The span that stands for a whole file, when no place in it can be named."""
        return cls(file, 0, 0, 1, 1, 1, 1)


class Edit(NamedTuple):
    """A change that mends a finding: the bytes of `span` give way to `text`."""

    span: Span
    text: str


class Standing(Enum):
    """What is to be made of a finding: whether it counts, or was there before, or is silenced.

    An open one counts. A known one is in the baseline, and is shown without failing a command. A
    silenced one stands in a note that asks for it, and gives the reason.
    """

    OPEN = "open"
    KNOWN = "known"
    SILENCED = "silenced"


RULES = "https://w3id.org/ds2026/rules#"
"""Under it every rule has its entry in the documents, by its code."""

_UNSAID = Text("", "")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong, stated once for every place where it is.

    `code` is stable and kebab-case. `unreadable` marks rules that mean input was not read at
    all, for which a command ends with status 3 whatever `--fail-on` says. `local` marks rules whose
    findings may name notes that are not published: they are told, and never published themselves.
    `iri` is set for rules that are SHACL shapes or constraints. `why` says what goes wrong for readers
    of the vault or of the data where the rule stays broken; the rules of ds2026kg all say it.
    `mendable` marks rules whose findings may come with edits.
    """

    code: str
    severity: Severity
    message: Text
    remedy: Text
    unreadable: bool = False
    iri: str | None = None
    local: bool = False
    why: Text = _UNSAID
    mendable: bool = False

    @property
    def page(self) -> str:
        """Where the rule is explained, with examples: its entry in the list of rules.

        >>> Rule("link-broken", Severity.WARNING, Text("", ""), Text("", "")).page
        'https://w3id.org/ds2026/rules#link-broken'
        """
        return RULES + self.code


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a `Rule` at one place.

    `values` fill the placeholders of the rule's message and remedy. `related` are further places
    that belong to the finding (the other of two definitions that disagree). `focus_node`,
    `path` and `value` are set for findings that come from SHACL. `edits` mend it, where that is
    safe to do without asking. `reason` is why a silenced finding is.
    """

    rule: Rule
    span: Span | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    related: tuple[Span, ...] = ()
    focus_node: str | None = None
    path: str | None = None
    value: str | None = None
    edits: tuple[Edit, ...] = ()
    standing: Standing = Standing.OPEN
    reason: str = ""

    @property
    def severity(self) -> Severity:
        """The severity of the rule that is broken."""
        return self.rule.severity

    @property
    def is_open(self) -> bool:
        """Whether it counts: it is neither known nor silenced."""
        return self.standing is Standing.OPEN

    def message(self, language: Language) -> str:
        """What is wrong, in `language`."""
        return self.rule.message.in_language(language, **self.values)

    def remedy(self, language: Language) -> str:
        """How to mend it, in `language`."""
        return self.rule.remedy.in_language(language, **self.values)

    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """Orders findings by file, place and rule, so that every report lists them alike."""
        place = self.span or Span.of_file("")
        return (
            place.file,
            place.line,
            place.column,
            self.rule.code,
            self.focus_node or "",
            self.message("en"),
        )


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in report order, each stated once.

    >>> sort_findings([])
    []
    """
    unique = {finding.sort_key(): finding for finding in findings}
    return [unique[key] for key in sorted(unique)]
