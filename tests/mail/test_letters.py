"""A letter says the same in both its forms, and whatever is put into it stays text."""

from html.parser import HTMLParser

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from network_site.mail.letters import Button, Facts, Heading, Letter, Note, Paragraph, wrapped
from tests.mail.conftest import LETTER

HOSTILE = '<script>alert("1")</script> & \'q\' </mj-text><mj-raw>{{ x }}{% now "Y" %} Tŷ ŵ 😀 ]]>'


class Reader(HTMLParser):
    """What a mail program shows: words, links, elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.links, self.elements, self.attributes = [], [], [], {}
        self.quiet = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes.setdefault(tag, []).append(dict(attrs))
        self.quiet += tag in {"style", "title"}
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def texts(letter: Letter) -> list[str]:
    """Every text of a letter, as words with single spaces."""
    found: list[str] = []
    for block in letter.blocks:
        if isinstance(block, Facts):
            found += [text for row in block.rows for text in row]
        else:
            found.append(block.text)
    return [" ".join(text.split()) for text in found]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_every_text_and_link_is_in_both_forms() -> None:
    page = Reader(LETTER.html())
    plain = squeezed(LETTER.text())
    for text in texts(LETTER):
        assert text in page.text
        assert text in plain
    link = "https://example.org/orders/ABC123/?a=1&b=2"
    assert link in page.links
    assert link in LETTER.text().splitlines()
    assert LETTER.preheader in page.text


def test_the_plain_form_reads_well() -> None:
    with override_settings(CONTACT_EMAIL="hello@example.org", SITE_URL="https://example.org", IS_DEMONSTRATION=False):
        assert LETTER.text() == (
            "Your places are booked\n"
            "======================\n\n"
            "Dear Ada,\nthank you for booking.\n\n"
            "Reference: ABC123\nPaid: £90\n\n"
            "What to bring\n=============\n\n"
            "See your places:\nhttps://example.org/orders/ABC123/?a=1&b=2\n\n"
            "Keep this letter.\n\n"
            "-- \nSocial Prescribing Network\n"
            "You can answer this letter, or write to hello@example.org.\n"
            "https://example.org/\n"
        )


def test_a_demonstration_says_that_nothing_in_it_is_real() -> None:
    sentence = "the conferences, places and payments in it are not real."
    assert sentence in squeezed(LETTER.text())
    assert sentence in Reader(LETTER.html()).text
    with override_settings(IS_DEMONSTRATION=False):
        assert sentence not in squeezed(LETTER.text())
        assert sentence not in Reader(LETTER.html()).text


def test_the_html_is_made_for_screen_readers() -> None:
    page = Reader(LETTER.html())
    assert page.attributes["html"][0]["lang"] == page.attributes["body"][0]["lang"] == "en-gb"
    assert page.attributes["html"][0]["dir"] == page.attributes["body"][0]["dir"] == "ltr"
    assert [tag for tag in page.elements if tag in {"h1", "h2", "h3"}] == ["h1", "h2"]
    assert all("alt" in image for image in page.attributes["img"])
    layout = [table for table in page.attributes["table"] if table.get("role") == "presentation"]
    assert len(page.attributes["table"]) == len(layout) + 1  # the facts are a real table
    assert {cell["scope"] for cell in page.attributes["th"]} == {"row"}


def test_the_html_asks_no_other_site_and_keeps_the_house_colours() -> None:
    with override_settings(SITE_URL="https://example.org"):
        html = LETTER.html()
    page = Reader(html)
    assert {image["src"] for image in page.attributes["img"]} == {"https://example.org/static/mail/mark.png"}
    assert "script" not in page.elements
    assert "link" not in page.elements
    assert all(colour in html for colour in ("#FBF6EE", "#1E2A2C", "#0B5A5B", "#10181A", "#72CBC4"))
    assert "prefers-color-scheme: dark" in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert len(html.encode()) < 30_000


def test_the_mark_it_shows_is_there() -> None:
    from django.contrib.staticfiles import finders

    assert finders.find("mail/mark.png")


def test_nothing_of_the_template_was_lost() -> None:
    """The renderer drops what it does not know without a word, so nothing of MJML may be left or missing."""
    html = LETTER.html()
    assert "<mj-" not in html
    assert "mjml" not in html
    assert html.count("border-top:solid 3px #0B5A5B") == 4  # two threads, each also for Outlook
    for name in ("ink", "muted", "thread", "go", "facts", "paper", "name"):
        assert f'{name}"' in html or f'"{name} ' in html, name


def hostile_letter(text: str) -> Letter:
    return Letter(
        subject=text,
        preheader=text,
        blocks=(
            Heading(text),
            Paragraph(text),
            Facts(((text, text),)),
            Button(text, f"https://example.org/?q={text}"),
            Note(text),
        ),
    )


def test_whatever_is_put_in_stays_text() -> None:
    usual = Reader(hostile_letter("words").html())
    page = Reader(hostile_letter(HOSTILE).html())
    assert page.elements == usual.elements
    assert page.text.count(squeezed(HOSTILE)) == usual.text.count("words") == 7
    assert f"https://example.org/?q={HOSTILE}" in page.links


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60))
def test_any_text_stays_text(text: str) -> None:
    page = Reader(hostile_letter(text).html())
    assert page.elements == Reader(hostile_letter("words").html()).elements
    assert squeezed(text) in page.text
    assert squeezed(text) in squeezed(hostile_letter(text).text())


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/orders/", "data:text/html,x", ""])
def test_a_button_leads_to_a_full_address(url: str) -> None:
    with pytest.raises(ValueError, match="full address"):
        Button("Go", url)


def test_long_lines_are_wrapped_and_addresses_are_not() -> None:
    address = "https://example.org/" + "x" * 100
    lines = wrapped(f"{'word ' * 30}\nsee {address} now\n\nend").splitlines()
    assert max(len(line) for line in lines if address not in line) <= 72
    assert address in lines
    assert lines[-2:] == ["", "end"]


def test_an_empty_heading_is_no_trouble() -> None:
    assert Heading("").as_text() == "\n"


def test_a_letter_without_a_heading_has_none() -> None:
    page = Reader(Letter(subject="x", blocks=(Paragraph("y"),)).html())
    assert "h1" not in page.elements


def test_control_characters_and_halves_of_characters_are_left_out() -> None:
    letter = Letter(subject="x", blocks=(Paragraph("a\x00b\x1b\x7fc\ud800d"),))
    assert "abcd" in Reader(letter.html()).text
    assert letter.text().startswith("abcd\n")
