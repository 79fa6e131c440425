"""What a file is taken for, by what is in it and by its name."""

import pytest

from research_db.formats.reading import Format, detect

CASES = [
    (b"TY  - JOUR\nER  - \n", "", Format.RIS),
    (b"\xef\xbb\xbfTY  - JOUR\n", "", Format.RIS),
    (b"\xff\xfeT\x00Y\x00 \x00 \x00-\x00 \x00J\x00O\x00U\x00R\x00\n\x00", "", Format.RIS),
    (b"TY - JOUR\r\n", "", Format.RIS),
    (b"\n\nPMID- 1\nTI  - x\n", "", Format.MEDLINE),
    (b"PMC - PMC1\n", "", Format.MEDLINE),
    (b"FN Clarivate Analytics Web of Science\nVR 1.0\n", "", Format.WOS),
    (b"PT J\nAU Okafor, A\n", "", Format.WOS),
    (b"%0 Journal Article\n%T x\n", "", Format.ENDNOTE),
    (b"@article{a,\n", "", Format.BIBTEX),
    (b"words first\n@book {b,\n", "", Format.BIBTEX),
    (b' [{"title": 1}]', "", Format.CSL),
    (b'{"items": []}', "", Format.CSL),
    (b"PK\x03\x04rest", "", Format.XLSX),
    (b"PK\x03\x04rest", "a.csv", Format.XLSX),
    (b"Title,Year\nTY  - x,2020\n", "", Format.TABLE),
    (b"name;x\n", "", Format.TABLE),
    (b"authors;year;doi\n@article{a}\n", "", Format.TABLE),
    (b"AU  - A\nTI  - B\nPY  - 2020\n", "", Format.RIS),
    (b"", "a.ris", Format.RIS),
    (b"", "a.NBIB", Format.MEDLINE),
    (b"", "a.b.ciw", Format.WOS),
    (b"", "a.enw", Format.ENDNOTE),
    (b"", "a.bib", Format.BIBTEX),
    (b"", "a.json", Format.CSL),
    (b"", "a.xlsx", Format.XLSX),
    (b"", "a.txt", Format.TABLE),
    (b"", "", Format.TABLE),
    (b"plain words", "x.ris", Format.RIS),
    (b"\xff\xfe", "", Format.TABLE),
    (b'"Title"\t"Year"\n', "", Format.TABLE),
    (b"'title',x", "", Format.TABLE),
    (b"TITLE_x,b\nPMID- 1\n", "", Format.MEDLINE),
]


@pytest.mark.parametrize(("head", "name", "known"), CASES)
def test_a_file_is_known(head: bytes, name: str, known: Format) -> None:
    assert detect(head, name) == known
