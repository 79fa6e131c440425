"""Who may do what: every deed of the house is tried by everybody, over HTTP, as a browser would."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from events.models import Conference, Order
from network_site.base.models import NetworkImage
from network_site.contact.models import Message
from network_site.history.models import Era, Theme, TimelineEvent
from network_site.news.models import NewsPage
from network_site.pages.models import StandardPage
from network_site.people.models import User

# It proves other things than lines, and counting these would make it twice as slow.
pytestmark = [pytest.mark.no_cover, pytest.mark.any_database]

AUTHOR, EDITOR, MANAGER = "arthur", "editor", "manager"
WRITERS, KEEPERS, STAFF = {AUTHOR, EDITOR}, {EDITOR, MANAGER}, {AUTHOR, EDITOR, MANAGER}
PEOPLE = ("", "delegate", AUTHOR, EDITOR, MANAGER)


@dataclass
class Somebody:
    """Whoever tries, with what there is to try it on."""

    name: str
    client: Client = field(default_factory=Client)

    def opens(self, path: str) -> bool:
        """Whether a screen opens, also where it leads on to another of its kind."""
        response = self.client.get(path, follow=True)
        leads_away = [to for to, _status in response.redirect_chain if to in {"/admin/", "/my/"} or "login" in to]
        return response.status_code == 200 and not leads_away

    def posts(self, path: str, data: dict[str, Any], *, then: Callable[[], bool]) -> bool:
        """Whether sending a form has its effect."""
        self.client.post(path, data)
        return then()


def somebody(name: str) -> Somebody:
    found = Somebody(name)
    if name:
        found.client.force_login(User.objects.get(email=f"{name}@example.org"))
    return found


# --- deeds that change something ------------------------------------------------------------------------


def page_form(**more: str) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": "A kettle",
            "slug": "a-kettle",
            "lead": "It boils.",
            "body": streamfield([]),
            "comments": inline_formset([]),
            **more,
        }
    )


def writes(person: Somebody, **more: str) -> bool:
    path = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", Page.objects.get(depth=2).pk])
    return person.posts(path, page_form(**more), then=StandardPage.objects.filter(slug="a-kettle").exists)


def publishes(person: Somebody) -> bool:
    return writes(person, **{"action-publish": "1"}) and StandardPage.objects.get(slug="a-kettle").live


def sends_in(person: Somebody) -> bool:
    return writes(person, **{"action-submit": "1"}) and TaskState.objects.count() == 3


def notes_a_moment(person: Somebody, **more: str) -> bool:
    era = Era.objects.all()[0].pk
    form = {"title": "A kettle", "summary": "It boils.", "slug": "a-kettle", "era": era}
    date = {"precision": "year", "starts_on_year": "2020", "starts_on_month": "", "starts_on_day": ""}
    parts = {"links": streamfield([]), "tied_publications": inline_formset([])}
    data = nested_form_data({**form, **date, **parts, **more})
    exists = TimelineEvent.objects.filter(slug="a-kettle").exists
    return person.posts(reverse("history_moments:add"), data, then=exists)


def publishes_a_moment(person: Somebody) -> bool:
    return notes_a_moment(person, **{"action-publish": "1"}) and TimelineEvent.objects.get(slug="a-kettle").live


def approves(person: Somebody) -> bool:
    page = NewsPage.objects.get(live=False)
    task = page.current_workflow_task_state
    path = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    return person.posts(path, {"comment": "Good."}, then=NewsPage.objects.filter(pk=page.pk, live=True).exists)


def approves_a_moment(person: Somebody) -> bool:
    moment = TimelineEvent.objects.get(live=False)
    task = moment.current_workflow_task_state
    path = reverse("history_moments:workflow_action", args=[moment.pk, "approve", task.pk])
    return person.posts(path, {"comment": ""}, then=TimelineEvent.objects.filter(pk=moment.pk, live=True).exists)


def adds_a_theme(person: Somebody) -> bool:
    data = {"name": "Kettles", "slug": "kettles", "icon": "place", "colour": "teal"}
    return person.posts(reverse("history_themes:add"), data, then=Theme.objects.filter(slug="kettles").exists)


def redirects(person: Somebody) -> bool:
    data = {"old_path": "/kettle/", "is_permanent": "on", "redirect_link": "https://www.example.org/"}
    made = Redirect.objects.filter(old_path="/kettle").exists
    return person.posts(reverse("wagtailredirects:add"), data, then=made)


def reads_again(person: Somebody) -> bool:
    page = StandardPage.objects.get(slug="accessibility")
    path = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'reviewed'])}?id={page.pk}"
    later = StandardPage.objects.filter(pk=page.pk, review_on__gt=timezone.localdate())
    return person.posts(path, {}, then=later.exists)


def takes_down(person: Somebody) -> bool:
    page = StandardPage.objects.get(slug="accessibility")
    down = StandardPage.objects.filter(pk=page.pk, live=False).exists
    return person.posts(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {}, then=down)


def answers(person: Somebody) -> bool:
    message = Message.objects.filter(status=Message.Status.NEW)[0]
    answered = Message.objects.filter(pk=message.pk, status=Message.Status.ANSWERED).exists
    return person.posts(reverse("contact_messages:move", args=[message.pk]), {"to": "answered"}, then=answered)


# --- the table ------------------------------------------------------------------------------------------


def the(model: Any, **which: Any) -> int:
    """The key of the first such thing."""
    return int(model.objects.filter(**which).order_by("pk")[0].pk)


def opens(name: str, *args: Callable[[], Any]) -> Callable[[Somebody], bool]:
    """A deed that is a screen."""
    return lambda person: person.opens(reverse(name, args=[one() for one in args]))


def at(path: str) -> Callable[[Somebody], bool]:
    return lambda person: person.opens(path)


def order() -> int:
    return the(Order, buyer_email="delegate@example.org")


def site() -> int:
    return the(Site)


def conference() -> int:
    return the(Conference, slug="closer-to-home")


DEEDS: dict[str, tuple[Callable[[Somebody], bool], set[str]]] = {
    "enter the admin": (at("/admin/"), STAFF),
    "read the guide": (at("/admin/guide/"), STAFF),
    "write a page": (writes, WRITERS),
    "publish a page": (publishes, {EDITOR}),
    "send a page in": (sends_in, WRITERS),
    "write news": (opens("wagtailadmin_pages:add", lambda: "news", lambda: "newspage", lambda: the(Page, slug="news")), WRITERS),
    "add a course": (
        opens("wagtailadmin_pages:add", lambda: "learning", lambda: "coursepage", lambda: the(Page, slug="courses-and-resources")),
        WRITERS,
    ),
    "approve news": (approves, {EDITOR}),
    "take a page down": (takes_down, {EDITOR}),
    "say that a page was read again": (reads_again, WRITERS),
    "see the list of news": (at("/admin/articles/"), STAFF),
    "see the moments": (opens("history_moments:list"), STAFF),
    "look at a moment": (opens("history_moments:inspect", lambda: the(TimelineEvent)), STAFF),
    "note a moment": (notes_a_moment, WRITERS),
    "change a moment": (opens("history_moments:edit", lambda: the(TimelineEvent)), WRITERS),
    "publish a moment": (publishes_a_moment, {EDITOR}),
    "approve a moment": (approves_a_moment, {EDITOR}),
    "import moments": (opens("history_moments:import"), WRITERS),
    "order moments of one date": (opens("history_moments:ties"), {EDITOR}),
    "see the themes": (opens("history_themes:list"), STAFF),
    "add a theme": (adds_a_theme, {EDITOR}),
    "add an era": (opens("history_eras:add"), {EDITOR}),
    "write of a person": (at("/admin/snippets/people/person/add/"), KEEPERS),
    "add a topic": (at("/admin/snippets/base/topic/add/"), {EDITOR}),
    "add a picture": (at("/admin/images/multiple/add/"), STAFF),
    "change a picture": (opens("wagtailimages:edit", lambda: the(NetworkImage)), KEEPERS),
    "arrange the menu": (opens("wagtailsettings:edit", lambda: "ui", lambda: "navigation", site), {EDITOR}),
    "announce something": (opens("wagtailsettings:edit", lambda: "ui", lambda: "announcement", site), {EDITOR}),
    "put a page first in the search": (opens("wagtailsearchpromotions:add"), {EDITOR}),
    "make a redirect": (redirects, {EDITOR}),
    "read the reports": (at("/admin/reports/house/review/"), STAFF),
    "see what was asked for in vain": (at("/admin/asked-for-in-vain/"), {EDITOR}),
    "read messages": (at("/admin/messages/"), {EDITOR}),
    "answer a message": (answers, {EDITOR}),
    "see what readers think": (at("/admin/page-feedback/"), {EDITOR}),
    "see the conferences": (at("/admin/conferences/"), {MANAGER}),
    "sell tickets": (opens("conferences:tickets", conference), {MANAGER}),
    "take the list of those who come": (opens("conferences:attendees", conference), {MANAGER}),
    "keep places back": (opens("conferences:keep_back", conference), {MANAGER}),
    "see an order": (opens("orders:order", order), {MANAGER}),
    "cancel an order": (opens("orders:cancel", order), {MANAGER}),
    "see letters": (at("/admin/outbox/"), {MANAGER}),
    "see incidents": (at("/admin/incidents/"), {MANAGER}),
    "read the audit trail": (at("/admin/audit-trail/"), {MANAGER}),
    "see accounts": (at("/admin/users/"), set()),
    "give roles": (at("/admin/groups/"), set()),
    "arrange workflows": (at("/admin/workflows/list/"), set()),
}  # fmt: skip


@pytest.fixture
def people(demo_db: str) -> list[Somebody]:
    return [somebody(name) for name in PEOPLE]


def test_everybody_may_do_what_is_theirs_and_nothing_else(people: list[Somebody]) -> None:
    wrong = {}
    for name, (deed, wanted) in DEEDS.items():
        able = set()
        for person in people:
            with transaction.atomic():
                able |= {person.name} if deed(person) else set()
                transaction.set_rollback(True)
        if able != wanted:
            wrong[name] = f"{sorted(able)} instead of {sorted(wanted)}"
    assert wrong == {}


# --- the first screen -----------------------------------------------------------------------------------


def ways_from(html: str) -> set[str]:
    """Where the first screen leads: the menu, which is data, and every link."""
    menu = re.search(r'<script id="wagtail-sidebar-props" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert menu
    links = set(re.findall(r'href="(/admin/[^"#]*)"', html))
    return {url for url in links | set(urls_in(json.loads(menu[1]))) if "logout" not in url and "sprite" not in url}


def urls_in(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        for name, value in found.items():
            if name == "url" and isinstance(value, str) and value.startswith("/admin/"):
                yield value
            yield from urls_in(value)
    elif isinstance(found, list):
        for value in found:
            yield from urls_in(value)


# What each role reads on its first screen, and what is not for it.
FIRST_SCREEN = {
    AUTHOR: (("What a kettle counted", "A list of whom to call"), ("sent in for you to read", "new message", "Sales")),
    EDITOR: (("2 texts were sent in for you to read", "new messages", "due to be read again"), ("today",)),
    MANAGER: (("places booked today",), ("sent in for you to read", "new message", "/admin/articles/")),
}


def test_the_first_screen_shows_what_waits_and_leads_to_no_closed_door(people: list[Somebody]) -> None:
    wrong = {}
    for person in people:
        if person.name in FIRST_SCREEN:
            wrong[person.name] = wrong_on_first_screen(person)
    assert wrong == {name: [] for name in FIRST_SCREEN}


def wrong_on_first_screen(person: Somebody) -> list[str]:
    """What is missing, what is too much, and the closed doors it leads to."""
    html = person.client.get("/admin/").content.decode()
    ways = sorted(ways_from(html))
    text = " ".join([*re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split(), *ways])
    shown, hidden = FIRST_SCREEN[person.name]
    missing = [words for words in shown if words not in text]
    too_much = [words for words in hidden if words in text]
    return [*missing, *too_much, *(way for way in ways if not person.opens(way))]
