"""The shelf as a page: without JavaScript, at a constant cost, and without what is not public."""

import re
from typing import Any

import html5lib
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from network_site.base.offers import connections, newest_writing
from network_site.learning.models import CoursePage, LearningIndexPage, ResourcePage
from network_site.people.models import Organisation, Person
from tests.learning.conftest import Put
from tests.pages.reading import Html

SHELF = "/courses-and-resources/"
FRESHNESS = "base_freshness"
NOON = "2026-11-21T12:00:00Z"


def read(client: Client, path: str = SHELF) -> Html:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return Html(answer.content.decode())


def titles(html: str) -> list[str]:
    return re.findall(r'<h4><a href="[^"]+">([^<]+)</a></h4>', html)


def test_courses_and_resources_stand_under_their_headings(put: Put, client: Client) -> None:
    put("A guide", "guide", year=2017)
    put("A course")
    html = read(client)
    assert titles(html) == ["A course", "A guide"]
    assert (
        html.index("Courses</h3>")
        < html.index("A course")
        < html.index("To read, watch and take away")
        < html.index("A guide")
    )
    assert "<strong>2</strong> courses and resources." in html
    assert '<p class="tag tag--teal">Guide, 2017</p>' in html


def test_an_empty_shelf_says_so(index: LearningIndexPage, client: Client) -> None:
    html = read(client)
    assert "Nothing is here yet. The first course will be." in html
    assert "Show everything" not in html


def test_when_nothing_fits_there_is_a_way_back(put: Put, client: Client) -> None:
    put("A course", topics=("Wool",))
    html = read(client, f"{SHELF}?q=zzz&topic=wool")
    assert titles(html) == []
    assert "<strong>0</strong> of 1 fit what you chose." in html
    assert f'<a class="button button--quiet" href="{SHELF}">Show everything</a>' in html
    assert f'href="{SHELF}">Clear all</a>' in html


def test_what_was_chosen_stays_chosen_in_the_form(put: Put, client: Client) -> None:
    put("A course", topics=("Wool",), audiences=("Link workers",))
    answer = client.get(f"{SHELF}?q=%22%3E%3Cscript%3E&kind=course&topic=wool&for=link-workers&free=yes")
    tree = html5lib.parse(answer.content, namespaceHTMLElements=False)
    boxes = {(box.get("name"), box.get("value")) for box in tree.iter("input") if box.get("checked") is not None}
    assert boxes == {("kind", "course"), ("topic", "wool"), ("for", "link-workers"), ("free", "yes")}
    words = next(box for box in tree.iter("input") if box.get("name") == "q")
    assert words.get("value") == '"><script>'
    assert b'"><script>' not in answer.content
    form = next(form for form in tree.iter("form") if form.get("id") == "choose")
    assert (form.get("method"), form.get("action")) == ("get", SHELF)
    assert {box.get("form") for box in tree.iter("input") if box.get("name") in {"kind", "topic", "for"}} == {"choose"}
    details = next(one for one in tree.iter("details") if one.get("class") == "learning-facets")
    assert details.get("open") is not None


def test_each_box_of_the_form_is_an_address_that_shows_what_it_promises(put: Put, client: Client) -> None:
    for number in range(12):
        put(
            f"Thing {number}", ("course", "guide", "film")[number % 3], topics=("Wool", "Tea")[: number % 3],
            audiences=("Everybody",)[: number % 2], is_free=number % 4 != 0,
        )  # fmt: skip
    tree = html5lib.parse(client.get(SHELF).content, namespaceHTMLElements=False)
    promised = {}
    for label in tree.iter("label"):
        for box in (box for box in label.iter("input") if box.get("form") == "choose"):
            number = next(one.text for one in label.iter("span") if one.get("class") == "count")
            promised[f"{box.get('name')}={box.get('value')}"] = int(number or "")
    assert len(promised) == 7
    for query, number in promised.items():
        assert len(titles(read(client, f"{SHELF}?{query}"))) == number, query


