"""Charts: what they say to the eye and to the ear, that they are sound, and always the same."""

from __future__ import annotations

import builtins
import math
import re
import sys
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ds2026kg.errors import ConfigurationError
from ds2026kg.query.bars import Bar, Bars
from ds2026kg.query.chart import WIDTH, Wording, chart_png, chart_svg

SVG = "{http://www.w3.org/2000/svg}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BARS = Bars(
    "actorLabel",
    "n",
    (Bar("Conseil <&> “q”", "fr", 12.0), Bar("Wide", "", -3.5), Bar("ja", "", 0.0)),
)
SAID = Wording("Qui mène", "Le nombre d’engagements.", "acteur", "engagements")


def texts(svg: str) -> list[str]:
    """The texts that are seen, in order."""
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def number(element: ET.Element, name: str) -> float:
    """An attribute that is a number."""
    return float(element.attrib[name])


def test_a_chart_is_titled_and_described_for_those_who_do_not_see_it() -> None:
    """It is an image with title and description, and the description holds every value."""
    root = ET.fromstring(chart_svg(BARS, SAID, language="fr"))  # noqa: S314
    assert (root.attrib["role"], root.attrib[LANG]) == ("img", "fr")
    labels = {element.attrib.get("id"): element.text for element in root}
    assert root.attrib["aria-labelledby"] == "title desc"
    assert labels["title"] == "Qui mène"
    assert labels["desc"] == (
        "Le nombre d’engagements. Conseil <&> “q”\u00a0: 12; Wide\u00a0: −3,5; ja\u00a0: 0"
    )


def test_what_is_seen_is_text_in_its_own_language() -> None:
    """Title, axes, ticks, names and numbers are text; a name keeps its language."""
    svg = chart_svg(BARS, SAID, language="fr")
    assert texts(svg) == [
        *("Qui mène", "acteur", "0", "5", "10", "engagements"),
        *("Conseil <&> “q”", "12", "Wide", "−3,5", "ja", "0"),
    ]
    assert 'class="end" xml:lang="fr">Conseil &lt;&amp;&gt; “q”</text>' in svg


def test_bars_are_as_long_as_their_numbers() -> None:
    """Lengths are in proportion, negative bars go left from zero, and all lie in the picture."""
    root = ET.fromstring(chart_svg(BARS))  # noqa: S314
    one, two, three = (each for each in root.iter(f"{SVG}rect") if each.get("class") == "bar")
    zero = number(one, "x")
    assert number(one, "width") / 12 == pytest.approx(number(two, "width") / 3.5, rel=0.01)
    assert number(two, "x") + number(two, "width") == pytest.approx(zero, abs=0.2)
    assert (number(three, "x"), number(three, "width")) == (zero, 0)
    for each in (one, two, three):
        assert 0 < number(each, "x") <= number(each, "x") + number(each, "width") < WIDTH


def test_without_words_the_variables_speak() -> None:
    """An ad hoc query is titled by its columns, in the user's language."""
    assert texts(chart_svg(BARS))[:2] == ["n by actor label", "actor label"]
    assert texts(chart_svg(BARS, language="fr"))[0] == "n par actor label"


def test_a_long_name_is_wrapped_and_then_cut() -> None:
    """Three lines of a name are shown, the whole of it is told; wide letters count double."""
    long = Bar("日本語" * 60, "ja", 1.0)
    svg = chart_svg(Bars("a", "b", (long, Bar("word " * 60, "", 2.0))))
    shown = [text for text in texts(svg) if "日" in text]
    assert [len(text) for text in shown] == [17, 17, 17]
    assert shown[-1].endswith("…")
    assert f"<title>{long.name} – 1</title>" in svg


def test_an_answer_that_was_cut_says_so() -> None:
    """Where only the first rows are drawn, the description says it."""
    svg = chart_svg(BARS._replace(truncated=True))
    assert "Only the first 3 rows are drawn.</desc>" in svg


def test_colours_have_contrast() -> None:
    """Text has 4.5 to 1 on white, bars 3 to 1 (WCAG 2.1, 1.4.3 and 1.4.11)."""
    style = chart_svg(BARS).partition("<style>")[2].partition("</style>")[0]
    fills = re.findall(r"(\S+) {[^}]*fill: #(\w{6})", style)
    assert [name for name, _ in fills] == ["text", ".quiet", ".bar"]
    for name, colour in fills:
        assert contrast(colour) >= (3.0 if name == ".bar" else 4.5), name


def contrast(colour: str) -> float:
    """The contrast of a colour with white (WCAG 2.1, “contrast ratio”)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@given(
    st.lists(
        st.builds(Bar, st.text(max_size=80), st.just(""), st.floats(-1e300, 1e300)),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["en", "fr"]),
)
def test_any_answer_gives_a_sound_picture(bars: list[Bar], language: str) -> None:
    """Whatever the names and numbers, the SVG is well-formed, finite, and the same each time."""
    drawn = Bars("a", "b", tuple(bars))
    svg = chart_svg(drawn, language=language)  # type: ignore[arg-type]
    root = ET.fromstring(svg)  # noqa: S314
    assert svg == chart_svg(drawn, language=language)  # type: ignore[arg-type]
    ticks = [float(each.attrib["d"][1:].partition(",")[0]) for each in root.iter(f"{SVG}path")]
    assert 1 <= len(ticks) <= 8
    assert all(one < two for one, two in pairwise(ticks))
    for each in root.iter(f"{SVG}rect"):
        assert math.isfinite(number(each, "width"))
        assert number(each, "width") >= 0


def test_png_is_the_same_picture_at_twice_the_size() -> None:
    """A PNG has twice the width of the SVG, and the same bytes each time."""
    svg = chart_svg(BARS, SAID)
    png = chart_png(svg)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) == 2 * WIDTH
    assert png == chart_png(svg)


def test_without_the_library_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where resvg-py is not installed, the extra that brings it is named."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(ConfigurationError) as caught:
        chart_png(chart_svg(BARS))
    assert caught.value.remedy is not None
    assert "pip install 'ds2026kg[chart]'" in caught.value.remedy.fr


def test_without_a_font_nothing_is_drawn_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where letters leave no trace, the user is told instead of given a picture without text."""

    class Fontless:
        @staticmethod
        def svg_to_bytes(**_: object) -> builtins.bytes:
            return b"blank"

    monkeypatch.setitem(sys.modules, "resvg_py", Fontless)
    with pytest.raises(ConfigurationError, match="no font"):
        chart_png(chart_svg(BARS))
