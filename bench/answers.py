"""What visitors and programs are told: written down on each database, and compared when both have answered.

Answers are compared whole, as they leave the site: the publications in order, how many there are, what each facet
counts, what was meant instead. Only what says when it was made is left out.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from bench import measure

# The folder that both databases' answers are kept in until they are compared; none where there is one database alone.
FOLDER = "BENCH_ANSWERS"
SORTS = ("best", "newest", "oldest", "title", "added")
# The list in every way its page offers.
LISTS = (
    *(f"q={words}&sort={sort}" for words in ("walking", "older people") for sort in SORTS),
    *(f"sort={sort}&page={page}" for sort in SORTS for page in (2, 40, 900)),
    *(f"q=people&page={page}" for page in (2, 7, 60, 400)),
    "q=lonelyness", "q=gardenning singng", "q=wellbieng&population=carers", "q=canto berin zzyzx", "q=lonelyness&exact=1",
    "q=walk*", "q=wal*&sort=title", 'q="older people"', 'q="link workers" "a trial"', 'q="small nature garden"',
    "q=walking -cost", 'q=-walking "a review"', "q=walking OR singing", "q=the of and", "q=GP",
    "q=title:walking", "q=journal:age author:singh", "q=year:2001..2003 debt", "q=doi:10.5555/made.000100",
    "q=10.5555/made.000101", "q=social prescribing", "q=social prescribing&strict=social prescribing",
    "not.kind=review&not.population=carers", "not.country=country-a0&q=cost", "only=retracted", "only=free&only=plain",
    "population=older-people&population=carers&all=population", "outcome=mind&outcome=services&all=outcome&sort=title",
    "year=2010", "year=..2001&sort=oldest", "year=2020..&q=trial", "year=1990..1995", "kind=review&kind=report&page=12",
)  # fmt: skip
# What else is made of the same publications.
BESIDE = (
    "/research/map/", "/research/map/?deep=1&q=people", "/research/map.csv?deep=1&rows=country&columns=design",
    "/research/statistics/", "/research/statistics/?q=people&kind=review", "/research/statistics.csv?year=2001..2010",
    "/research/missing/", "/research/missing/?rows=country&columns=design&year=2001", "/research/missing.csv?year=2002",
    "/research/feed.atom", "/research/feed.atom?q=people&page=3", "/research/feed.atom?only=retracted",
    "/research/export.ris?q=canto&year=2001", "/research/export.bib?q=berin&year=2003",
    "/research/export.csv?q=canto&year=2002",
    "/api/v1/publications?q=people&page=3", "/api/v1/publications?sort=title&page=9", "/api/v1/facets",
    "/api/v1/counts?q=walking&kind=review", "/oai?verb=ListSets", "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc&set=kind:review",
)  # fmt: skip
# Moments, and the place a harvester goes on from, which holds one.
PASSING = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|(?<=\">)[^<]*(?=</resumptionToken>)")


def addresses(questions: Iterable[str]) -> Iterator[str]:
    """Everything that is asked: these questions to the list, those of every kind, and what stands beside it."""
    yield from (f"/research/?{question}" for question in (*questions, *LISTS))
    yield from BESIDE


def write_down(visitor: Any, kind: str, questions: Iterable[str]) -> None:
    """Keep what this database answers, if there is another one to compare it with; an answer a line."""
    if FOLDER not in os.environ:
        return
    with (Path(os.environ[FOLDER]) / kind).open("w", encoding="utf-8") as file:
        for address in addresses(questions):
            file.write(json.dumps([address, _answer(visitor, address)]) + "\n")


def _answer(visitor: Any, address: str) -> str:
    response = visitor.get(address, follow=True)
    assert response.status_code == 200, (address, response.status_code)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return PASSING.sub("", body.decode())


def compare(folder: Path) -> bool:
    """Report how many answers are the same, and the first that is not; True where both answered and all are."""
    told = [file.read_text(encoding="utf-8").splitlines() for file in sorted(folder.iterdir())]
    if len(told) < 2:  # one of them came to no answer, and said so
        return False
    asked = list(zip_longest(*told, fillvalue='["not asked", ""]'))
    different = [(one, other) for one, other in asked if one != other]
    same = f"{len(asked) - len(different)} of {len(asked)}"
    if different:
        print(_difference(*map(json.loads, different[0])))
    return measure.report(
        "What both databases answer",
        [("the same answers in the same order on both", same, "all of them", not different)],
    )


def _difference(one: tuple[str, str], other: tuple[str, str]) -> str:
    """The first place where two answers to one question part, with what stands round it."""
    addresses, (first, second) = zip(one, other, strict=True)
    place = next(place for place, signs in enumerate(zip_longest(first, second)) if len(set(signs)) > 1)
    around = slice(max(0, place - 200), place + 200)
    return f"{' / '.join(dict.fromkeys(addresses))}\n... {first[around]!r}\n... {second[around]!r}"
