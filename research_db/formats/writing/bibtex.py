"""BibTeX, in UTF-8, as BibLaTeX and every reference manager read it; keys are made from author, year and title."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from research_db.formats import kinds, names
from research_db.formats.record import Contributor, Record

KINDS = kinds.writer(kinds.BIBTEX)
READ_BACK = kinds.reader(kinds.BIBTEX)
SIMPLE = {
    "volume": "volume", "issue": "number", "article_number": "eid", "place": "address",
    "edition": "edition", "language": "language", "licence": "copyright", "container_short": "shortjournal",
}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What the styles of BibTeX call the publisher of a thesis and of a report.
PUBLISHERS = {"thesis": "school", "report": "institution"}
IN_BOOKS = frozenset({"chapter", "conference-paper"})
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
# Pairs of signs that TeX makes one of; braces keep them apart.
LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)")
SCHEMES = ("doi", "pmid", "pmcid", "isbn", "issn", "openalex", "handle")
EMPTY = "{}"
SMALL_WORDS = frozenset(["a", "an", "and", "the", "of", "on", "in", "for", "to", "does", "do", "is", "how", "what"])


def write(records: Iterable[Record]) -> Iterator[bytes]:
    """The records as a BibTeX file."""
    used: Counter[str] = Counter()
    for record in records:
        key = key_of(record)
        used[key] += 1
        if used[key] > 1:
            key = f"{key}-{used[key]}"
        body = "".join(f"  {name} = {value},\n" for name, value in fields(record))
        yield f"@{KINDS[record.kind]}{{{key},\n{body}}}\n\n".encode()


def key_of(record: Record) -> str:
    """A key such as `okafor2024company`; the same record has the same key in every file where it comes first."""
    first = next(iter(record.contributors), None)
    author = (first.name.family or first.name.literal).split()[-1:] if first else []
    word = [word for word in record.title.split() if word.lower() not in SMALL_WORDS][:1]
    year = [str(record.date.year)] if record.date else []
    return "".join(map(_plain, [*author, *year, *word])) or "record"


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^a-z0-9]", "", apart.encode("ascii", "ignore").decode().lower())


def fields(record: Record) -> Iterator[tuple[str, str]]:
    """The fields of an entry and their values, braces and all; those that say nothing are left out."""
    people = [(role, _people(record, role)) for role in ("author", "editor", "translator")]
    told = [
        ("title", braced(record.title)),
        *people,
        ("booktitle" if record.kind in IN_BOOKS else "journal", braced(record.container)),
        *_date(record),
        (PUBLISHERS.get(record.kind, "publisher"), braced(record.publisher)),
        *((name, braced(getattr(record, field))) for field, name in SIMPLE.items()),
        ("pages", "{" + escaped(record.pages).replace("-", "--") + "}"),
        ("abstract", braced(record.abstract)),
        ("keywords", braced("; ".join(record.keywords) + ";" * (len(record.keywords) == 1))),
        *((scheme, braced(_numbers(record, scheme))) for scheme in SCHEMES),
        *_eprint(record),
        ("url", braced(next(iter(record.urls), ""))),
        ("note", braced("\n\n".join(record.notes))),
        # What no style knows: programs leave it alone, and this site reads it again.
        ("entrysubtype", braced(record.kind * (READ_BACK[KINDS[record.kind]] != record.kind))),
        ("onlinedate", braced(str(record.online_date or ""))),
        ("moreurls", braced(" ".join(record.urls[1:]))),
        ("openaccessurl", braced(record.open_access_url)),
    ]
    return ((name, value) for name, value in told if value != EMPTY)


def _people(record: Record, role: str) -> str:
    return "{" + " and ".join(_name(one) for one in record.contributors if one.role == role) + "}"


def _numbers(record: Record, scheme: str) -> str:
    return ", ".join(one.value for one in record.identifiers if one.scheme == scheme)


def _eprint(record: Record) -> Iterator[tuple[str, str]]:
    number = _numbers(record, "arxiv")
    if number:
        yield from (("eprint", braced(number)), ("archiveprefix", braced("arXiv")))


def _date(record: Record) -> Iterator[tuple[str, str]]:
    if record.date:
        yield "year", f"{{{record.date.year}}}"
        if record.date.month:
            yield "month", MONTHS[record.date.month - 1] if not record.date.day else f"{{{record.date.month}}}"
        if record.date.day:
            yield "day", f"{{{record.date.day}}}"


def _name(one: Contributor) -> str:
    name = one.name
    if name.literal:
        return braced(name.literal)
    # BibTeX has “Family, Jr, Given”.
    return escaped(f"{name.family}, {name.suffix}, {name.given}" if name.suffix else names.inverted(name))


def braced(text: str) -> str:
    """A value in braces."""
    return "{" + escaped(text) + "}"


def escaped(text: str) -> str:
    """Text whose signs mean nothing to TeX."""
    return LIGATURE.sub("{}", "".join(SPECIAL.get(sign, sign) for sign in text))
