"""Tickets on paper: one page a place, read back as a door and a reader would."""

from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp

from events import documents
from events.domain import names
from events.verification import LENGTH, find_proved, proof, verify_address
from network_site.pdf.engine import render
from tests.factories import orders
from tests.factories.conferences import NOW, SessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def pages(pdf: bytes) -> list[tuple[str, list[str]]]:
    """The words and the codes of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            codes = [code.text for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
            found.append((" ".join(page.get_textpage().get_text_range().split()), codes))
        return found
    finally:
        document.close()


def test_each_place_has_a_page_whose_code_is_its_own_address(place, workshop) -> None:
    order = orders.booked(place, 2, addons={workshop: 1})
    SessionFactory(conference=place.conference, title="What a choir knows", is_highlight=True)
    read = pages(documents.order_tickets(order))
    lines = list(order.lines.filter(parent=None).order_by("number"))
    assert [codes for _, codes in read] == [[verify_address(line)] for line in lines]
    for (text, _), line in zip(read, lines, strict=True):
        for words in (
            line.attendee_name, "Closer to home", "Wednesday 16 June 2027", "9.30 to 17.00", "The Old Mill, Leeds",
            "NHS", f"{order.reference}-{line.number}", "What a choir knows", "Demonstration: this ticket is not real.",
        ):  # fmt: skip
            assert words in text
    assert [("Workshops" in text) for text, _ in read] == [True, False]


def test_a_ticket_without_a_name_says_so(place) -> None:
    order = orders.booked(place)
    names.change_names(order, attendees={1: ("", "")}, now=NOW)
    ((text, _),) = pages(documents.order_tickets(order))
    assert "Name to be filled in" in text


def test_the_same_booking_is_the_same_file(place) -> None:
    order = orders.booked(place, 2)
    assert documents.order_tickets(order) == documents.order_tickets(order)


def test_hostile_names_stay_words(place) -> None:
    order = orders.booked(place)
    name = '#panic("x") *bold* $x$ <b> \\ "quoted" ' + "W" * 90
    names.change_names(order, attendees={1: (name, "")}, now=NOW)
    ((text, codes),) = pages(documents.order_tickets(order))
    assert '#panic("x") *bold* $x$ <b>' in text
    assert len(codes) == 1


def test_a_long_programme_is_cut_to_the_sheet(place) -> None:
    for n in range(40):
        SessionFactory(
            conference=place.conference, starts_at=NOW + timedelta(days=107, minutes=n), title=f"Talk {n:02}"
        )
    read = pages(documents.order_tickets(orders.booked(place)))
    assert len(read) == 1
    assert "Talk 13" in read[0][0]
    assert "Talk 14" not in read[0][0]


def test_a_code_on_a_screen_can_be_read(place, tmp_path) -> None:
    line = orders.booked(place).lines.get()
    markup = documents.qr_inline(verify_address(line))
    assert "style=" not in markup
    template = tmp_path / "code.typ"
    template.write_text('#import "/base.typ": *\n#show: sheet.with(title: "x")\n#image("qr.svg", alt: "x", width: 5cm)')
    drawing = markup.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1).encode()
    ((_, codes),) = pages(render(template, data={}, at=NOW, files={"qr.svg": drawing}))
    assert codes == [verify_address(line)]


# --- what the code proves ----------------------------------------------------------------------------------


def test_a_code_finds_its_place_and_no_other(place) -> None:
    first, second = orders.booked(place, 2).lines.order_by("number")
    codes = [verify_address(line).split("/")[-2] for line in (first, second)]
    assert [find_proved(code) for code in codes] == [first, second]


@pytest.mark.parametrize(
    "code", ["", "x", "A-1", "A-x-y", "-1-", "ABC123-1-0", "ABC123-99999999999999-0", "ABC123-٣-0", "--", "é-1-é"]
)
def test_made_up_codes_find_nothing(code) -> None:
    assert find_proved(code) is None


def test_a_code_with_one_wrong_sign_finds_nothing(place) -> None:
    line = orders.booked(place).lines.get()
    code = verify_address(line).split("/")[-2]
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert find_proved(wrong) is None


def test_a_code_does_not_give_away_the_link(place) -> None:
    line = orders.booked(place).lines.get()
    assert line.token not in verify_address(line)
    assert len(proof(line)) == LENGTH
    assert verify_address(line).startswith(f"http://testserver/tickets/{line.order.reference}-1-")
