"""The reports: what is in them, for whom, as a list and as a file, and at what price."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from network_site.base.models import NetworkDocument, NetworkImage
from network_site.editing.links import uses
from network_site.editing.models import LinkCheck, PageReading
from network_site.editing.reading import read_pages
from network_site.editing.reports.files import YOUNG, unused
from network_site.editing.reports.urls import ENTRIES
from network_site.people.models import Person, User
from tests.editing.conftest import said

NAMES = [entry.name for entry in ENTRIES]
LONG_AGO = date(2020, 1, 1)
Status = LinkCheck.Status


def at(name: str, **query: Any) -> str:
    from urllib.parse import urlencode

    return f"{reverse(f'editing_reports:{name}')}?{urlencode(query, doseq=True)}"


def picture(title: str, **fields: Any) -> NetworkImage:
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (40, 30), "#0B5A5B").save(file, "PNG")
    file.seek(0)
    return NetworkImage.objects.create(title=title, file=ImageFile(file, name=f"{title}.png"), **fields)


def fill(add: Callable[..., Any], numbers: Iterable[int], editor: User) -> None:
    """One for each number of everything that any report lists."""
    pages = [add(f"Due {n}", review_on=LONG_AGO, text="<p>The PCN met.</p>", summary="", owner=editor) for n in numbers]
    read_pages(timezone.now(), most=100)
    for page in pages:
        Page.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
        uses.write_down(page, {f"https://{page.slug}.example/": "Words"}, now=timezone.now())
        picture(page.title)
    NetworkImage.objects.update(created_at=timezone.now() - YOUNG * 2)
    LinkCheck.objects.update(status=Status.BROKEN, checked_at=timezone.now(), failing_since=timezone.now())


def listed(response: Any) -> list[str]:
    """What a report lists, in its order."""
    return [str(getattr(one, "title", one)) for one in response.context["object_list"]]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_to_list(name: str, home: Any, desk: Client) -> None:
    response = desk.get(at(name))
    assert listed(response) == (["The network"] if name == "oldest" else [])
    assert str(response.context["lead"]) in unescape(said(response))


def statements(desk: Client, name: str, least: int) -> int:
    """What a report asks the database, with at least so many things in it."""
    desk.get(at(name))
    with CaptureQueriesContext(connection) as queries:
        response = desk.get(at(name))
    assert len(listed(response)) >= least
    return len(queries)


def test_a_list_costs_the_same_however_long(add: Callable[..., Any], desk: Client, editor: User) -> None:
    counts: dict[str, set[int]] = {name: set() for name in NAMES}
    for numbers in (range(1), range(1, 3), range(3, 30)):
        fill(add, numbers, editor)
        for name in NAMES:
            counts[name].add(statements(desk, name, numbers.stop))
    assert {name: found for name, found in counts.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_downloads(name: str, kind: str, add: Callable[..., Any], desk: Client, editor: User) -> None:
    fill(add, range(2), editor)
    response = desk.get(at(name, export=kind))
    content = b"".join(response.streaming_content)
    assert f"{name.replace('_', '-')}.{kind}" in response["Content-Disposition"]
    if kind == "csv":
        lines = content.decode().splitlines()
        assert len(lines) >= 3
        assert len({line.count(",") >= lines[0].count(",") for line in lines}) == 1
    else:
        from openpyxl import load_workbook

        assert load_workbook(BytesIO(content)).active.max_row >= 3


def test_a_title_that_is_a_formula_stays_text(add: Callable[..., Any], desk: Client) -> None:
    add('=HYPERLINK("https://evil.example/")', review_on=LONG_AGO)
    content = b"".join(desk.get(at("review", export="csv")).streaming_content).decode()
    assert "'=HYPERLINK" in content


@pytest.mark.parametrize("name", NAMES)
def test_who_may_read_them(name: str, home: Any, as_user: Callable[[User], Client], author: User) -> None:
    assert as_user(author).get(at(name)).status_code == 200
    assert as_user(User.objects.create_user("visitor@example.org")).get(at(name)).status_code in {302, 403}
    assert Client().get(at(name)).status_code == 302


def test_the_menu_has_them_and_only_one_list_of_old_pages(home: Any, desk: Client) -> None:
    page = said(desk.get("/admin/"))
    for name in NAMES:
        assert reverse(f"editing_reports:{name}") in page
    assert "reports/aging-pages" not in page


def test_due_pages(add: Callable[..., Any], desk: Client, editor: User) -> None:
    add("Mine", review_on=LONG_AGO, owner=editor)
    add("Somebody’s", review_on=LONG_AGO)
    add("Not yet", review_on=timezone.localdate() + timedelta(days=1))
    response = desk.get(at("review"))
    assert sorted(listed(response)) == ["Mine", "Somebody’s"]
    assert reverse("wagtail_bulk_action", args=["wagtailcore", "page", "reviewed"]) in said(response)
    assert listed(desk.get(at("review", whose="me"))) == ["Mine"]


def test_pages_without_a_summary(add: Callable[..., Any], desk: Client) -> None:
    add("Has one")
    add("Has another", summary="", search_description="For search engines.")
    add("Has none", summary="")
    assert listed(desk.get(at("summaries"))) == ["Has none"]


def test_oldest_first_and_those_without_a_date_before_all(add: Callable[..., Any], desk: Client) -> None:
    add("New")
    old, oldest = add("Old"), add("Oldest")
    Page.objects.filter(pk=old.pk).update(last_published_at=timezone.now() - timedelta(days=900))
    Page.objects.filter(pk=oldest.pk).update(last_published_at=None)
    Page.objects.filter(slug="front").update(last_published_at=timezone.now())
    assert listed(desk.get(at("oldest")))[:2] == ["Oldest", "Old"]
    assert listed(desk.get(at("oldest", ordering="title"))) == ["New", "Old", "Oldest", "The network"]


def test_unfinished_drafts(add: Callable[..., Any], desk: Client, editor: User) -> None:
    add("Published")
    begun = add("Begun", live=False, owner=editor)
    begun.save_revision()
    Page.objects.filter(pk=begun.pk).update(
        has_unpublished_changes=True, latest_revision_created_at=timezone.now() - timedelta(days=20)
    )
    assert listed(desk.get(at("drafts", whose="me", untouched=14))) == ["Begun"]
    assert listed(desk.get(at("drafts", untouched=30))) == []
    assert listed(desk.get(at("drafts"))) == ["Begun"]


@pytest.mark.parametrize("days", ["-1", "x", "99999999999999999999", ""])
def test_odd_filters_break_nothing(days: str, home: Any, desk: Client) -> None:
    assert desk.get(at("drafts", untouched=days)).status_code == 200


def test_findings_lead_to_the_whole_report(add: Callable[..., Any], desk: Client) -> None:
    page = add("Short forms", text="<p>The PCN met the ICB.</p>")
    add("All good", text="<p>Come in.</p>")
    read_pages(timezone.now())
    shown = said(desk.get(at("findings")))
    assert reverse("editing:before_you_publish", args=[page.pk]) in shown
    assert "An abbreviation is not explained." in shown
    assert "All good" not in shown
    assert "Short forms" in said(desk.get(at("findings", rule="house-abbreviation")))
    assert "Short forms" not in said(desk.get(at("findings", rule="house-transcript")))


def test_many_kinds_of_findings_are_summed_up(add: Callable[..., Any], desk: Client) -> None:
    add(
        text="<p>The PCN. <a href='/x/'>here</a> <a href='https://a.example/'>https://a.example/</a> <a href='/documents/1/a.pdf'>A file</a></p>"
    )
    read_pages(timezone.now())
    assert "And 1 other." in said(desk.get(at("findings")))


def test_links_that_need_a_look(add: Callable[..., Any], desk: Client) -> None:
    page, draft = add("Uses them"), add("A draft", live=False)
    now = timezone.now()
    uses.write_down(page, {f"https://{status}.example/": f"To {status}" for status in Status}, now=now)
    uses.write_down(draft, {"https://draft.example/": "Words"}, now=now)
    for status in Status:
        moved = {"moved_to": "https://new.example/"} if status == Status.MOVED else {}
        LinkCheck.objects.filter(address=f"https://{status}.example/").update(
            status=status, checked_at=now, note="Why.", **moved
        )
    LinkCheck.objects.filter(address="https://draft.example/").update(status=Status.BROKEN, checked_at=now)
    shown = said(desk.get(at("links")))
    assert [shown.index(f"https://{status}.example/") for status in ("broken", "moved", "unsure")] == sorted(
        shown.index(f"https://{status}.example/") for status in ("broken", "moved", "unsure")
    )
    assert "https://works.example/" not in shown
    assert "https://draft.example/" not in shown
    assert "https://new.example/" in shown
    assert "“To broken”" in shown
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown
    assert "https://works.example/" in said(desk.get(at("links", status="works")))
    assert "https://broken.example/" not in said(desk.get(at("links", status="broken", place="here")))


def test_an_address_is_never_a_script(add: Callable[..., Any], desk: Client) -> None:
    uses.write_down(add(), {'https://a.example/"><script>alert(1)</script>': "<b>x</b>"}, now=timezone.now())
    LinkCheck.objects.update(status=Status.BROKEN, checked_at=timezone.now())
    shown = said(desk.get(at("links")))
    assert "<script>alert" not in shown
    assert "<b>x</b>" not in shown


def test_a_page_that_is_gone_has_a_name(add: Callable[..., Any], desk: Client) -> None:
    uses.write_down(add(), {"": "Our guide"}, now=timezone.now())
    LinkCheck.objects.update(status=Status.BROKEN, checked_at=timezone.now())
    assert "A page that is gone" in said(desk.get(at("links")))
    content = b"".join(desk.get(at("links", export="csv")).streaming_content).decode()
    assert "a page that is gone" in content


def test_pictures_that_do_not_say_what_they_show(home: Any, desk: Client) -> None:
    used = picture("Used")
    picture("Unused")
    picture("Said", description="Two women mend a lamp")
    person = Person.objects.create(name="Marie", portrait=used)
    ReferenceIndex.create_or_update_for_object(person)
    assert listed(desk.get(at("pictures"))) == ["Used", "Unused"]
    assert listed(desk.get(at("pictures", ordering="title"))) == ["Unused", "Used"]


def test_files_nothing_uses(home: Any, desk: Client) -> None:
    person = Person.objects.create(name="Marie", portrait=picture("Used"))
    ReferenceIndex.create_or_update_for_object(person)
    picture("Unused")
    NetworkDocument.objects.create(title="Old report", file=ContentFile(b"x" * 5000, name="r.pdf"))
    picture("Fresh")
    old = timezone.now() - YOUNG - timedelta(days=1)
    NetworkImage.objects.exclude(title="Fresh").update(created_at=old)
    NetworkDocument.objects.update(created_at=old)
    assert {file.title for file in unused(timezone.now())} == {"Unused", "Old report"}
    assert listed(desk.get(at("unused"))) == ["Old report", "Unused"]


def test_a_report_for_one_page_reads_the_draft(add: Callable[..., Any], desk: Client) -> None:
    page = add("A page", text="<p>Come in.</p>")
    assert "Nothing was found." in said(desk.get(reverse("editing:before_you_publish", args=[page.pk])))
    page.body = [("text", "<p>The PCN met the <a href='/x/'>here</a> &lt;b&gt;.</p>")]
    page.save_revision()
    shown = said(desk.get(reverse("editing:before_you_publish", args=[page.pk])))
    assert "An abbreviation is not explained." in shown
    assert "<li>PCN</li>" in shown
    assert not PageReading.objects.exists()


def test_a_report_for_one_page_is_for_those_who_may_change_it(
    add: Callable[..., Any], as_user: Callable[[User], Client], author: User
) -> None:
    page = add()
    url = reverse("editing:before_you_publish", args=[page.pk])
    assert as_user(User.objects.create_user("x@example.org")).get(url).status_code in {302, 403}
    assert as_user(author).get(reverse("editing:before_you_publish", args=[1])).status_code == 404
    assert as_user(author).get(reverse("editing:before_you_publish", args=[99999])).status_code == 404


def test_the_page_menu_leads_to_its_report(add: Callable[..., Any], desk: Client) -> None:
    page = add()
    assert reverse("editing:before_you_publish", args=[page.pk]) in said(desk.get(f"/admin/pages/{page.pk}/edit/"))