def test_drafts_and_closed_pages_are_nowhere(put: Put, client: Client) -> None:
    put("Public", topics=("Wool",))
    put("Secret", topics=("Plans",), audiences=("Spies",), live=False)
    PageViewRestriction.objects.create(page=put("Members", "guide"), restriction_type="password", password="wool")
    for path in (SHELF, f"{SHELF}?q=secret", f"{SHELF}public/", f"{SHELF}?topic=plans"):
        html = read(client, path)
        html = html[html.index("<main") :]
        for never in ("Secret", "Members", "Plans", "Spies"):
            assert never not in html, (path, never)
    assert client.get(f"{SHELF}secret/").status_code == 404
    assert b"Members, in short." not in client.get(f"{SHELF}members/").content


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"starts": "any_time"}, "Start any time"),
        ({"starts": "on_dates"}, "Next start not known yet"),
        ({"starts": "on_dates", "next_start_on": "2026-11-20"}, "Next start not known yet"),
        ({"starts": "on_dates", "next_start_on": "2026-11-21"}, "Starts Saturday 21 November 2026"),
        ({"starts": "on_dates", "next_start_on": "2027-01-18"}, "Starts Monday 18 January 2027"),
    ],
)
def test_a_start_that_is_past_is_no_start(put: Put, client: Client, facts: dict[str, str], said: str) -> None:
    put("A course", **facts)
    assert said in read(client)
    html = read(client, f"{SHELF}a-course/")
    assert (
        f'<p class="learning-facets__start">{said}</p>' in html
        or f'<p class="learning-facts__start">{said}</p>' in html
    )
    assert ("startDate" in html) == said.startswith("Starts")


@pytest.mark.parametrize(
    ("weeks", "hours", "said"),
    [
        (4, 2, "4 weeks, 2 hours a week"), (1, 1, "1 week, 1 hour a week"), (6, None, "6 weeks"),
        (None, 8, "8 hours"), (None, 1, "1 hour"), (None, None, ""), (0, 0, ""),
    ],
)  # fmt: skip
def test_how_long_it_takes_is_said_as_far_as_it_is_known(
    put: Put, client: Client, weeks: int, hours: int, said: str
) -> None:
    put("A course", weeks=weeks, hours=hours)
    html = read(client, f"{SHELF}a-course/")
    assert ("<dt>How long</dt>" in html) == bool(said)
    assert said in html


def test_a_course_says_who_made_it_what_it_costs_and_that_it_is_elsewhere(put: Put, client: Client) -> None:
    mill = Organisation.objects.create(name="The Mill", about="Grinds.", is_partner=True)
    put(
        "A course", provider=mill, is_free=False, cost="£120", level="further", certificate="Yes", audiences=("GPs",),
        address="https://www.futurelearn.com/courses/x?a=1&b=2",
    )  # fmt: skip
    html = read(client, f"{SHELF}a-course/")
    assert '<dd><a href="/partners/the-mill/">The Mill</a></dd>' in html
    assert '<p class="learning-facts__cost">£120</p>' in html
    assert "<dt>Level</dt><dd>Going further</dd>" in html
    assert "<dt>Certificate</dt><dd>Yes</dd>" in html
    assert "<dt>For</dt><dd>GPs</dd>" in html
    start = re.search(
        r'<a class="button" href="([^"]+)" rel="external" aria-describedby="leaving">Start learning</a>', html
    )
    assert start
    assert start[1] == "https://www.futurelearn.com/courses/x?a=1&amp;b=2"
    assert "This leaves our site and goes to futurelearn.com, which has its own rules about your data." in html
    assert '"@type":"Course"' in html


def test_without_a_certificate_or_a_price_that_is_said_too(put: Put, client: Client) -> None:
    put("A course", is_free=False)
    html = read(client, f"{SHELF}a-course/")
    assert "<dt>Certificate</dt><dd>None</dd>" in html
    assert '<p class="learning-facts__cost">Not free</p>' in html
    assert "Made by" not in html


def test_a_resource_offers_its_document_with_kind_and_size_and_its_address(put: Put, client: Client) -> None:
    from django.core.files.base import ContentFile

    from network_site.base.models import NetworkDocument

    file = NetworkDocument.objects.create(title="Sheet", file=ContentFile(b"x" * 2048, name="sheet.pdf"))
    put(
        "A sheet",
        "toolkit",
        document=file,
        address="https://example.org/s",
        year=2026,
        licence="CC BY 4.0",
        made_by="Ada",
    )
    html = read(client, f"{SHELF}a-sheet/")
    assert re.search(r'<a class="button" href="[^"]*sheet[^"]*">Download \(PDF, 2.0\s*KB\)</a>', html)
    assert '<a class="button button--quiet" href="https://example.org/s" rel="external"' in html
    for fact in ("<dt>Made by</dt><dd>Ada</dd>", "<dt>Year</dt><dd>2026</dd>", "<dt>Licence</dt><dd>CC BY 4.0</dd>"):
        assert fact in html
    assert '<p class="tag tag--teal">Toolkit, PDF, 2026</p>' in read(client)


def test_what_comes_from_a_course_says_so_and_the_course_shows_it(put: Put, client: Client) -> None:
    course = put("The course", made_by="A college", summary="Short.", topics=("Wool",))
    put("The article", "guide", course=course, topics=("Wool",))
    put("Another", "guide", topics=("Wool",))
    html = read(client, f"{SHELF}the-article/")
    assert "This article is from the free online course" in html
    assert '<p class="course__title">The course</p>' in html
    assert "Made by A college" in html
    assert f'href="{SHELF}the-course/"' in html
    alike = html[html.index("About the same things") :]
    assert "The course</a>" not in alike
    assert "Another</a>" in alike
    html = read(client, f"{SHELF}the-course/")
    assert html.index("From this course") < html.index("The article</a>") < html.index("About the same things")
    CoursePage.objects.update(live=False)
    assert "This article is from" not in read(client, f"{SHELF}the-article/")


