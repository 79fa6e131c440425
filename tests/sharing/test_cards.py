"""The picture a page is shared with: whole, the same for the same card, and fit for the longest title."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from network_site.pdf.errors import PdfError
from network_site.sharing import cards, yarn
from network_site.sharing.cards import Card, is_right_to_left, shortened
from network_site.ui.thread.pictures import MARK

pytestmark = pytest.mark.any_database

PAPER, TEAL = (251, 246, 238), (11, 90, 91)
LONG = "Cynhadledd ryngwladol ar ragnodi cymdeithasol: beth sy’n gweithio, i bwy, ym mha le, a pham? Tŷ Ŵyn"
FACTS = ("16 and 17 June 2027", "The Old Mill, Leeds, and online")


def picture(card: Card) -> Image.Image:
    return Image.open(BytesIO(card.png())).convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many pixels of a part are not plain paper."""
    part = image.crop(box)
    return sum(
        1 for pixel in part.get_flattened_data() if max(abs(a - b) for a, b in zip(pixel, PAPER, strict=True)) > 24
    )


TITLE = (60, 130, 1000, 480)


def test_it_is_a_whole_picture_of_the_right_size() -> None:
    image = picture(Card("Closer to home", tag="Conference", facts=FACTS, mark="loop"))
    assert image.size == (1200, 630)
    assert image.getpixel((3, 3)) == PAPER
    assert ink(image, TITLE) > 20_000
    colours = {colour for _, colour in image.getcolors(1 << 20) or []}
    assert TEAL in colours


def test_the_same_card_is_the_same_picture() -> None:
    card = Card("What is it?", tag="Guide", lead="A guide.", mark="knot")
    assert card.png() == card.png()
    assert card.digest == Card("What is it?", tag="Guide", lead="A guide.", mark="knot").digest


@pytest.mark.parametrize(
    "other",
    [Card("Another"), Card("A", tag="B"), Card("A", facts=("B",)), Card("A", lead="B"), Card("A", mark="knot")],
)
def test_whatever_is_drawn_is_in_the_address(other: Card) -> None:
    assert other.digest != Card("A").digest
    assert picture(other).tobytes() != picture(Card("A")).tobytes()


def test_a_change_of_the_drawing_is_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Card("A").digest
    monkeypatch.setattr(cards, "drawing", lambda: "another look")
    assert Card("A").digest != before


@pytest.mark.parametrize("title", [LONG, "W" * 40, LONG * 3, "A", "a b c d e f g h " * 20])
@pytest.mark.parametrize("mark", ["stitch", "loop"])
def test_words_keep_clear_of_the_thread(title: str, mark: str) -> None:
    with_words = picture(Card(title, tag="Conference", facts=FACTS, mark=mark))
    without = picture(Card(" ", mark=mark))
    left, right = (840, 1200) if mark == "loop" else (1000, 1200)
    strip = (left, 0, right, 630)
    assert ImageChops.difference(with_words.crop(strip), without.crop(strip)).getbbox() is None
    assert ink(with_words, TITLE) > 500


def test_long_titles_are_smaller_not_shorter() -> None:
    """Ninety letters are all there: the title with one word more at its end looks different there."""
    shorter, longer = picture(Card(LONG)), picture(Card(LONG + " a diwedd"))
    assert ImageChops.difference(shorter, longer).getbbox() is not None
    assert shortened(LONG, cards.MOST_LETTERS) == LONG


def test_the_title_keeps_clear_of_what_stands_below() -> None:
    """The rows between title and facts are empty."""
    image = picture(Card(LONG, tag="Conference", facts=FACTS, mark="loop"))
    rows = [ink(image, (60, y, 840, y + 1)) for y in range(140, 600)]
    gaps = [y for y in range(len(rows) - 12) if not any(rows[y : y + 12])]
    assert gaps


def test_welsh_letters_have_their_own_shapes() -> None:
    plain, roofed = picture(Card("Ty Wyn")), picture(Card("Tŷ Ŵyn"))
    missing = picture(Card("T□ □yn"))
    assert ImageChops.difference(plain, roofed).getbbox() is not None
    assert ImageChops.difference(missing, roofed).getbbox() is not None
    # The roof is added; the letters under it stay where they are.
    assert ink(roofed, (60, 210, 1000, 300)) == pytest.approx(ink(plain, (60, 210, 1000, 300)), rel=0.25)


@pytest.mark.parametrize(
    ("words", "is_rtl"),
    [("مرحبا", True), ("שלום", True), ("2027 مرحبا", True), ("Hello مرحبا", False), ("", False), ("2027", False)],
)
def test_the_first_letter_says_the_direction(words: str, is_rtl: bool) -> None:
    assert is_right_to_left(words) is is_rtl


def test_words_from_right_to_left_begin_at_the_right() -> None:
    image = picture(Card("مرحبا", tag="דליל"))
    assert ink(image, (500, 130, 1000, 480)) > 2 * ink(image, (60, 130, 500, 480))


@pytest.mark.parametrize(
    "title",
    [
        "#panic()",
        '#read("/etc/passwd")',
        "*b* _i_ `r` $x$ = head",
        "\"\\ ' </script>",
        "",
        "日本 😀 x",
        "a\x00\x1b\ud800",
        "\u202eabc",
    ],
)
def test_whatever_is_put_in_stays_words(title: str) -> None:
    assert picture(Card(title, tag=title, facts=(title, title), lead=title)).size == (1200, 630)


@pytest.mark.parametrize("mark", [*yarn.MARKS, "unknown"])
@pytest.mark.parametrize("colour", [*yarn.COLOURS, "unknown"])
def test_the_thread_is_drawn_in_every_colour(mark: str, colour: str) -> None:
    drawn = yarn.thread(colour=colour, mark=mark).decode()
    assert drawn.startswith("<svg")
    assert MARK in drawn
    assert yarn.COLOURS.get(colour, yarn.COLOURS["teal"]) in drawn


def test_a_card_says_in_words_what_it_shows() -> None:
    assert Card("T", tag="Guide", facts=("a", "b")).alt == "Guide: T. a. b"
    assert Card("T").alt == "T"


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("a  b\n c", "a b c"),
        ("one two three", "one two…"),
        ("one two, three", "one two…"),
        ("x" * 20, "x" * 10 + "…"),
    ],
)
def test_too_many_words_are_cut_at_a_space(words: str, short: str) -> None:
    assert shortened(words, 10) == short


def test_what_has_no_look_has_no_card() -> None:
    with pytest.raises(LookupError, match="looks"):
        cards.card(object())


def test_a_template_at_fault_is_said_so(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "bad.typ"
    bad.write_text("#panic()")
    monkeypatch.setattr(cards, "TEMPLATE", bad)
    with pytest.raises(PdfError):
        Card("A").png()
