"""Files that are broken or mean harm: told in sentences, and what is good in them is kept."""

import io
import zipfile

import pytest

from research_db.formats.reading import Format, read

GOOD = "TY  - JOUR\nTI  - Company on prescription\nPY  - 2024\nER  - \n"


def titles(data: bytes, name: str = "a.ris") -> list[str]:
    return [one.record.title for one in read(data, name=name) if one.record]


def sentences(data: bytes, name: str = "a.ris") -> list[str]:
    return [problem.sentence for one in read(data, name=name) for problem in one.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(encoding: str) -> None:
    data = GOOD.replace("Company", "Café").encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    assert titles(data) == ["Café on prescription"]
    assert any("not UTF-8" in one for one in sentences(data)) == (encoding == "cp1252")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines(end: str) -> None:
    assert titles((GOOD + GOOD).replace("\n", end).encode()) == ["Company on prescription"] * 2


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00" * 1000, b"\xff\xfe\x00", b"PK\x03\x04broken", b"[" * 100_000, b'{"a":' * 5_000, b"@article{",
        b"@article{a, title = {never closed", b'title\n"never closed', b"TY  - ", b"\r\r\r", b"[1, null, {}]",
        b'[{"title": {"a": 1}, "author": "x", "issued": {"date-parts": [["x"]]}}]', b"%0 Book\n%T", b"PT J\nER\nEF",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.ris", "a.xlsx", "a.bib", "a.json", "a.csv"])
def test_nothing_raises(data: bytes, name: str) -> None:
    for one in read(data, name=name):
        assert one.record or one.problems


def test_a_broken_record_does_not_take_the_next_with_it() -> None:
    data = "TY  - JOUR\nAU  - Nobody\nTY  - JOUR\nTI  - Second\nER  - \nrubbish\n" + GOOD
    assert titles(data.encode()) == ["Second", "Company on prescription"]


def test_the_last_record_needs_no_end() -> None:
    assert titles(GOOD.replace("ER  - \n", "").encode()) == ["Company on prescription"]


def test_a_line_without_end_is_cut_and_told() -> None:
    data = GOOD.replace("ER", "AB  - " + "x" * 3_000_000 + "\nER").encode()
    assert titles(data) == ["Company on prescription"]
    assert any("million" in one for one in sentences(data))


def test_a_zip_bomb_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(3):
            with packed.open(f"{number}.xml", "w") as part:
                for _piece in range(400):
                    part.write(b"\0" * 1_000_000)
    assert "cannot be read" in sentences(file.getvalue(), "a.xlsx")[0]


def test_bibtex_entries_without_keys_or_with_one_key_are_all_read() -> None:
    data = b"@article{,\n title={One}}\n@article{a,title={Two}}\n@article{a,title={Three}}\n@book{broken, title={Four\n@misc{c,title={Five}}"
    assert titles(data, "a.bib")[:3] == ["One", "Two", "Three"]
    assert "Five" in titles(data, "a.bib")


def test_a_format_can_be_told() -> None:
    assert [one.record for one in read(b"TI  - x", known=Format.MEDLINE)]
