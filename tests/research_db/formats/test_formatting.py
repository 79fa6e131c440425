"""Formatting in the texts of files: a record has the words alone."""

import json
import time

import pytest

from research_db.formats.reading import read
from research_db.formats.reading.formatting import words
from research_db.formats.record import Record


def records(text: str, name: str) -> list[Record]:
    return [one.record for one in read(text.encode(), name=name) if one.record]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CO<sub>2</sub> and H<SUP>+</SUP>", "CO2 and H+"),
        ("<i>Escherichia coli</i> &amp; others", "Escherichia coli & others"),
        ('<span class="nocase">WHO</span> says', "WHO says"),
        ("<mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math>", "x=1"),
        ("<b><i>both</i></b>", "both"),
        ("Children &lt;5 years, p&#60;0.05, &quot;so&quot;", 'Children <5 years, p<0.05, "so"'),
        # What is no formatting says what it says.
        ("Children <5 years", "Children <5 years"),
        ("p < 0.05 and n > 3", "p < 0.05 and n > 3"),
        ("What <b> does", "What <b> does"),
        ("</i> ends nothing", "</i> ends nothing"),
        ("a <i>b</b> c", "a <i>b</b> c"),
        ("AT&T; R & D &c; &", "AT&T; R & D &c; &"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("<x>y</x>", "<x>y</x>"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected


def test_every_format_is_read_so() -> None:
    title, journal = "CO<sub>2</sub> &amp; us", "Health &amp; Care"
    ris = f"TY  - JOUR\nTI  - {title}\nT2  - {journal}\nKW  - R&amp;D\nAB  - <p>One.</p><p>Two.</p>\nER  - \n"
    csl = [{"type": "article-journal", "title": title, "container-title": journal, "abstract": "One.<br/>Two."}]  # fmt: skip
    table = f'title,journal,abstract\n{title},{journal},"<jats:p>One.</jats:p><jats:p>Two.</jats:p>"\n'
    for text, name in ((ris, "a.ris"), (json.dumps(csl), "a.json"), (table, "a.csv")):
        (found,) = records(text, name)
        assert (found.title, found.container, found.abstract) == ("CO2 & us", "Health & Care", "One.\nTwo."), name
        assert found.keywords == (("R&D",) if name == "a.ris" else ()), name


def test_a_title_of_nothing_but_formatting_stays() -> None:
    (found,) = records("TY  - JOUR\nTI  - <i></i>\nER  - \n", "a.ris")
    assert found.title == "<i></i>"


def test_a_million_beginnings_take_no_time() -> None:
    start = time.process_time()
    words("<p>" * 200_000 + "<i" * 200_000 + "&a" * 200_000 + "</i>")
    assert time.process_time() - start < 2


def test_no_title_turns_the_line_it_stands_in() -> None:
    (found,) = records("TY  - JOUR\nTI  - \u202eWalking\u202c \u2067with\u2069 \u200fعلي\nER  - \n", "a.ris")
    assert found.title == "Walking with \u200fعلي"
