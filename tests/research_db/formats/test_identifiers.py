"""Numbers of publications: found in what people and programs write, checked, and written in one way."""

import pytest

from research_db.formats.identifiers import NORMAL, doi, identifier, isbn, issn, label, labelled, normal, orcid, serial
from research_db.formats.record import Identifier


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1000/182", "10.1000/182"),
        ("10.1000/ABC", "10.1000/abc"),
        ("doi:10.1000/182", "10.1000/182"),
        ("DOI: 10.1000/182", "10.1000/182"),
        ("doi = 10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("https://www.doi.org/10.1000/182", "10.1000/182"),
        ("10.1000/182.", "10.1000/182"),
        ("10.1000/182,", "10.1000/182"),
        ("10.1000/182;", "10.1000/182"),
        ("(10.1000/182)", "10.1000/182"),
        ("[10.1000/182]", "10.1000/182"),
        ("“10.1000/182”", "10.1000/182"),
        ("see 10.1000/182 and 10.1000/183", "10.1000/182"),
        ("10.1016/S0140-6736(05)67889-0", "10.1016/s0140-6736(05)67889-0"),
        ("(see 10.1016/S0140-6736(05)67889-0)", "10.1016/s0140-6736(05)67889-0"),
        ("10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2", "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2"),
        ("https://doi.org/10.1000%2F182", "10.1000/182"),
        ("https://doi.org/10.1002/(SICI)1097(1999)50:1%3C1::AID-ASI1%3E3.0.CO;2-Z", "10.1002/(sici)1097(1999)50:1<1::aid-asi1>3.0.co;2-z"),
        ("10.1002/a%3C1%3E", "10.1002/a<1>"),
        ("10.1000%2Fa%00b", "10.1000/ab"),
        ("10.1000/100%", "10.1000/100%"),
        ("<a href='https://doi.org/10.1000/182'>10.1000/182</a>", "10.1000/182"),
        ("10.1000/182</a>", "10.1000/182"),
        ("10.1000.10/182", "10.1000.10/182"),
        ("10.1/a", ""),
        ("10.1000", ""),
        ("10.1000/", ""),
        ("11.1000/182", ""),
        ("", ""),
        ("whatever", ""),
    ],
)  # fmt: skip
def test_doi(text: str, expected: str) -> None:
    assert doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9780306406157", "9780306406157"),
        ("978-0-306-40615-7", "9780306406157"),
        ("978 0 306 40615 7", "9780306406157"),
        ("ISBN 978-0-306-40615-7", "9780306406157"),
        ("ISBN-13: 978-0-306-40615-7", "9780306406157"),
        ("0-306-40615-2", "9780306406157"),
        ("ISBN-10: 0306406152", "9780306406157"),
        ("080442957X", "9780804429573"),
        ("080442957x", "9780804429573"),
        ("9780306406158", ""),
        ("0306406153", ""),
        ("X306406152", ""),
        ("978030640615", ""),
        ("", ""),
        ("kmptns", ""),
    ],
)
def test_isbn(text: str, expected: str) -> None:
    assert isbn(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0378-5955", "0378-5955"),
        ("03785955", "0378-5955"),
        ("03785955 (ISSN)", "0378-5955"),
        ("1759-8486 (Electronic)", "1759-8486"),
        ("2434-561X", "2434-561X"),
        ("2434-561x", "2434-561X"),
        ("ISSN: 0378-5955", "0378-5955"),
        ("0378-5956", ""),
        ("378-5955", ""),
        ("", ""),
    ],
)
def test_issn(text: str, expected: str) -> None:
    assert issn(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000000218250097", "0000-0002-1825-0097"),
        ("0000-0002-1694-233X", "0000-0002-1694-233X"),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("ORCID: http://orcid.org/0000-0003-1208-2077", "0000-0003-1208-2077"),
        ("0000-0002-1825-0098", ""),
        ("0000-0002-1825", ""),
        ("Trindade, Ines A.", ""),
        ("", ""),
    ],
)
def test_orcid(text: str, expected: str) -> None:
    assert orcid(text) == expected


