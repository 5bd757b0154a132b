"""A bar chart of an answer, as SVG that reads well by eye and by ear, or as PNG.

The picture needs no font, script or file beside it, its text is text, and the same answer gives the
same bytes. Lengths are SVG user units, pixels at full size.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Wrapped

from ds2026kg.errors import ConfigurationError
from ds2026kg.findings import Language, Text
from ds2026kg.query.bars import Bar, Bars

WIDTH = 800
_MARGIN = 24
_ROW = 14  # between two bars
_LINE = 18
_LETTER = 7.6  # the mean letter of common sans-serif fonts, at the size of labels
_NAME_LETTERS = 34
_NAME_LINES = 3
_TITLE_LETTERS = 74
_TICKS = 6
_BAR = 22
_INK, _QUIET, _RULE, _FILL = "#1f2933", "#52606d", "#d9dfe5", "#1d5c96"
_BY = Text("{number} by {of}", "{number} par {of}")
_CUT = Text("Only the first {n} rows are drawn.", "Seules les {n} premières lignes sont dessinées.")
# What XML 1.0 has no room for (§2.2), beside what `cell` has replaced.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Wording(NamedTuple):
    """What a chart says beside its bars; any of it may be empty."""

    title: str = ""
    description: str = ""
    of: str = ""
    number: str = ""


class _Frame(NamedTuple):
    """Where names end, and where numbers stand: from `low` at `left` to `high` at `right`."""

    names: float
    low: float
    high: float
    left: float
    right: float
    step: float

    def x(self, number: float) -> float:
        """The place of `number`."""
        share = (number - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)


def chart_svg(bars: Bars, wording: Wording | None = None, *, language: Language = "en") -> str:
    """The chart as one SVG document (SVG 1.1), its numbers written as `language` writes them.

    For those who do not see it, it has the role of a picture, a title, and a description that has
    every name and number (WAI-ARIA Graphics; SVG Accessibility API Mappings §5).

    >>> svg = chart_svg(Bars("who", "n", (Bar("TBS", "", 3.0),)))
    >>> svg.partition("<title")[2].partition("</desc>")[0]
    ' id="title">n by who</title>\\n<desc id="desc">TBS: 3'
    """
    said = _complete(bars, wording or Wording(), language)
    names = [_wrapped(bar.name, _NAME_LETTERS, _NAME_LINES) for bar in bars.bars]
    frame = _frame(bars.bars, names, language)
    title = _wrapped(said.title, _TITLE_LETTERS, 3)
    top = _MARGIN + 26 * len(title) + 24
    parts = [_text(line, _MARGIN, _MARGIN + 26 * n + 16, "title") for n, line in enumerate(title)]
    parts.append(_text(said.of, frame.names, top - 4, "quiet end"))
    rows, bottom = _rows(bars.bars, names, frame, top + 8, language)
    parts += [*_axis(frame, top + 2, bottom, said.number, language), *rows]
    height = bottom + 60
    return "".join(f"{line}\n" for line in (*_head(said, bars, height, language), *parts, "</svg>"))


def chart_png(svg: str) -> bytes:
    """The SVG drawn at twice its size, with the fonts of this machine.

    Raises `ConfigurationError` if the library that draws is not installed, or there is no font.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise ConfigurationError(
            Text("PNG needs the library resvg-py", "PNG demande la bibliothèque resvg-py"),
            place="--chart",
            remedy=Text(
                "python3 -m pip install 'ds2026kg[chart]', or give a file that ends in .svg",
                "python3 -m pip install 'ds2026kg[chart]', ou donnez un fichier en .svg",
            ),
        ) from error
    drawn = (f'<svg xmlns="{_SVG}" width="9" height="9">{body}</svg>' for body in ("", _LETTER_M))
    if len({bytes(resvg_py.svg_to_bytes(svg_string=each)) for each in drawn}) == 1:
        raise ConfigurationError(
            Text("this machine has no font to draw with", "cette machine n’a aucune police"),
            place="--chart",
            remedy=Text(
                "install one, such as DejaVu, or give a file that ends in .svg",
                "installez-en une, p. ex. DejaVu, ou donnez un fichier en .svg",
            ),
        )
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=2.0))


_SVG = "http://www.w3.org/2000/svg"
_LETTER_M = '<text y="9" font-size="9">M</text>'


def _complete(bars: Bars, wording: Wording, language: Language) -> Wording:
    """The wording, its gaps filled from the names of the variables."""
    of, number = wording.of or _spaced(bars.of), wording.number or _spaced(bars.number)
    title = wording.title or _BY.in_language(language, number=number, of=of)
    return Wording(title, wording.description, of, number)


