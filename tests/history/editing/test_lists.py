"""The list of moments, the order of those that share a date, and who may do what."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from network_site.base.models import AuditEntry
from network_site.base.offers import waiting
from network_site.history.cells import COLUMNS
from network_site.history.editing.ties import move, ties
from network_site.history.models import Era, Theme, TimelineEvent
from network_site.people.models import User
from tests.history.editing.conftest import Make

LIST = "history_moments:list"


def titles(client: Client, **asked: Any) -> list[str]:
    """What the list shows for these filters."""
    return [event.title for event in client.get(reverse(LIST), asked).context["object_list"]]


def test_the_list_says_what_an_editor_looks_for(editor: Client, moment: Make, theme: Theme) -> None:
    moment(precision="season", starts_on=date(2018, 4, 1), is_milestone=True, themes=[theme])
    page = editor.get(reverse(LIST)).content.decode()
    for words in ("The first conference", "Spring 2018", "The founding", "Research", "Milestone", "live"):
        assert words in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Old", "Full", "Around", "Draft"]),
        ({"themes": "{theme}"}, ["Old"]),
        ({"era": "{era}"}, ["Draft"]),
        ({"is_milestone": "true"}, ["Old"]),
        ({"is_sold_out": "true"}, ["Full"]),
        ({"is_around_us": "true"}, ["Around"]),
        ({"live": "false"}, ["Draft"]),
        ({"live": "true"}, ["Old", "Full", "Around"]),
        ({"needs_attention": "true"}, ["Around"]),
        ({"needs_attention": "false"}, ["Old", "Full", "Draft"]),
        ({"q": "ful"}, ["Full"]),
        ({"q": "nothing like it"}, []),
        ({"q": "%' OR 1=1 --"}, []),
        ({"ordering": "-starts_on"}, ["Draft", "Around", "Full", "Old"]),
        ({"ordering": "; DROP TABLE"}, ["Old", "Full", "Around", "Draft"]),
    ],
)
def test_the_list_can_be_narrowed(
    editor: Client, moment: Make, theme: Theme, asked: dict[str, str], found: list[str]
) -> None:
    other = Era.objects.create(slug="later", title="Later", years="x", starts_on=date(2017, 1, 1))
    moment("Old", themes=[theme], is_milestone=True)
    moment("Full", is_sold_out=True, starts_on=date(2016, 2, 1))
    moment("Around", is_around_us=True, links=[], starts_on=date(2016, 3, 1))
    moment("Draft", live=False, era=other, starts_on=date(2016, 4, 1))
    asked = {name: value.format(theme=theme.pk, era=other.pk) for name, value in asked.items()}
    assert titles(editor, **asked) == found


def test_the_list_asks_as_often_for_one_moment_as_for_many(editor: Client, moment: Make, theme: Theme) -> None:
    editor.get(reverse(LIST))
    asked = []
    for number in (1, 3, 30):
        for n in range(TimelineEvent.objects.count(), number):
            moment(f"Moment {n}", themes=[theme]).save_revision().publish()
        with CaptureQueriesContext(connection) as queries:
            assert len(titles(editor)) == number
        asked.append(len(queries))
    assert len(set(asked)) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_asks_as_often_for_one_moment_as_for_many(editor: Client, moment: Make, kind: str) -> None:
    editor.get(reverse(LIST))
    asked = []
    for number in (1, 3, 30):
        for n in range(TimelineEvent.objects.count(), number):
            moment(f"Moment {n}")
        with CaptureQueriesContext(connection) as queries:
            b"".join(editor.get(reverse(LIST), {"export": kind}).streaming_content)
        asked.append(len(queries))
    assert len(set(asked)) == 1


def test_the_files_say_what_the_import_reads(editor: Client, moment: Make, theme: Theme) -> None:
    moment("@SUM(1)", slug="sum", themes=[theme], delegates=94)
    content = b"".join(editor.get(reverse(LIST), {"export": "csv"}).streaming_content).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(content))
    assert header == list(COLUMNS)
    cells = dict(zip(header, row, strict=True))
    assert (cells["title"], cells["date"], cells["themes"], cells["delegates"]) == (
        "'@SUM(1)",
        "2016-01",
        "research",
        "94",
    )
    book = load_workbook(io.BytesIO(b"".join(editor.get(reverse(LIST), {"export": "xlsx"}).streaming_content)))
    assert [cell.value for cell in book.active[1]] == list(COLUMNS)
    assert all(cell.data_type != "f" for cell in book.active[2])


def test_moments_of_one_date_are_put_in_order(editor: Client, edith: User, moment: Make) -> None:
    c = [moment(title) for title in "ABC"][-1]
    other = moment("Other", starts_on=date(2017, 1, 1))
    assert [[event.title for event in group] for group in ties()] == [["A", "B", "C"]]
    page = editor.get(reverse("history_moments:ties")).content.decode()
    assert "w-orderable" in page
    assert "Other" not in page
    assert editor.post(reverse("history_moments:reorder", args=[c.pk]) + "?position=0").status_code == 200
    assert [event.title for event in ties()[0]] == ["C", "A", "B"]
    editor.post(reverse("history_moments:reorder", args=[c.pk]) + "?position=1")
    assert [event.title for event in ties()[0]] == ["A", "C", "B"]
    other.refresh_from_db()
    assert other.tie_order == 0
    entry = AuditEntry.objects.filter(verb="ordered").latest("pk")
    assert (entry.by, entry.subject, entry.data) == (edith, f"moment:{c.pk}", {"to": 1})


@pytest.mark.parametrize("position", ["", "-1", "99", "x", "1e9", "9" * 40, "٣"])
def test_any_other_place_is_the_last(editor: Client, moment: Make, position: str) -> None:
    first, _second = moment("A"), moment("B")
    assert editor.post(reverse("history_moments:reorder", args=[first.pk]) + f"?position={position}").status_code == 200
    assert [event.title for event in ties()[0]] == ["B", "A"]


def test_ordering_leaves_other_eras_alone(edith: User, moment: Make) -> None:
    later = Era.objects.create(slug="later", title="Later", years="x", starts_on=date(2017, 1, 1))
    a, b = moment("A"), moment("B", era=later)
    assert ties() == []
    move(a, to=5, by=edith)
    b.refresh_from_db()
    assert (a.tie_order, b.tie_order) == (0, 0)


def test_there_may_be_nothing_to_order(editor: Client) -> None:
    assert "No two moments share a date" in editor.get(reverse("history_moments:ties")).content.decode()


def test_ordering_asks_as_often_for_one_date_as_for_many(editor: Client, moment: Make) -> None:
    asked = []
    for number in (1, 3, 30):
        for n in range(TimelineEvent.objects.count() // 2, number):
            for name in "AB":
                moment(f"{name} {n}", starts_on=date(2000 + n, 1, 1))
        with CaptureQueriesContext(connection) as queries:
            assert len(ties()) == number
        asked.append(len(queries))
    assert set(asked) == {1}


WRITING = [("add", False), ("edit", True), ("copy", True), ("delete", True), ("usage", True)]
BULK = [("import", False), ("import_check", False), ("import_template", False)]
SEEING = [("list", False), ("inspect", True), ("dates", False)]


@pytest.fixture
def who(request: pytest.FixtureRequest) -> Callable[[str], Client]:
    """Somebody of the cast by name."""
    return lambda name: Client() if name == "anonymous" else request.getfixturevalue(name)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("editor", {"write", "bulk", "see", "order"}),
        ("writer", {"write", "bulk", "see"}),
        ("manager", {"see"}),
        ("delegate", set()),
        ("anonymous", set()),
    ],
)
def test_everybody_sees_what_is_theirs(who: Callable[[str], Client], moment: Make, name: str, may: set[str]) -> None:
    event, client = moment("A"), who(name)
    moment("B")
    doors = [("write", one) for one in WRITING] + [("bulk", one) for one in BULK] + [("see", one) for one in SEEING]
    for kind, (page, is_of_one) in [*doors, ("order", ("ties", False))]:
        answer = client.get(reverse(f"history_moments:{page}", args=[event.pk] if is_of_one else []))
        went_in = answer.status_code == 200 or answer.get("Location", "") == reverse("history_moments:import")
        assert went_in == (kind in may), (page, answer.status_code)


@pytest.mark.parametrize("name", ["manager", "delegate", "anonymous"])
def test_nobody_else_changes_anything(who: Callable[[str], Client], moment: Make, name: str) -> None:
    a, client = moment("A"), who(name)
    moment("B")
    file = io.BytesIO(b"slug,title\na,Changed\n")
    file.name = "x.csv"
    posts: list[tuple[str, dict[str, Any]]] = [
        (reverse("history_moments:add"), {"title": "New"}),
        (reverse("history_moments:edit", args=[a.pk]), {"title": "Changed", "action-publish": "1"}),
        (reverse("history_moments:delete", args=[a.pk]), {}),
        (reverse("history_moments:unpublish", args=[a.pk]), {}),
        (reverse("history_moments:lock", args=[a.pk]), {}),
        (reverse("history_moments:reorder", args=[a.pk]) + "?position=1", {}),
        (reverse("history_moments:import"), {"file": file}),
        (reverse("history_moments:import_check"), {"seal": "x"}),
        (reverse("history_eras:add"), {"title": "New"}),
        (reverse("history_themes:add"), {"name": "New"}),
    ]
    for address, data in posts:
        assert client.post(address, data).status_code in {302, 403}, address
    a.refresh_from_db()
    assert (a.title, a.live, a.locked, a.tie_order) == ("A", True, False, 0)
    assert (TimelineEvent.objects.count(), Era.objects.count(), Theme.objects.count()) == (2, 1, 0)


def test_ordering_needs_leave_to_publish(writer: Client, moment: Make) -> None:
    event = moment("A")
    moment("B")
    assert writer.post(reverse("history_moments:reorder", args=[event.pk]) + "?position=1").status_code in {302, 403}
    assert "Order moments" not in writer.get(reverse(LIST)).content.decode()
    assert "Import a spreadsheet" in writer.get(reverse(LIST)).content.decode()


def test_who_may_only_see_is_offered_nothing_else(manager: Client, moment: Make) -> None:
    event = moment("A")
    page = manager.get(reverse(LIST)).content.decode()
    for words in ("Import a spreadsheet", "Order moments", "Add a moment"):
        assert words not in page
    assert reverse("history_moments:inspect", args=[event.pk]) in page
    assert manager.get(reverse("wagtailsnippetchoosers_history_timelineevent:choose")).status_code == 200


@pytest.mark.parametrize(("name", "is_there"), [("editor", True), ("manager", True), ("delegate", False)])
def test_the_menu_has_the_history_for_those_who_may_see_it(
    who: Callable[[str], Client], name: str, is_there: bool
) -> None:
    page = who(name).get("/admin/").content.decode()
    assert ('"/admin/history/moments/"' in page or "/admin/history/moments/" in page) == is_there


def test_what_waits_is_told_to_those_who_can_do_something(
    editor: Client, manager: Client, moment: Make, rf: Any
) -> None:
    moment("Bare", links=[])
    (offer,) = [one for one in waiting.all() if one.__module__.startswith("network_site.history")]
    for client, told in ((editor, [1]), (manager, [])):
        request = rf.get("/admin/")
        request.user = User.objects.get(pk=client.session["_auth_user_id"])
        found = offer(request)
        assert [one.number for one in found] == told
        assert all(client.get(one.url).status_code == 200 for one in found)


def test_who_may_only_see_reads_what_visitors_read(manager: Client, moment: Make, theme: Theme) -> None:
    event = moment(themes=[theme], is_milestone=True, is_sold_out=True, delegates=1350)
    page = manager.get(reverse("history_moments:inspect", args=[event.pk])).content.decode()
    for words in ("January 2016", "The founding", "Research", "Milestone, sold out", "1,350 delegates.", "–", "live"):
        assert words in page
    assert "The report https://example.org/report" in page
    assert "/history/#the-first-conference" in page
    assert "1 Jan" not in page