@pytest.mark.parametrize(
    ("scheme", "text", "expected"),
    [
        ("pmid", "28754806", "28754806"),
        ("pmid", "PMID: 28754806", "28754806"),
        ("pmid", "PMID28754806", "28754806"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/28754806/", "28754806"),
        ("pmid", "0028754806"[:9], "2875480"),
        ("pmid", "not a number", ""),
        ("pmid", "", ""),
        ("pmcid", "PMC3654245", "PMC3654245"),
        ("pmcid", "pmc3654245", "PMC3654245"),
        ("pmcid", "PMC 3654245", "PMC3654245"),
        ("pmcid", "PMCID: PMC3654245", "PMC3654245"),
        ("pmcid", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3654245/", "PMC3654245"),
        ("pmcid", "3654245", ""),
        ("arxiv", "2101.00001", "2101.00001"),
        ("arxiv", "arXiv:2101.00001", "2101.00001"),
        ("arxiv", "arXiv:2101.00001v3", "2101.00001"),
        ("arxiv", "https://arxiv.org/abs/2101.00001", "2101.00001"),
        ("arxiv", "https://arxiv.org/pdf/2101.00001v2.pdf", "2101.00001"),
        ("arxiv", "hep-th/9901001", "hep-th/9901001"),
        ("arxiv", "math.GT/0309136", "math.gt/0309136"),
        ("arxiv", "21.1", ""),
        ("openalex", "W2741809807", "W2741809807"),
        ("openalex", "https://openalex.org/W2741809807", "W2741809807"),
        ("openalex", "w2741809807", "W2741809807"),
        ("openalex", "A2741809807", ""),
        ("handle", "https://hdl.handle.net/1721.1/26698", "1721.1/26698"),
        ("handle", "http://hdl.handle.net/1721.1/26698.", "1721.1/26698"),
        ("handle", "hdl:1721.1/26698", "1721.1/26698"),
        ("handle", "1721.1/26698", ""),
    ],
)
def test_other_numbers(scheme: str, text: str, expected: str) -> None:
    assert normal(scheme, text) == expected


@pytest.mark.parametrize("scheme", sorted(NORMAL))
def test_what_is_normal_stays_so_and_nothing_is_made_of_nothing(scheme: str) -> None:
    examples = {
        "doi": "10.1000/182",
        "pmid": "28754806",
        "pmcid": "PMC3654245",
        "isbn": "9780306406157",
        "issn": "0378-5955",
        "arxiv": "2101.00001",
        "openalex": "W2741809807",
        "handle": "hdl:1721.1/26698",
    }
    once = normal(scheme, examples[scheme])
    assert once
    again = f"hdl:{once}" if scheme == "handle" else once
    assert normal(scheme, again) == once
    assert identifier(scheme, "") is None
    found = identifier(scheme, examples[scheme])
    assert found == Identifier(scheme, once, examples[scheme])


@pytest.mark.parametrize(
    ("note", "scheme", "value"),
    [
        ("PMID: 123456", "pmid", "123456"),
        ("PMID:123456", "pmid", "123456"),
        ("PMCID: PMC99123", "pmcid", "PMC99123"),
        ("PMCID: 99123", "pmcid", "PMC99123"),
        ("arXiv: 2101.00001", "arxiv", "2101.00001"),
        ("OpenAlex: W2741809807", "openalex", "W2741809807"),
        ("Handle: 1721.1/26698", "handle", "1721.1/26698"),
    ],
)
def test_numbers_among_notes(note: str, scheme: str, value: str) -> None:
    found = labelled(note)
    assert found
    assert (found.scheme, found.value) == (scheme, value)
    assert labelled(label(found)) is not None


@pytest.mark.parametrize("note", ["", "PMID: x", "PMID: 12 and more", "See PMID: 12", "pmid 12", "Note: 12", "PMID:"])
def test_other_notes_are_notes(note: str) -> None:
    assert labelled(note) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0378-5955", [("issn", "0378-5955")]),
        ("978-0-306-40615-7", [("isbn", "9780306406157")]),
        ("0378-5955; 1759-8486", [("issn", "0378-5955"), ("issn", "1759-8486")]),
        ("0378-5955, 978-0-306-40615-7", [("issn", "0378-5955"), ("isbn", "9780306406157")]),
        ("0378-5955 1759-8486", [("issn", "0378-5955"), ("issn", "1759-8486")]),
        ("03785955 (ISSN)", [("issn", "0378-5955")]),
        ("9780306406157 (ISBN); 0-306-40615-2 (pbk)", [("isbn", "9780306406157"), ("isbn", "9780306406157")]),
        ("rubbish", []),
        ("", []),
    ],
)
def test_fields_that_hold_either(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.scheme, one.value) for one in serial(text)] == expected
