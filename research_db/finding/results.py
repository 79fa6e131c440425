"""The publications of one page of the list, as they are shown; four queries however many there are."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from network_site.search.shown import marked, telling
from research_db.finding.documents import is_free
from research_db.models import Contribution, Notice, Publication
from research_db.models.publication import slug_of

# So many names in full; of more, only the first and how many others.
MOST_NAMES = 3
COLUMNS = (
    "pk", "code", "kind", "title", "abstract", "plain_summary", "year", "volume", "issue", "source__title",
    "open_access", "open_access_url",
)  # fmt: skip
KINDS = dict(Publication.Kind.choices)


@dataclass(frozen=True)
class Result:
    """A publication in the list."""

    number: int
    code: str
    url: str
    tag: str
    title: SafeString
    who: str
    where: str
    text: SafeString
    is_free: bool
    free_url: str
    is_retracted: bool


def results(numbers: Sequence[int], *, stems: frozenset[str], fragment: Callable[[str], str]) -> list[Result]:
    """The publications of these numbers in their order; what is gone meanwhile is left out.

    Args:
        numbers: of publications.
        stems: of the words to mark.
        fragment: gives the telling part of a text.
    """
    rows = {row["pk"]: row for row in Publication.objects.public().filter(pk__in=numbers).values(*COLUMNS)}
    names = _names(numbers)
    retracted = Notice.objects.filter(publication__in=numbers, kind=Notice.Kind.RETRACTION)
    are_retracted = set(retracted.values_list("publication", flat=True))
    return [
        _result(rows[number], names.get(number, []), number in are_retracted, stems, fragment)
        for number in numbers
        if number in rows
    ]


def _names(numbers: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    people = Contribution.objects.filter(publication__in=numbers, role=Contribution.Role.AUTHOR)
    named = people.order_by("sort_order", "pk").values_list("publication", "family", "literal")
    for number, family, literal in named:
        found[number].append(family or literal)
    return found


def _result(
    row: Mapping[str, Any],
    names: list[str],
    is_retracted: bool,
    stems: frozenset[str],
    fragment: Callable[[str], str],
) -> Result:
    kind = str(KINDS[row["kind"]])
    text = telling(row["plain_summary"], row["abstract"], stems=stems, fragment=fragment)
    return Result(
        number=row["pk"],
        code=row["code"],
        url=reverse("research:record", args=[row["code"], slug_of(row["title"])]),
        tag=f"{kind}, {row['year']}" if row["year"] else kind,
        title=marked(row["title"], stems),
        who=together(names),
        where=_where(row),
        text=marked(text, stems),
        is_free=is_free(row["open_access"], row["open_access_url"]),
        free_url=row["open_access_url"],
        is_retracted=is_retracted,
    )


def together(names: Sequence[str]) -> str:
    """Names as one says them: "Price", "Price and Singh", "Price and 5 others"."""
    if len(names) > MOST_NAMES:
        return _("%(name)s and %(number)s others") % {"name": names[0], "number": len(names) - 1}
    if len(names) > 1:
        return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    return "".join(names)


def _where(row: Mapping[str, Any]) -> str:
    volume = row["volume"] + (f"({row['issue']})" if row["issue"] else "")
    return " ".join(filter(None, [row["source__title"], volume]))
