"""What a file is, by what is in it and then by its name."""

import re
from enum import StrEnum

from research_db.formats.reading import table
from research_db.formats.reading.lines import BOMS


class Format(StrEnum):
    """The formats that are read."""

    RIS = "ris"
    MEDLINE = "medline"
    WOS = "wos"
    ENDNOTE = "endnote"
    BIBTEX = "bibtex"
    CSL = "csl-json"
    TABLE = "table"
    XLSX = "xlsx"


SIGNS = (
    (Format.RIS, re.compile(r"^TY  ?-", re.MULTILINE)),
    (Format.WOS, re.compile(r"^(?:FN (?:Clarivate|ISI|Thomson)|PT [A-Z]\s*$)", re.MULTILINE)),
    (Format.MEDLINE, re.compile(r"^(?:PMID|PMC[ RD]?)\s?-", re.MULTILINE)),
    (Format.ENDNOTE, re.compile(r"^%0 \S", re.MULTILINE)),
    (Format.BIBTEX, re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)),
    (Format.RIS, re.compile(r"(?:^[A-Z][A-Z0-9]  - ?.*\n){3}", re.MULTILINE)),
)
FEW_HEADINGS = 3
BY_FIRST_SIGN = {"[": Format.CSL, "{": Format.CSL, "@": Format.BIBTEX}
BY_NAME = {
    "ris": Format.RIS, "nbib": Format.MEDLINE, "ciw": Format.WOS, "enw": Format.ENDNOTE, "bib": Format.BIBTEX,
    "json": Format.CSL, "xlsx": Format.XLSX,
}  # fmt: skip


def detect(head: bytes, name: str = "") -> Format:
    """The format of a file.

    Args:
        head: how it begins; 64 kB are enough.
        name: what it is called.
    """
    if head.startswith(b"PK\x03\x04"):
        return Format.XLSX
    text = _text(head)
    first = BY_FIRST_SIGN.get(text.lstrip()[:1])
    if first:
        return first
    if _names_columns(text):
        return Format.TABLE
    for found, sign in SIGNS:
        if sign.search(text):
            return found
    return BY_NAME.get(name.rpartition(".")[2].lower(), Format.TABLE)


def _names_columns(text: str) -> bool:
    """Whether the first line is a row of headings, so that what looks like a tag further down is the text of a cell."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    cells = {cell.strip(" '\"").replace("_", " ").lower() for cell in re.split(r"[,;\t]", first)}
    return "title" in cells or len(cells & table.FIELD_OF.keys()) >= FEW_HEADINGS


def _text(head: bytes) -> str:
    encoding = next((encoding for mark, encoding in BOMS if head.startswith(mark)), "utf-8")
    return head.decode(encoding, "ignore").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
