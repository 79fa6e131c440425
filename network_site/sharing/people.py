"""People and partners with pages of their own: how they are shared, and where they stand in the sitemap."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from network_site.base.languages import tag
from network_site.people import structured as data
from network_site.people.models import Organisation, Person
from network_site.people.templatetags.directory import directory_way
from network_site.sharing import cards, pictures
from network_site.sharing.cards import Card
from network_site.sharing.pictures import Kind
from network_site.sharing.shared import Shared, tells
from network_site.sharing.sitemap import Place, places
from network_site.sharing.structured import Node, describes


@tells(Person)
def person(person: Person) -> Shared:
    """Somebody's page."""
    return _told(person, str(person.name), person.about or person.role, kind="profile")


@tells(Organisation)
def organisation(organisation: Organisation) -> Shared:
    """A partner's page."""
    return _told(organisation, str(organisation.name), organisation.about)


def _told(thing: Any, title: str, description: str, *, kind: str = "website") -> Shared:
    path = str(thing.get_absolute_url())
    return Shared(
        title=title,
        description=description or title,
        path=path,
        kind=kind,
        language=tag(settings.LANGUAGE_CODE),
        way=tuple(directory_way(thing)),
    )


@describes(Person)
def person_data(person: Person, told: Shared) -> list[Node]:
    """A person, named in the graph."""
    return [_named(data.person_data(person), f"{told.url}#person")]


@describes(Organisation)
def organisation_data(organisation: Organisation, told: Shared) -> list[Node]:
    """A partner, named in the graph."""
    return [_named(data.organisation_data(organisation), f"{told.url}#organization")]


def _named(node: Node, name: str) -> Node:
    return {**{key: value for key, value in node.items() if key != "@context"}, "@id": name}


@cards.drawn(Person)
def person_card(person: Person) -> Card:
    """A name, and what they do."""
    return Card(title=person.name, tag=_("People"), lead=person.role)


@cards.drawn(Organisation)
def organisation_card(organisation: Organisation) -> Card:
    """A name, and who they are."""
    return Card(title=organisation.name, tag=_("Partner"), lead=organisation.about)


pictures.register(Kind("person", Person, lambda pk: Person.objects.public().filter(pk=pk).first()))
pictures.register(Kind("partner", Organisation, lambda pk: Organisation.objects.partners().filter(pk=pk).first()))


@places.add("people")
def public_pages() -> Iterable[Place]:
    """Everybody who agreed to a page, and every partner."""
    for thing in (*Person.objects.public(), *Organisation.objects.partners()):
        yield Place(str(thing.get_absolute_url()))