def test_the_cost_does_not_grow_with_the_shelf(put: Put, client: Client) -> None:
    counts: dict[tuple[str, int], int] = {}
    paths = (SHELF, f"{SHELF}?topic=t1&for=a1&q=thing", f"{SHELF}thing-0/", f"{SHELF}thing-1/")
    mill = Organisation.objects.create(name="The Mill", about="x", is_partner=True)
    for number in (2, 4, 30):
        while CoursePage.objects.count() + ResourcePage.objects.count() < number:
            n = CoursePage.objects.count() + ResourcePage.objects.count()
            put(f"Thing {n}", ("course", "guide")[n % 2], topics=("T1", f"T{n % 4}"), audiences=("A1",), provider=mill)
        for path in paths:
            read(client, path)
            with CaptureQueriesContext(connection) as queries:
                read(client, path)
            counts[path, number] = len([q for q in queries if FRESHNESS not in q["sql"]])
    for path in paths:
        assert counts[path, 2] == counts[path, 4] == counts[path, 30], counts
    assert max(counts.values()) <= 15, counts


def test_an_organisations_courses_are_told_and_nobody_elses(put: Put) -> None:
    mill = Organisation.objects.create(name="The Mill")
    put("Course", provider=mill)
    put("Sheet", "toolkit", provider=mill)
    put("Draft", provider=mill, live=False)
    put("Other")
    tell = dict(connections._offers)["learning"]
    assert [(told.title, told.fact) for told in tell(mill)] == [("Course", "Course"), ("Sheet", "Resource")]
    assert tell(Organisation.objects.create(name="Loom")) == []
    assert tell(Person.objects.create(name="Ada")) == []


def test_the_newest_are_offered_to_the_home_page(put: Put) -> None:
    for day, (title, kind) in enumerate((("Old", "guide"), ("New", "course"), ("Newest", "film")), start=1):
        page = put(title, kind)
        type(page).objects.filter(pk=page.pk).update(first_published_at=f"2026-01-0{day}T12:00:00Z")
    put("Never", live=False)
    offered = dict(newest_writing._offers)["learning"](2)
    assert [(one.title, one.kind, one.published_on.isoformat()) for one in offered] == [
        ("Newest", "guide", "2026-01-03"), ("New", "course", "2026-01-02"),
    ]  # fmt: skip


def test_where_things_may_stand() -> None:
    assert set(LearningIndexPage.allowed_subpage_models()) == {CoursePage, ResourcePage}
    assert CoursePage.allowed_parent_page_models() == ResourcePage.allowed_parent_page_models() == [LearningIndexPage]
    assert CoursePage.allowed_subpage_models() == []


@pytest.mark.parametrize(
    "facts", [{"is_free": True, "cost": "£5"}, {"starts": "any_time", "next_start_on": "2027-01-01"}]
)
def test_the_database_refuses_what_cannot_be(put: Put, facts: dict[str, Any]) -> None:
    from django.core.exceptions import ValidationError
    from django.db import IntegrityError

    with pytest.raises((IntegrityError, ValidationError)):
        put("A course", **facts)


@pytest.fixture
def editor(db: None, client: Client) -> Any:
    from tests.factories.people import UserFactory

    user = UserFactory(email="editor@example.org", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@time_machine.travel(NOON, tick=False)
def test_editors_see_what_goes_out_of_date(put: Put, editor: Any, client: Client) -> None:
    mill = Organisation.objects.create(name="The Mill")
    put("A course", provider=mill, starts="on_dates", next_start_on="2026-11-01", review_on="2027-03-01")
    put("A film", "film", year=2019)
    html = Html(client.get("/admin/courses/").content.decode())
    for shown in ("A course", "The Mill", "Next start not known yet", "1 March 2027"):
        assert shown in html, shown
    assert "A film" not in html
    html = Html(client.get("/admin/resources/").content.decode())
    assert "Film" in html
    assert "2019" in html
    assert client.get("/admin/courses/?export=csv").status_code == 200
    assert client.get("/admin/snippets/learning/audience/").status_code == 200


@pytest.mark.parametrize("mode", ["", "entry"])
def test_both_can_be_previewed(put: Put, editor: Any, client: Client, mode: str) -> None:
    for page in (put("A course"), put("A guide", "guide")):
        html = page.make_preview_request(None, mode).content.decode()
        assert page.title in html
        assert "in short." in html
