"""What holds for every format of lines with tags, on the records each format's own tests list."""

import pytest

from research_db.formats.reading import Format, read
from research_db.formats.record import Record
from tests.research_db.formats import test_endnote, test_medline, test_ris, test_wos

LISTED = {
    Format.ENDNOTE: test_endnote.CASES,
    Format.MEDLINE: test_medline.CASES,
    Format.RIS: test_ris.CASES,
    Format.WOS: test_wos.CASES,
}
CASES = [
    pytest.param(known, *case.values, id=f"{known}: {case.id}") for known, cases in LISTED.items() for case in cases
]


def records(text: str, known: Format) -> list[Record]:
    return [one.record for one in read(text.encode(), known=known) if one.record]


@pytest.mark.parametrize(("known", "text", "expected"), CASES)
def test_every_part_of_a_record(known: Format, text: str, expected: Record) -> None:
    (found,) = read(text.encode(), known=known)
    assert found.record == expected
    assert found.problems == ()
    assert found.line == 1 + text.startswith("FN ") * 2


@pytest.mark.parametrize("known", LISTED)
def test_together_they_are_the_same_as_alone(known: Format) -> None:
    texts, expected = zip(*(case.values for case in LISTED[known]), strict=True)
    assert records("\n\n".join(map(str, texts)), known) == list(expected)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("known", LISTED)
def test_whatever_ends_its_lines(known: Format, end: str) -> None:
    for case in LISTED[known]:
        text, expected = case.values
        assert records(str(text).replace("\n", end), known) == [expected]
