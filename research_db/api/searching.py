"""Searches, found as the list finds them."""

from http import HTTPStatus

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from research_db.api import asked, shapes, telling
from research_db.api.problems import Wrong
from research_db.domain.heads import SEARCH
from research_db.finding import asking, facets, index
from research_db.finding.asking import Answer
from research_db.finding.criteria import Criteria
from research_db.finding.index import Now
from research_db.finding.listing import Listing
from research_db.models import Publication

A_MINUTE = "60"


def now() -> Now:
    """What can be found now.

    Raises:
        Wrong: a first index of many publications is being made.
    """
    found = index.site().now()
    if found is None:
        said = "The search is being prepared. Ask again in a minute."
        raise Wrong(HTTPStatus.SERVICE_UNAVAILABLE, said, headers={"Retry-After": A_MINUTE})
    return found


def page(given: QueryDict) -> shapes.Page:
    """The publications that are asked for.

    Raises:
        Wrong: a parameter was not understood, or there is no such page.
    """
    moment = now()
    criteria = asked.criteria(given, moment.vocabulary)
    found = Listing(moment, asking.answer(criteria, moment))
    if criteria.page > found.pages:
        raise Wrong(HTTPStatus.NOT_FOUND, f"The last page is {found.pages}. Follow “next” until it is null.")
    return shapes.Page(
        count=found.answer.count,
        page=criteria.page,
        pages=found.pages,
        first=_address(criteria, 1),
        previous=_address(criteria, criteria.page - 1) if criteria.page > 1 else None,
        next=_address(criteria, criteria.page + 1) if criteria.page < found.pages else None,
        url=f"{settings.SITE_URL}{SEARCH}{criteria.query}",
        understood=_understood(found.answer),
        publications=_publications(found.answer.numbers),
    )


def counts(given: QueryDict) -> shapes.Counts:
    """The same search in numbers.

    Raises:
        Wrong: a parameter was not understood.
    """
    moment = now()
    answer = asking.answer(asked.criteria(given, moment.vocabulary), moment)
    return shapes.Counts(
        count=answer.count,
        facets=[
            shapes.FacetCounts(
                key=face.key,
                label=face.label,
                terms=[shapes.TermCount(slug=row.code[1], label=row.label, count=row.number) for row in face.counted],
            )
            for face in facets.faces(answer, moment.vocabulary)
            if face.counted
        ],
    )


def _address(criteria: Criteria, number: int) -> str:
    return telling.whole(reverse("research:api_publications")) + criteria.but(page=number).query


def _understood(answer: Answer) -> shapes.Understood:
    taken = answer.understood
    return shapes.Understood(
        words=answer.criteria.words,
        shown_for=taken.shown_for,
        suggestion=taken.suggestion,
        is_loose=taken.is_loose,
    )


def _publications(numbers: tuple[int, ...]) -> list[shapes.Publication]:
    """These in their order; what is gone meanwhile is left out."""
    found = telling.ready(Publication.objects.public()).in_bulk(numbers)
    return [telling.publication(found[number]) for number in numbers if number in found]
