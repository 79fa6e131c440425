"""What the search finds of pages and of the people they show."""

from collections.abc import Collection, Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex
from wagtail.rich_text import get_text_for_indexing

from network_site.history.models import TimelineEvent
from network_site.pages.models import PeoplePage
from network_site.people.models import Organisation, Person
from network_site.search import kinds
from network_site.search.kinds import Document, Kind
from network_site.search.of_pages import every_model, page_kind, public

FIELDS = ("pk", "name", "role", "about", "story", "organisation__name")
PARTNER = ("pk", "slug", "name", "about", "together")


def stamps() -> Mapping[str, str]:
    """Everybody who is shown somewhere public, with all that is said of them and where."""
    places = where_shown()
    rows = Person.objects.filter(pk__in=places).values_list(*FIELDS)
    return {str(row[0]): "|".join([*map(str, row), places[str(row[0])]]) for row in rows}


def documents(keys: Collection[str]) -> Iterable[Document]:
    """These people, each with the place that shows them."""
    places = where_shown()
    for person in Person.objects.filter(pk__in=set(keys) & set(places)).select_related("organisation"):
        works_at = person.organisation.name if person.organisation else ""
        yield Document(
            key=str(person.pk),
            title=person.name,
            url=places[str(person.pk)],
            summary=person.about,
            text=get_text_for_indexing(person.story),
            facts=(person.role, works_at),
            line=", ".join(filter(None, [person.role, works_at])),
        )


def partner_stamps() -> Mapping[str, str]:
    """Every partner with a page of its own."""
    rows = Organisation.objects.partners().values_list(*PARTNER)
    return {str(row[0]): "|".join(map(str, row)) for row in rows}


def partners(keys: Collection[str]) -> Iterable[Document]:
    """These partners."""
    for partner in Organisation.objects.partners().filter(pk__in=keys):
        yield Document(
            key=str(partner.pk),
            title=partner.name,
            url=partner.get_absolute_url(),
            summary=partner.about,
            text=get_text_for_indexing(partner.together),
        )


def where_shown() -> dict[str, str]:
    """For each person the address that shows them.

    Their own page, else the page of people, else another public page, else a moment of the history.
    """
    moments = TimelineEvent.objects.public().filter(people__isnull=False).in_order().values_list("people", "slug")
    places = {str(person): f"/history/#{slug}" for person, slug in reversed(list(moments))}
    own = {str(person.pk): person.get_absolute_url() for person in Person.objects.public().only("pk", "slug")}
    return places | _pages_that_show() | own


def _pages_that_show() -> dict[str, str]:
    """For each person who is on a public page its address."""
    references = list(_references())
    pages = {str(page.pk): page for page in public(every_model()).filter(pk__in={page for _person, page in references})}
    shown = [(person, pages[page]) for person, page in references if page in pages]
    people_page = ContentType.objects.get_for_model(PeoplePage).pk
    # The last one written stays: the page of people comes after the others, and among equals the highest in the tree.
    shown.sort(key=lambda one: (one[1].content_type_id == people_page, -one[1].depth, one[1].path))
    return {person: page.url or "" for person, page in shown}


def _references() -> Iterable[tuple[str, str]]:
    """Each person with each page that names them, as the database has it now."""
    of_types = ContentType.objects.get_for_models(Person, Page)
    found = ReferenceIndex.objects.filter(to_content_type=of_types[Person], base_content_type=of_types[Page])
    return found.values_list("to_object_id", "object_id").distinct()


kinds.register(page_kind("pages", label=_("Pages"), one=_("Page"), order=10))
kinds.register(Kind("people", _("People"), _("Person"), stamps, documents, order=40))
kinds.register(Kind("partners", _("Partners"), _("Partner"), partner_stamps, partners, order=45))
