"""The public pages of people and partners: who has one, what it says, and what of ours belongs to it."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from events.models import Conference
from network_site.base.models import NetworkImage
from network_site.base.offers import Connection, connections
from network_site.pages.models import HomePage, PeoplePage
from network_site.people import slugs
from network_site.people.models import Organisation, Person, User
from tests.factories.conferences import ConferenceFactory
from tests.factories.people import UserFactory
from tests.pages.reading import Html

HOSTILE = "</script><script>alert(1)</script> & “Ada”"
FRESHNESS = "base_freshness"
EMPTY = '{"blocks": [], "entityMap": {}}'  # as the editor's rich text sends nothing


@pytest.fixture
def people_page(home: HomePage) -> PeoplePage:
    return home.add_child(instance=PeoplePage(title="Our people", slug="people"))


@pytest.fixture
def offered() -> Iterator[Callable[..., None]]:
    """Let a room offer connections for one test."""
    before = dict(connections._offers)

    def offer(name: str, told: Callable[[Model], Sequence[Connection]]) -> None:
        connections.add(name)(told)

    yield offer
    connections._offers.clear()
    connections._offers.update(before)


def picture(name: str) -> NetworkImage:
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (600, 600), "#0B5A5B").save(file, "JPEG")
    file.seek(0)
    return NetworkImage.objects.create(title=name, file=ImageFile(file, name=f"{name}.jpg"))


def person(name: str = "Ada Weaver", **facts: Any) -> Person:
    return Person.objects.create(name=name, **{"about": "She weaves.", "is_public": True, **facts})


def partner(name: str = "The Old Mill", **facts: Any) -> Organisation:
    return Organisation.objects.create(name=name, **{"about": "It grinds.", "is_partner": True, **facts})


def read(client: Client, path: str) -> Html:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return Html(answer.content.decode())


def graph(html: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
        whole = json.loads(data)
        found += whole.get("@graph", [whole])
    return found


@pytest.mark.django_db
def test_a_person_says_who_they_are(client: Client) -> None:
    mill = partner()
    person(role="Co-chair", organisation=mill, story="<p>More of <b>her</b>.</p>", website="https://ada.example/")
    html = read(client, "/people/ada-weaver/")
    assert "<h1>Ada Weaver</h1>" in html
    assert '<p class="lead">Co-chair</p>' in html
    assert '<a href="/partners/the-old-mill/">The Old Mill</a>' in html
    assert "<p>She weaves.</p>" in html
    assert "More of <b>her</b>." in html
    assert 'href="https://ada.example/" rel="external">Website of Ada Weaver</a>' in html
    assert '<link rel="canonical" href="http://testserver/people/ada-weaver/">' in html


@pytest.mark.django_db
def test_what_is_not_known_is_not_said(client: Client) -> None:
    person()
    html = read(client, "/people/ada-weaver/")
    for absent in ("who__place", "who__portrait", "Website of", 'class="lead"', "strand__title"):
        assert absent not in html, absent


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/people/ada-weaver/", "/partners/the-old-mill/", "/people/nobody/", "/partners/nobody/"]
)
def test_who_did_not_agree_has_no_page(client: Client, path: str) -> None:
    person(is_public=False)
    partner(is_partner=False)
    assert client.get(path).status_code == 404
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.get(path).status_code == 404


def test_the_list_of_people_stays_a_page_of_the_tree(people_page: PeoplePage, client: Client) -> None:
    person()
    assert "<h1>Our people</h1>" in read(client, "/people/")
    html = read(client, "/people/ada-weaver/")
    assert '<li><a href="/people/">Our people</a></li><li><span aria-current="page">Ada Weaver</span></li>' in html
    people_page.unpublish()
    assert client.get("/people/").status_code == 404
    assert 'href="/people/"' not in read(client, "/people/ada-weaver/")


@pytest.mark.django_db
def test_search_engines_are_told_of_a_person_and_a_partner_and_hostile_words_stay_words(client: Client) -> None:
    mill = partner(about=HOSTILE, website="https://mill.example/")
    ada = person(about=HOSTILE, role=HOSTILE, organisation=mill, slug="ada")
    for path, kind in ((ada.page_url, "Person"), (mill.page_url, "Organization")):
        html = read(client, path)
        assert "<script>alert" not in html
        told = next(node for node in graph(html) if node["@type"] == kind and node.get("description") == HOSTILE)
        assert told["name"] in {"Ada Weaver", "The Old Mill"}


@pytest.mark.django_db
def test_what_rooms_offer_hangs_on_the_thread_by_kind(client: Client, offered: Callable[..., None]) -> None:
    ada = person()
    offered("a", lambda thing: [Connection("Articles", "/news/x/", "The wool", "5 November 2026")] * (thing == ada))
    offered("b", lambda thing: [Connection("Moments", "/history/#y", "Founded <b>")])
    offered("c", lambda thing: [Connection("Articles", "/news/z/", "More wool")])
    html = read(client, "/people/ada-weaver/")
    assert re.findall(r'class="strand__title">([^<]+)</h2>', html) == ["Articles", "Moments"]
    assert re.findall(r'<h3><a href="([^"]+)">([^<]+)</a></h3>', html) == [
        ("/news/x/", "The wool"), ("/news/z/", "More wool"), ("/history/#y", "Founded &lt;b&gt;"),
    ]  # fmt: skip
    assert '<p class="strand__date">5 November 2026</p>' in html


@pytest.mark.django_db
def test_a_partner_shows_what_we_do_together_its_people_and_its_conferences(client: Client) -> None:
    mill = partner(together="<p>We <b>mend</b>.</p>", website="https://mill.example/")
    person(organisation=mill, role="Miller")
    person("Bo Hidden", organisation=mill, is_public=False)
    person("Cy Elsewhere")
    html = read(client, "/partners/the-old-mill/")
    assert '<h1>The Old Mill</h1><p class="lead">It grinds.</p>' in html
    assert "We <b>mend</b>." in html
    assert '<h3><a href="/people/ada-weaver/">Ada Weaver</a></h3><p class="muted">Miller</p>' in html
    assert "Bo Hidden" not in html
    assert "Cy Elsewhere" not in html
    assert 'href="https://mill.example/" rel="external">Website of The Old Mill</a>' in html


@pytest.mark.django_db
def test_a_partners_conferences_are_told_newest_first_without_those_nobody_knows_of() -> None:
    from events.models import ConferencePage

    mill = partner()
    tell = dict(connections._offers)["events"]
    made: dict[str, Conference] = {}
    for title, facts in {
        "Then": {"past": True}, "Soon": {}, "Secret": {"draft": True}, "Without a page": {}, "Not ours": {},
    }.items():  # fmt: skip
        made[title] = ConferenceFactory(title=title, slug=title.lower().replace(" ", "-"), **facts)
        if title != "Not ours":
            made[title].partners.add(mill)
        if title != "Without a page":
            Page.objects.get(depth=1).add_child(
                instance=ConferencePage(title=title, slug=made[title].slug, conference=made[title])
            )
    assert [(told.title, told.url, told.fact) for told in tell(mill)] == [
        ("Soon", "/conferences/soon/", "16 June 2027"), ("Then", "/conferences/then/", "11 July 2019"),
    ]  # fmt: skip
    assert tell(person()) == []


@pytest.mark.django_db
def test_partners_are_listed_by_name_and_nobody_else_is(client: Client) -> None:
    assert "No partner has a page yet. The first will be here." in read(client, "/partners/")
    partner("Weavers")
    partner("Knitters", about="Two sentences. " * 30)
    partner("Employer", is_partner=False)
    html = read(client, "/partners/")
    assert re.findall(r'<h3><a href="([^"]+)">([^<]+)</a></h3>', html) == [
        ("/partners/knitters/", "Knitters"), ("/partners/weavers/", "Weavers"),
    ]  # fmt: skip
    assert "Employer" not in html
    assert "…" in html


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["people", "partners"])
def test_the_cost_does_not_grow_with_people_and_partners(client: Client, kind: str) -> None:
    counts = {}
    mill = partner("Mill", logo=picture("mill"))
    for number in (1, 3, 30):
        while Person.objects.count() < number:
            person(f"P {Person.objects.count()}", organisation=mill, portrait=picture(f"p{Person.objects.count()}"))
            partner(f"O {Organisation.objects.count()}", logo=picture(f"o{Organisation.objects.count()}"))
        path = {"people": "/partners/mill/", "partners": "/partners/"}[kind]
        read(client, path)
        with CaptureQueriesContext(connection) as queries:
            read(client, path)
        counts[number] = len([q for q in queries if FRESHNESS not in q["sql"]])
    assert counts[1] == counts[3] == counts[30] <= 15, counts


@pytest.mark.django_db
def test_the_page_of_a_person_is_cheap(client: Client) -> None:
    person(organisation=partner(), portrait=picture("ada"))
    read(client, "/people/ada-weaver/")
    with CaptureQueriesContext(connection) as queries:
        read(client, "/people/ada-weaver/")
    assert len(queries) <= 15


@pytest.mark.django_db
def test_a_page_that_would_be_empty_is_refused_by_the_database() -> None:
    for make in (lambda: person(about=""), lambda: partner(about="")):
        with pytest.raises(IntegrityError, match="page_says_something"), transaction.atomic():
            make()
    with pytest.raises(ValidationError, match="Write something about them first"):
        Person(name="Ada", slug="ada", is_public=True).full_clean()


@pytest.mark.django_db
def test_everybody_gets_an_address_of_their_own() -> None:
    names = ["Ada Weaver", "Ada Weaver", "ada  weaver!", "Łucja Ćwikła", "张伟", "李娜", "x" * 150, "x" * 150, "---"]
    found = [Person.objects.create(name=name).slug for name in names]
    assert len(set(found)) == len(found)
    assert found[:3] == ["ada-weaver", "ada-weaver-2", "ada-weaver-3"]
    assert found[4:6] == ["person", "person-2"]
    assert all(0 < len(slug) <= slugs.LONGEST for slug in found)
    ada = Person.objects.get(slug="ada-weaver")
    ada.name = "Ada Knitter"
    ada.save()
    assert ada.slug == "ada-weaver"


@pytest.mark.django_db
@settings(deadline=None, max_examples=40)
@given(names=st.lists(st.text(min_size=1, max_size=150), min_size=2, max_size=4))
def test_whatever_somebody_is_called_their_address_is_theirs_and_can_be_asked_for(names: list[str]) -> None:
    with transaction.atomic():
        found = [Person.objects.create(name=name.replace("\x00", "")).slug for name in names]
        assert len(set(found)) == len(found)
        assert all(re.fullmatch(r"[-a-zA-Z0-9_]{1,80}", slug) for slug in found)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/people/ada-weaver/", "/partners/the-old-mill/"])
def test_only_who_may_change_it_sees_the_door(client: Client, path: str) -> None:
    person()
    partner()
    assert "Edit this" not in read(client, path)
    reader: User = UserFactory(email="reader@example.org")
    client.force_login(reader)
    assert "Edit this" not in read(client, path)
    client.force_login(UserFactory(email="editor@example.org", is_staff=True, is_superuser=True))
    html = read(client, path)
    edit = re.search(r'href="(/admin/snippets/people/\w+/edit/\d+/)"', html)
    assert edit
    assert client.get(edit[1]).status_code == 200


@pytest.mark.django_db
def test_nobody_is_given_a_cookie_and_nothing_can_be_sent(client: Client) -> None:
    person()
    partner()
    for path in ("/people/ada-weaver/", "/partners/", "/partners/the-old-mill/"):
        answer = client.get(path)
        assert not answer.cookies
        assert answer["Cache-Control"].startswith("public")
        assert client.post(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_editors_preview_a_page_before_there_is_one(client: Client, kind: str) -> None:
    client.force_login(UserFactory(email="editor@example.org", is_staff=True, is_superuser=True))
    path = f"/admin/snippets/people/{kind}/preview/"
    data = {
        "name": "Somebody new",
        "about": "They are new.",
        "together": EMPTY,
        "story": EMPTY,
        "slug": "",
        "sort_order": "0",
    }
    answer = client.post(path, data)
    assert answer.json()["is_valid"], answer.content
    html = client.get(path).content.decode()
    assert "Somebody new" in html
    assert "They are new." in html
    assert not Person.objects.exists()


def test_blocks_lead_to_the_pages_of_those_who_have_one(people_page: PeoplePage, client: Client) -> None:
    public, shy, mill, other = person(), person("Bo", is_public=False), partner(), partner("No page", is_partner=False)
    people_page.body = json.dumps(
        [
            {"type": "people", "value": {"heading": "P", "intro": "", "people": [public.pk, shy.pk]}},
            {"type": "organisations", "value": {"heading": "O", "intro": "", "organisations": [mill.pk, other.pk]}},
        ]
    )
    people_page.save()
    html = read(client, "/people/")
    assert '<a href="/people/ada-weaver/">Ada Weaver</a>' in html
    assert '<a href="/partners/the-old-mill/">The Old Mill</a>' in html
    assert '"/people/bo/"' not in html
    assert '"/partners/no-page/"' not in html
