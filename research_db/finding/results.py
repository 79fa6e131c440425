"""The publications of one page of the list, as they are shown; two statements however many there are."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from network_site.base.gathering import grouped
from network_site.base.prepared import Prepared
from network_site.search.shown import marked, telling
from research_db.finding.documents import is_free
from research_db.models import Contribution, Notice, Publication
from research_db.models.publication import address_of

# So many names in full; of more, only the first and how many others.
MOST_NAMES = 3


class Told(NamedTuple):
    """What the list asks of a publication, in the order in which it is asked."""

    number: int
    code: str
    kind: str
    title: str
    abstract: str
    plain_summary: str
    year: int | None
    volume: str
    issue: str
    source: str | None
    open_access: str
    open_access_url: str
    is_retracted: bool


class Result(NamedTuple):
    """A publication in the list; `name`: its title without marks."""

    number: int
    code: str
    url: str
    tag: str
    name: str
    title: SafeString
    who: str
    where: str
    text: SafeString
    is_free: bool
    free_url: str
    is_retracted: bool

    @property
    def by(self) -> str:
        """Who wrote it and where it stands."""
        return ". ".join(filter(None, [self.who, self.where]))


def results(numbers: Sequence[int], *, stems: frozenset[str], fragment: Callable[[str], str]) -> list[Result]:
    """The publications of these numbers in their order; what is gone meanwhile is left out.

    Args:
        numbers: of publications.
        stems: of the words to mark.
        fragment: gives the telling part of a text.
    """
    told = {row[0]: Told._make(row) for row in _PUBLICATIONS.rows(numbers)}
    names, spoken = _names(numbers), _spoken(get_language())
    return [
        _result(told[number], spoken, names.get(number, []), stems, fragment) for number in numbers if number in told
    ]


def _publications(numbers: Sequence[int]) -> QuerySet[Publication, Any]:
    retractions = Notice.objects.filter(publication=OuterRef("pk"), kind=Notice.Kind.RETRACTION)
    return (
        Publication.objects.public()
        .filter(pk__in=numbers)
        .order_by()
        .annotate(is_retracted=Exists(retractions))
        .values_list(
            "pk", "code", "kind", "title", "abstract", "plain_summary", "year", "volume", "issue", "source__title",
            "open_access", "open_access_url", "is_retracted",
        )
    )  # fmt: skip


def _authors(numbers: Sequence[int]) -> QuerySet[Contribution, Any]:
    people = Contribution.objects.filter(publication__in=numbers, role=Contribution.Role.AUTHOR)
    return people.order_by("sort_order", "pk").values_list("publication", "family", "literal")


_PUBLICATIONS, _AUTHORS = Prepared(_publications), Prepared(_authors)


def _names(numbers: Sequence[int]) -> Mapping[int, list[str]]:
    return grouped((number, family or literal) for number, family, literal in _AUTHORS.rows(numbers))


class Spoken(NamedTuple):
    """The words of a row in one language: finding them for each row took a tenth of its time."""

    kinds: Mapping[str, str]
    others: str
    last: str

    def together(self, names: Sequence[str]) -> str:
        """Names as one says them: "Price", "Price and Singh", "Price and 5 others"."""
        if len(names) > MOST_NAMES:
            return self.others % {"name": names[0], "number": len(names) - 1}
        if len(names) > 1:
            return self.last % {"names": ", ".join(names[:-1]), "last": names[-1]}
        return "".join(names)


@cache
def _spoken(_language: str | None) -> Spoken:
    """The words in the language that is spoken now."""
    kinds = {value: str(label) for value, label in Publication.Kind.choices}
    return Spoken(kinds, _("%(name)s and %(number)s others"), _("%(names)s and %(last)s"))


def _result(
    told: Told, spoken: Spoken, names: list[str], stems: frozenset[str], fragment: Callable[[str], str]
) -> Result:
    kind = spoken.kinds[told.kind]
    return Result(
        number=told.number,
        code=told.code,
        url=address_of(told.code, told.title),
        tag=f"{kind}, {told.year}" if told.year else kind,
        name=told.title,
        title=marked(told.title, stems),
        who=spoken.together(names),
        where=_where(told),
        text=marked(telling(told.plain_summary, told.abstract, stems=stems, fragment=fragment), stems),
        is_free=is_free(told.open_access, told.open_access_url),
        free_url=told.open_access_url,
        is_retracted=told.is_retracted,
    )


def _where(told: Told) -> str:
    volume = told.volume + (f"({told.issue})" if told.issue else "")
    return " ".join(filter(None, [told.source, volume]))
