"""People and organisations on a page."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network_site.base.models import NetworkImage
from network_site.pages.models import PeoplePage
from network_site.people.models import Organisation, Person
from tests.pages.reading import Html

Make = Callable[..., Any]
# Asked twice a second, whatever the page.
FRESHNESS = "base_freshness"


def people(*chosen: Person) -> tuple[str, dict[str, Any]]:
    return "people", {"heading": "Co-chairs", "intro": "They began it.", "people": [person.pk for person in chosen]}


def organisations(*chosen: Organisation) -> tuple[str, dict[str, Any]]:
    return "organisations", {"heading": "Partners", "intro": "", "organisations": [one.pk for one in chosen]}


def read(client: Client, page: PeoplePage) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return Html(answer.content.decode())


def test_a_person_has_a_name_a_role_and_a_place(page_with: Make, client: Client) -> None:
    place = Organisation.objects.create(name="The Old Mill")
    person = Person.objects.create(name="Ada Weaver", role="Co-chair", about="She weaves.", organisation=place)
    html = read(client, page_with(people(person), kind=PeoplePage))
    assert "<h3>Ada Weaver</h3>" in html
    assert '<p class="person__role">Co-chair</p>' in html
    assert "The Old Mill" in html
    assert "<p>She weaves.</p>" in html
    assert "<p>They began it.</p>" in html


def test_a_person_without_a_portrait_has_a_letter(page_with: Make, client: Client) -> None:
    html = read(client, page_with(people(Person.objects.create(name="Ada Weaver")), kind=PeoplePage))
    assert '<span class="person__portrait person__portrait--none" aria-hidden="true">A</span>' in html


def test_a_portrait_says_nothing_the_name_does_not(
    page_with: Make, picture: Callable[..., NetworkImage], client: Client
) -> None:
    person = Person.objects.create(name="Ada Weaver", portrait=picture())
    html = read(client, page_with(people(person), kind=PeoplePage))
    img = re.search(r"<img[^>]*person__portrait[^>]*>", html)
    assert img
    assert 'alt=""' in img[0]
    assert 'width="160"' in img[0]


def test_people_stand_in_the_editor_s_order(page_with: Make, client: Client) -> None:
    ada, bea, cy = (Person.objects.create(name=name) for name in ("Ada", "Bea", "Cy"))
    html = read(client, page_with(people(cy, ada, bea), kind=PeoplePage))
    assert re.findall(r"<h3>(\w+)</h3>", html) == ["Cy", "Ada", "Bea"]


def test_somebody_who_left_the_directory_leaves_the_page(page_with: Make, client: Client) -> None:
    ada, bea = (Person.objects.create(name=name) for name in ("Ada", "Bea"))
    page = page_with(people(ada, bea), kind=PeoplePage)
    ada.delete()
    assert re.findall(r"<h3>(\w+)</h3>", read(client, page)) == ["Bea"]


def test_an_organisation_is_a_link_where_it_has_an_address(
    page_with: Make, picture: Callable[..., NetworkImage], client: Client
) -> None:
    with_address = Organisation.objects.create(name="The Mill", website="https://mill.example/", logo=picture())
    without = Organisation.objects.create(name="The Loom")
    html = read(client, page_with(organisations(with_address, without), kind=PeoplePage))
    assert '<a href="https://mill.example/" rel="external">The Mill</a>' in html
    assert "<span>The Loom</span>" in html
    assert html.count("organisation__logo") == 1


def test_an_organisation_that_is_gone_leaves_no_hole(page_with: Make, client: Client) -> None:
    gone = Organisation.objects.create(name="Gone")
    page = page_with(organisations(gone), kind=PeoplePage)
    gone.delete()
    assert '<li class="organisation">' not in read(client, page)


def test_an_empty_directory_is_a_page_all_the_same(page_with: Make, client: Client) -> None:
    assert "Co-chairs" in read(client, page_with(people(), organisations(), kind=PeoplePage))


def test_thirty_people_cost_the_queries_of_one(
    page_with: Make, picture: Callable[..., NetworkImage], client: Client
) -> None:
    def some(count: int) -> list[Person]:
        place = Organisation.objects.create(name=f"Place of {count}")
        face = picture(f"face-{count}")
        return [Person.objects.create(name=f"P{n}", organisation=place, portrait=face) for n in range(count)]

    counts = {}
    for count in (0, 1, 30):
        page = page_with(people(*some(count)), kind=PeoplePage)
        read(client, page)
        with CaptureQueriesContext(connection) as queries:
            html = read(client, page)
        assert html.count('<li class="person">') == count
        counts[count] = len([q for q in queries if FRESHNESS not in q["sql"]])
        page.delete()
    assert counts[0] <= counts[1] == counts[30] <= 15