def _spaced(variable: str) -> str:
    """A variable's name as words.

    >>> _spaced("actorLabel")
    'actor label'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", variable).lower()


def _head(said: Wording, bars: Bars, height: float, language: Language) -> Iterator[str]:
    colon = Text(": ", "\u00a0: ").in_language(language)
    listed = "; ".join(f"{bar.name}{colon}{_shown(bar.number, language)}" for bar in bars.bars)
    cut = _CUT.in_language(language, n=len(bars.bars)) if bars.truncated else ""
    description = " ".join(part for part in (said.description, listed, cut) if part)
    yield (
        f'<svg xmlns="{_SVG}" width="{WIDTH}" height="{height:g}" '
        f'viewBox="0 0 {WIDTH} {height:g}" xml:lang="{language}" role="img" '
        'aria-labelledby="title desc">'
    )
    yield f'<title id="title">{_safe(said.title)}</title>'
    yield f'<desc id="desc">{_safe(description)}</desc>'
    yield "<style>"
    yield f"text {{ font: 14px sans-serif; fill: {_INK} }}"
    yield ".title { font-size: 20px; font-weight: bold }"
    yield f".quiet {{ font-size: 13px; fill: {_QUIET} }}"
    yield ".end { text-anchor: end } .middle { text-anchor: middle }"
    yield f".rule {{ stroke: {_RULE} }} .zero {{ stroke: {_QUIET} }} .bar {{ fill: {_FILL} }}"
    yield "</style>"
    yield f'<rect width="{WIDTH}" height="{height:g}" fill="#ffffff"/>'


def _frame(bars: Sequence[Bar], names: Sequence[Sequence[str]], language: Language) -> _Frame:
    """Room for the names on the left, and for a number beyond the end of the longest bar."""
    numbers = [bar.number for bar in bars]
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    if low == high:
        high = 1.0
    whole = all(number.is_integer() for number in numbers)
    step = _step((high - low) / _TICKS, whole=whole)
    wide = max(cell_len(line) for lines in names for line in lines) * _LETTER
    beyond = max(cell_len(_shown(number, language)) for number in numbers) * _LETTER + 8
    left = _MARGIN + wide + 12 + (beyond if low < 0 else 0)
    return _Frame(_MARGIN + wide, low, high, left, WIDTH - _MARGIN - beyond, step)


def _step(least: float, *, whole: bool) -> float:
    """The smallest of 1, 2, 5, 10, 20, … (or a tenth of them, and so on) that is not below `least`.

    >>> _step(0.3, whole=True), _step(0.3, whole=False), _step(1234.0, whole=True)
    (1.0, 0.5, 2000.0)
    """
    power = 10.0 ** math.floor(math.log10(least))
    step = next((n * power for n in (1, 2, 5, 10) if n * power >= least), 10 * power)
    return max(step, 1.0) if whole else step


def _axis(frame: _Frame, top: float, bottom: float, name: str, language: Language) -> Iterator[str]:
    first, last = math.ceil(frame.low / frame.step), math.floor(frame.high / frame.step)
    for n in range(first, last + 1):
        x, kind = frame.x(n * frame.step), "rule" if n else "zero"
        yield f'<path class="{kind}" d="M{x:.1f},{top:.1f}V{bottom:.1f}"/>'
        yield _text(_shown(n * frame.step, language), x, bottom + 18, "quiet middle")
    yield _text(name, (frame.left + frame.right) / 2, bottom + 40, "quiet middle")


def _rows(
    bars: Sequence[Bar],
    names: Sequence[Sequence[str]],
    frame: _Frame,
    top: float,
    language: Language,
) -> tuple[list[str], float]:
    """The bars with their names and numbers, and where the last one ends."""
    parts: list[str] = []
    for bar, lines in zip(bars, names, strict=True):
        height = _LINE * len(lines) + 4.0
        zero, end = frame.x(0.0), frame.x(bar.number)
        for n, line in enumerate(lines):
            parts.append(_text(line, frame.names, top + 16 + _LINE * n, "end", bar.language))
        shown = _shown(bar.number, language)
        left, width = min(zero, end), abs(end - zero)
        parts.append(
            f'<rect class="bar" x="{left:.1f}" y="{top + (height - _BAR) / 2:.1f}" '
            f'width="{width:.1f}" height="{_BAR}"><title>{_safe(f"{bar.name} – {shown}")}</title></rect>'
        )
        side = (end - 6, "end") if bar.number < 0 else (end + 6, "")
        parts.append(_text(shown, side[0], top + height / 2 + 5, side[1]))
        top += height + _ROW
    return parts, top - _ROW + 8


def _text(text: str, x: float, y: float, kind: str, language: str = "") -> str:
    classes = f' class="{kind}"' if kind else ""
    tag = f" xml:lang={quoteattr(language)}" if language else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{classes}{tag}>{_safe(text)}</text>'


def _safe(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def _shown(number: float, language: Language) -> str:
    """`number` as people of `language` write it, with six digits that count, more for whole ones.

    >>> _shown(1234567.0, "en"), _shown(-1234.5, "fr"), _shown(2e21, "en")
    ('1,234,567', '−1\\xa0234,5', '2E+21')
    """
    if number.is_integer() and abs(number) < 1e15:
        text = f"{number:,.0f}"
    elif 1e-4 <= abs(number) < 1e15:
        text = f"{number:,.{max(0, 5 - math.floor(math.log10(abs(number))))}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{number:.6G}"
    if language == "fr":
        text = text.translate({ord(","): "\u00a0", ord("."): ","})
    return text.replace("-", "−", 1) if text.startswith("-") else text


def _wrapped(text: str, letters: int, most: int) -> list[str]:
    """`text` in at most `most` lines of `letters` terminal columns; what is left out is marked.

    >>> _wrapped("share data across departments", 12, 2)
    ['share data', 'across…']
    """
    console = Console(file=io.StringIO(), width=letters, color_system=None)
    lines = [line.plain.rstrip() for line in Wrapped(text).wrap(console, letters)] or [""]
    if len(lines) <= most:
        return lines
    kept = lines[:most]
    while cell_len(kept[-1]) >= letters:
        kept[-1] = kept[-1][:-1]
    return [*kept[:-1], kept[-1].rstrip() + "…"]
