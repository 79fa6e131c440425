"""Real files of other projects, with the numbers given beside them, and JabRef's own reading as a judge."""

import re
from pathlib import Path

import pytest

from research_db.folding import folded
from research_db.formats.reading import Format, Read, detect, read
from research_db.formats.record import Record

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "bibliography"
OPENINGS = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?(?:TY  ?-|PMID ?-)")
# Files that are made to be wrong, or of a format without such an opening: records in them, and those with a title.
OTHERS = {
    "jabref/RisImporterCorrupted.ris": (1, 1),  # no type at all
    "jabref/RisImporterTest1.ris": (3, 1),  # eleven types, three of them after something was said
    "jabref/MedlinePlainImporterTestMultiAbstract.txt": (1, 0),
    "jabref/MedlinePlainImporterTestMultiTitle.txt": (1, 1),
    "jabref/MedlinePlainImporterTestMultipleEntries.txt": (7, 2),
    "rispy/example_wos.ris": (2, 2),
    "asreview/web_of_science.txt": (10, 10),
    "asreview/pubmed_endnote.txt": (6, 6),
    "asreview/ris_issue_1099.txt": (7, 7),
    "asreview/ris_issue_992.txt": (19, 19),
}
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs the real files of ../shared/data/bibliography")


def found(name: str) -> list[Read]:
    return list(read((DATA / name).read_bytes(), name=name))


def records(name: str) -> list[Record]:
    return [one.record for one in found(name) if one.record]


def tagged() -> list[str]:
    files = (file for file in DATA.rglob("*") if file.suffix in {".ris", ".txt", ".nbib"})
    return sorted(str(file.relative_to(DATA)) for file in files)


@pytest.mark.parametrize("name", tagged())
def test_no_record_is_lost(name: str) -> None:
    """As many as lines open one; each without a title is told with its line, and none is dropped in silence."""
    reads = found(name)
    expected = OTHERS[name][0] if name in OTHERS else len(OPENINGS.findall((DATA / name).read_bytes()))
    assert len(reads) == expected
    if name in OTHERS:
        assert len([one for one in reads if one.record]) == OTHERS[name][1]
    for one in reads:
        assert one.record or [problem for problem in one.problems if problem.severity == "error"]
        assert one.line >= 1
        assert one.raw


# Tables: rows, those with a title, and the title of the first.
TABLES = {
    "asreview/duplicate_records.csv": (14, 10, "a"),
    "asreview/embase.csv": (6, 6, "Duplication cysts: Diagnosis, management"),
    "asreview/embase_newpage.csv": (6, 6, "Duplication cysts: Diagnosis, management"),
    "asreview/generic.csv": (2, 2, "Title of reference"),
    "asreview/generic_bad_record_id.csv": (6, 6, "Title of reference"),
    "asreview/generic_column_names_with_spaces.csv": (2, 2, "Title of reference"),
    "asreview/generic_labels.csv": (6, 6, "Title of reference"),
    "asreview/generic_labels_no_abs.csv": (6, 6, "Title of reference"),
    "asreview/generic_labels_no_title.csv": (1, 0, ""),  # told once: no column is called so
    "asreview/generic_partial_labels.csv": (6, 6, "Title of reference"),
    "asreview/generic_semicolon.csv": (2, 2, "Title of reference"),
    "asreview/generic_tab.csv": (2, 2, "Title of reference"),
    "asreview/generic_tab.tab": (2, 2, "Title of reference"),
    "asreview/generic_tab.tsv": (2, 2, "Title of reference"),
    "asreview/missing_values.csv": (4, 2, "Title of reference"),
    "asreview/record_id.csv": (10, 10, "Lorem Ipsum record_id 12 - row"),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables(name: str) -> None:
    rows, titled, title = TABLES[name]
    reads = found(name)
    assert detect((DATA / name).read_bytes(), name) == Format.TABLE
    assert (len(reads), len([one for one in reads if one.record])) == (rows, titled)
    assert next((one.record.title for one in reads if one.record), "").startswith(title)
    assert all(one.record or one.problems for one in reads)


def test_every_file_is_read_by_some_test() -> None:
    there = {str(file.relative_to(DATA)) for file in DATA.rglob("*") if file.is_file() and file.name != "LICENSE"}
    assert there == {*tagged(), *TABLES, *(f"jabref/{stem}.bib" for stem in judged())}


def given() -> dict[str, int]:
    """The numbers beside the files: how many lines open a record."""
    said = (DATA.parent / "README.md").read_text()
    return {name: int(number) for name, number in re.findall(r"^(\S+) (?:TY|PMID)=(\d+)$", said, re.MULTILINE)}


def test_the_numbers_beside_the_files_are_theirs() -> None:
    """Where they are not the number of records, `OTHERS` has that one and why."""
    assert set(given()) == set(tagged())
    told = {name: len(found(name)) for name in given()}
    assert {name for name, number in given().items() if number != told[name]} <= set(OTHERS)


def test_the_same_six_records_come_out_of_every_export() -> None:
    """Each database spells its export in its own way; a record found in two of them is the same in both."""
    names = ["scopus.ris", "embase.ris", "ovid_psycinfo.ris", "ovid_zotero.ris", "proquest.ris", "pubmed_zotero.ris"]
    for name in [*names, "pubmed_endnote.txt"]:
        six = records(f"asreview/{name}")
        assert len(six) == 6, name
        for one in six:
            assert one.contributors, (name, one.title)
            assert one.date, (name, one.title)
            assert one.container, (name, one.title)
            assert one.abstract, (name, one.title)
    ovid = {folded(one.title): one for one in records("asreview/ovid_psycinfo.ris")}
    zotero = {folded(one.title): one for one in records("asreview/ovid_zotero.ris")}
    assert ovid.keys() == zotero.keys()
    for title, one in ovid.items():
        other = zotero[title]
        assert [name.name for name in one.contributors] == [name.name for name in other.contributors]
        assert one.date
        assert other.date
        assert one.date.year == other.date.year


def judged() -> list[str]:
    return sorted(file.stem for file in (DATA / "jabref").glob("*.bib"))


@pytest.mark.parametrize("stem", judged())
def test_jabref_reads_the_same(stem: str) -> None:
    """The BibTeX that JabRef makes of a file says the same as the file."""
    original = next(file for file in (DATA / "jabref").glob(f"{stem}.*") if file.suffix != ".bib")
    if stem == "RisImporterTest1":
        pytest.skip("JabRef makes one record of eleven openings; we make a new one where something was said before")
    ours = records(f"jabref/{original.name}")
    theirs = records(f"jabref/{stem}.bib")
    assert len(ours) >= len(theirs)
    for one, other in zip(ours, theirs, strict=False):
        assert folded(one.title) == folded(other.title)
        # JabRef takes names in one piece apart otherwise, and second authors for authors; the words are the same.
        assert words_of_names(one) == words_of_names(other)
        assert one.volume == other.volume
        if other.date and one.date:
            assert one.date.year == other.date.year
        dois = {number.value for number in other.identifiers if number.scheme == "doi"}
        assert dois <= {number.value for number in one.identifiers}


def words_of_names(record: Record) -> list[str]:
    """Every word of every name."""
    names = [one.name for one in record.contributors]
    return sorted(folded(" ".join(f"{name.given} {name.family} {name.literal}" for name in names)).split())
