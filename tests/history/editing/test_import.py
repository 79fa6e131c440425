"""Spreadsheets in and out: what is shown before anything is written, and what is written then."""

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook
from wagtail.models import Revision, Site

from network_site.base.models import AuditEntry
from network_site.history.cells import COLUMNS
from network_site.history.editing import rehearsal
from network_site.history.editing.reading import _as_text
from network_site.history.models import Era, Theme, TiedPublication, TimelineEvent
from network_site.people.models import Person, User
from research_db.models import Publication
from tests.factories.conferences import ConferenceFactory
from tests.history.editing.conftest import Make

HEADER = "slug,title,date,era,themes,summary"
GOOD = "first,The first,2016-01,founding,research,People met."
UPLOAD, CHECK, LIST = (f"history_moments:{name}" for name in ("import", "import_check", "list"))


def upload(client: Client, content: str | bytes, name: str = "moments.csv") -> HttpResponse:
    """Choose this file; the page that shows what would happen, or the form again."""
    raw = content.encode() if isinstance(content, str) else content
    file = io.BytesIO(raw)
    file.name = name
    return client.post(reverse(UPLOAD), {"file": file}, follow=True)


def confirm(client: Client, shown: HttpResponse, **more: str) -> HttpResponse:
    """Agree to what is shown."""
    return client.post(reverse(CHECK), {"seal": shown.context["report"].seal, "as": "drafts", **more}, follow=True)


def states(shown: HttpResponse) -> list[str]:
    """What becomes of each row."""
    return [line.state.value for line in shown.context["report"].lines]


def mistakes(shown: HttpResponse) -> list[tuple[int, str, str]]:
    """Row, column and sentence of everything wrong."""
    return [
        (line.number, wrong.column, wrong.words) for line in shown.context["report"].lines for wrong in line.mistakes
    ]


def refused(shown: HttpResponse) -> str:
    """Why the file was not read at all."""
    assert "report" not in shown.context
    return str(shown.context["form"].errors["file"][0])


def test_nothing_is_written_before_it_is_confirmed(editor: Client, era: Era, theme: Theme) -> None:
    shown = upload(editor, f"{HEADER}\n{GOOD}\n")
    assert states(shown) == ["new"]
    assert not TimelineEvent.objects.exists()
    assert not AuditEntry.objects.filter(verb="imported").exists()
    assert "Import one row" in shown.content.decode()


@pytest.mark.parametrize("kind", ["drafts", "published"])
def test_confirmed_rows_are_written_in_the_name_of_whoever_imports(
    editor: Client, edith: User, era: Era, theme: Theme, kind: str
) -> None:
    done = confirm(editor, upload(editor, f"{HEADER}\n{GOOD}\n"), **{"as": kind})
    event = TimelineEvent.objects.get()
    assert (event.slug, event.title, event.starts_on, event.precision) == (
        "first",
        "The first",
        date(2016, 1, 1),
        "month",
    )
    assert (event.era, list(event.themes.all()), event.live) == (era, [theme], kind == "published")
    assert event.latest_revision.user == edith
    entry = AuditEntry.objects.get(verb="imported")
    assert (entry.by, entry.subject) == (edith, "history")
    assert entry.data == {
        "file": "moments.csv", "published": kind == "published",
        "new": 1, "changed": 0, "unchanged": 0, "wrong": 0,
    }  # fmt: skip
    assert "1 moment was imported" in done.content.decode()


def test_the_same_file_again_changes_nothing(editor: Client, era: Era, theme: Theme) -> None:
    for kind in ("drafts", "published"):
        confirm(editor, upload(editor, f"{HEADER}\n{GOOD}\n"), **{"as": kind})
        assert Revision.objects.count() == 1
    assert states(upload(editor, f"{HEADER}\n{GOOD}\n")) == ["unchanged"]


def test_a_row_without_slug_is_known_by_its_title(editor: Client, era: Era) -> None:
    rows = "title;date;era;summary\nA day in May;2016-05;The Founding;We met.\n"
    confirm(editor, upload(editor, rows))
    assert TimelineEvent.objects.get().slug == "a-day-in-may"
    assert states(upload(editor, rows)) == ["unchanged"]


def test_changes_are_shown_old_and_new(editor: Client, moment: Make) -> None:
    moment(slug="first")
    shown = upload(editor, "slug,summary,date,sold_out\nfirst,Ninety-four people met.,March 2016,yes\n")
    assert states(shown) == ["changed"]
    assert [(c.column, c.old, c.new) for c in shown.context["report"].lines[0].changes] == [
        ("date", "2016-01", "2016-03"),
        ("summary", "Ninety people met.", "Ninety-four people met."),
        ("sold_out", "no", "yes"),
    ]
    page = shown.content.decode()
    assert "2016-01</del>" in page
    assert "2016-03</ins>" in page


def test_a_change_of_a_published_moment_waits_as_a_draft(editor: Client, moment: Make) -> None:
    event = moment(slug="first")
    event.save_revision().publish()
    confirm(editor, upload(editor, "slug,summary\nfirst,Changed.\n"))
    event = TimelineEvent.objects.get()
    assert (event.live, event.summary, event.has_unpublished_changes) == (True, "Ninety people met.", True)
    assert event.get_latest_revision_as_object().summary == "Changed."
    assert states(upload(editor, "slug,summary\nfirst,Changed.\n")) == ["unchanged"]
    shown = upload(editor, "slug,title\nfirst,Changed too\n")
    confirm(editor, shown, **{"as": "published"})
    event.refresh_from_db()
    assert (event.title, event.summary) == ("Changed too", "Changed.")


def test_good_rows_are_kept_and_wrong_ones_left(editor: Client, era: Era, theme: Theme) -> None:
    shown = upload(
        editor,
        f"{HEADER}\n{GOOD}\nbad,Bad,2016-13,nowhere,research; resurch,x\n,,,,,\nsecond,Second,2017,founding,,y\n",
    )
    assert states(shown) == ["new", "wrong", "new"]
    assert mistakes(shown) == [
        (3, "date", "“2016-13” is not a date. Write 2016, 2018-spring, 2016-03 or 2016-03-09."),
        (3, "era", "There is no era “nowhere”. Use one of these: founding."),
        (3, "themes", "There is no theme “resurch”. Use one of these: research."),
    ]
    assert "Import the 2 good rows, leave 1 wrong" in shown.content.decode()
    done = confirm(editor, shown)
    assert sorted(TimelineEvent.objects.values_list("slug", flat=True)) == ["first", "second"]
    assert "2 moments were imported as drafts. 1 wrong row was left out." in done.content.decode()


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("slug,title,era,summary\nnew,New,founding,x\n", "date", "A new moment needs this column."),
        ("slug,title,date,era,summary\nnew,New,,founding,x\n", "date", "Every moment needs this."),
        ("slug,title,date,era,summary\nnew,New,2016,,x\n", "era", "Every moment needs this."),
        ("slug,title\nfirst,\n", "title", "Every moment needs this."),
        ("slug,title\nfirst," + "x" * 121 + "\n", "title", "at most 120 characters"),
        ("slug,title,date,era,summary\nno slug,New,2016,founding,x\n", "slug", "valid “slug”"),
        ("slug,title,date,era,summary\n" + "x" * 81 + ",New,2016,founding,x\n", "slug", "at most 80 characters"),
        ("slug,title,date,era\n,???,2016,founding\n", "slug", "Give the moment’s slug, or a title"),
        ("slug,until\nfirst,2015-12\n", "until", "ends before it begins"),
        ("slug,until\nfirst,2016\n", "until", "as exactly as the date"),
        ("slug,until\nfirst,soon\n", "until", "is not a date"),
        ("slug,milestone\nfirst,perhaps\n", "milestone", "Write yes or no."),
        ("slug,delegates\nfirst,many\n", "delegates", "in figures only"),
        ("slug,delegates\nfirst,-3\n", "delegates", "in figures only"),
        ("slug,delegates\nfirst,99999999999\n", "delegates", "in figures only"),
        ("slug,conference\nfirst,none\n", "conference", "There is no conference “none”. Use one of these: none yet."),
        ("slug,people\nfirst,Nobody\n", "people", "There is no person “Nobody”. Use one of these: Twin, twin."),
        ("slug,people\nfirst,twin\n", "people", "More than one person is called “twin”."),
        ("slug,links\nfirst,just words\n", "links", "“just words” is not a link."),
        ("slug,links\nfirst,Bad javascript:alert(1)\n", "links", "is not a link."),
        ("slug,summary\nfirst,=HYPERLINK(1)\n", "summary", "spreadsheet programs run as a formula"),
        ("slug,title\nfirst,One\nfirst,Two\n", "slug", "Row 2 is about the same moment, “first”. Keep one of them."),
        ("title,sold_out\nThe first,no\nthe FIRST,no\n", "slug", "Row 2 is about the same moment"),
    ],
)
def test_each_mistake_is_told_with_its_column(editor: Client, moment: Make, row: str, column: str, words: str) -> None:
    moment("The first", slug="first")
    moment("The first", slug="the-first")
    Person.objects.create(name="Twin")
    Person.objects.create(name="twin")
    shown = upload(editor, row)
    (found,) = mistakes(shown)
    assert found[1] == column
    assert words in found[2]
    confirm(editor, shown)
    assert TimelineEvent.objects.get(slug="first").title in {"The first", "One"}


def test_a_guarded_formula_is_text(editor: Client, moment: Make) -> None:
    moment(slug="first")
    confirm(editor, upload(editor, "slug,title\nfirst,'=1+1\n"))
    assert TimelineEvent.objects.get().get_latest_revision_as_object().title == "=1+1"


def test_a_title_somebody_else_has_is_pointed_out(editor: Client, era: Era, moment: Make) -> None:
    moment("The first", slug="first")
    shown = upload(editor, "title,date,era,summary\nThe First,2016,founding,x\n")
    assert states(shown) == ["new"]
    assert "“first” has the same title." in shown.content.decode()


def test_everything_a_row_can_say(editor: Client, era: Era, theme: Theme) -> None:
    conference = ConferenceFactory(slug="conf")
    people = [Person.objects.create(name=name) for name in ("Ada", "Bo")]
    for code in ("aaa", "bbb"):
        Publication.objects.create(code=code, title=code)
    cells = {
        "slug": "all", "date": "2019-07-11", "until": "12/07/2019", "about": "Yes", "date_words": "That summer",
        "title": "Everything", "summary": "Two\nlines", "era": "founding", "themes": "Research",
        "milestone": "x", "sold_out": "1", "around_us": "no", "delegates": "1,350", "delegates_words": "many",
        "conference": "conf", "people": "bo; ADA", "links": "The report https://example.org/r\nhttps://example.org/s",
        "publications": "bbb; aaa; bbb",
    }  # fmt: skip
    buffer = io.StringIO()
    csv.writer(buffer).writerows([list(cells), list(cells.values())])
    confirm(editor, upload(editor, buffer.getvalue()))
    event = TimelineEvent.objects.get()
    assert (event.starts_on, event.ends_on, event.precision) == (date(2019, 7, 11), date(2019, 7, 12), "day")
    assert (event.is_circa, event.when_words, event.summary) == (True, "That summer", "Two\nlines")
    assert (event.is_milestone, event.is_sold_out, event.is_around_us) == (True, True, False)
    assert (event.delegates, event.delegates_words, event.conference) == (1350, "many", conference)
    assert (list(event.themes.all()), sorted(map(str, event.people.all()))) == ([theme], sorted(map(str, people)))
    assert [(link.value.words, link.value.address) for link in event.links] == [
        ("The report", "https://example.org/r"),
        ("https://example.org/s", "https://example.org/s"),
    ]
    assert [tie.publication.code for tie in event.tied_publications.all()] == ["bbb", "aaa"]
    again = buffer.getvalue().replace("bbb; aaa; bbb", "bbb; aaa")
    assert states(upload(editor, again)) == ["unchanged"]


def test_publications_are_put_in_order_and_a_hidden_one_stays(editor: Client, moment: Make) -> None:
    event = moment(slug="first")
    for place, code in enumerate(("aaa", "bbb", "ccc")):
        publication = Publication.objects.create(code=code, title=code, live=code != "bbb")
        TiedPublication.objects.create(event=event, publication=publication, sort_order=place)
    assert states(upload(editor, "slug,publications\nfirst,aaa; ccc\n")) == ["unchanged"]
    confirm(editor, upload(editor, "slug,publications\nfirst,ccc\n"), **{"as": "published"})
    assert list(event.tied_publications.values_list("publication__code", flat=True)) == ["ccc", "bbb"]


def test_an_empty_cell_empties_what_was_there(editor: Client, moment: Make, theme: Theme) -> None:
    moment(slug="first", themes=[theme], delegates=3, when_words="Then", ends_on=date(2016, 2, 1))
    empty = "slug,date_words,themes,delegates,until,links,conference\nfirst,,,,,,\n"
    confirm(editor, upload(editor, empty), **{"as": "published"})
    event = TimelineEvent.objects.get()
    assert (event.when_words, list(event.themes.all()), event.delegates, event.ends_on) == ("", [], None, None)
    assert len(event.links) == 0


def test_what_orders_a_moment_within_its_month_stays(editor: Client, moment: Make) -> None:
    moment(slug="first", starts_on=date(2016, 1, 15))
    assert states(upload(editor, "slug,date\nfirst,January 2016\n")) == ["unchanged"]
    confirm(editor, upload(editor, "slug,date,until\nfirst,Jan-16,2016-01\n"), **{"as": "published"})
    event = TimelineEvent.objects.get()
    assert (event.starts_on, event.ends_on) == (date(2016, 1, 15), date(2016, 1, 15))


@pytest.mark.parametrize(
    ("value", "text"),
    [(94.0, "94"), (1.5, "1.5"), (None, ""), (False, "no"), (datetime(2016, 3, 9), "2016-03-09")],  # noqa: DTZ001  Excel knows no zones
)
def test_cells_of_excel_are_read_as_people_see_them(value: object, text: str) -> None:
    assert _as_text(value) == text


def test_links_to_pages_stay_links_to_pages(editor: Client, moment: Make) -> None:
    page = Site.objects.get(is_default_site=True).root_page
    hidden = page.add_child(instance=type(page)(title="Hidden", slug="hidden", live=False))
    links = [("link", {"text": "", "page": one, "url": ""}) for one in (page, hidden)]
    moment(slug="first", links=links)
    assert states(upload(editor, f"slug,links\nfirst,{page.title} {settings.SITE_URL}{page.url}\n")) == ["unchanged"]
    confirm(editor, upload(editor, f'slug,links\nfirst,"{page.title} {page.url}\nMore https://example.org/"\n'))
    event = TimelineEvent.objects.get().get_latest_revision_as_object()
    kept = [(link.value["page"] and link.value["page"].pk, link.value["url"]) for link in event.links]
    assert kept == [(page.pk, ""), (None, "https://example.org/"), (hidden.pk, "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_files_of_every_program_are_read(editor: Client, era: Era, encoding: str, delimiter: str, end: str) -> None:
    rows = [["Title", "date", "era", "summary"], ["Café “noir”", "2016", "founding", "one, two; three"]]
    text = end.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + end
    shown = upload(editor, text.encode(encoding))
    (line,) = shown.context["report"].lines
    assert (line.title, line.slug, line.state.value) == ("Café “noir”", "cafe-noir", "new")


def xlsx(rows: list[list[Any]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_excel_files_are_read_with_their_dates_and_numbers(editor: Client, era: Era) -> None:
    header = ["title", "date", "era", "milestone", "delegates", "summary"]
    rows = [header, ["A", date(2016, 3, 9), "founding", True, 94.0, "x"], ["B", 2017, "founding", "no", 1.5, "=1+1"]]
    shown = upload(editor, xlsx(rows), "moments.xlsx")
    assert states(shown) == ["new", "wrong"]
    assert [(row, column) for row, column, _words in mistakes(shown)] == [(3, "summary"), (3, "delegates")]
    confirm(editor, shown)
    event = TimelineEvent.objects.get()
    assert (event.starts_on, event.precision, event.is_milestone, event.delegates) == (
        date(2016, 3, 9),
        "day",
        True,
        94,
    )


HOSTILE = [
    (b"", "empty"),
    (b"   \n \n", "empty"),
    (b"slug,title\n", "no rows below it"),
    (b"slug,title\n,\n , \n", "no rows below it"),
    (b"slug,title\n\x00\x01\x02,x\n", "not a spreadsheet"),
    (bytes(range(256)) * 4, "not a spreadsheet"),
    (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "not a spreadsheet"),
    (b"\xff\xfe\xff", "not a spreadsheet"),
    (b"PK\x03\x04 not a zip", "XLSX file cannot be read"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
    (b"name,place\nx,y\n", "The first row must name the columns"),
    (b"slug\nfirst\n", "The first row must name the columns"),
    (b"<html><body>slug,title</body></html>\nx,y\n", "The first row must name the columns"),
    (b"slug,title,title\nx,y,z\n", "there twice: title"),
    (b"slug,title\nx,y,z\n", "Row 2 has more cells than there are columns"),
    (b"slug,title\nx," + b"y" * 200_000 + b"\n", "not a CSV file that can be read"),
    (b"slug,title\n" + b"x,y\n" * 2001, "more than 2,000 rows"),
    (b"slug,title\n" + b"x,y\n" * 2_600_000, "larger than 2 MB"),
]


@pytest.mark.parametrize(("content", "words"), HOSTILE, ids=range(len(HOSTILE)))
def test_what_cannot_be_read_is_refused_with_a_sentence(editor: Client, content: bytes, words: str) -> None:
    assert words in refused(upload(editor, content))
    assert editor.get(reverse(CHECK)).status_code == 302


def test_how_long_a_cell_may_be_does_not_hang_on_who_read_a_file_before(editor: Client) -> None:
    before = csv.field_size_limit(1_000_000)
    assert "not a CSV file that can be read" in refused(upload(editor, b"slug,title\nx," + b"y" * 200_000 + b"\n"))
    csv.field_size_limit(before)


def test_broken_and_swollen_excel_files_are_refused(editor: Client) -> None:
    good = xlsx([["slug", "title"], ["x", "y"]])
    assert "XLSX file cannot be read" in refused(upload(editor, good[:-200]))
    assert "more than 2,000 rows" in refused(upload(editor, xlsx([["slug", "title"], *[["x", "y"]] * 2001])))
    assert "more than 2,000 rows" in refused(upload(editor, xlsx([["slug", "title"], *[["", ""]] * 4001, ["x", "y"]])))
    assert "40 MB" in refused(upload(editor, swollen()))


def swollen() -> bytes:
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (41 * 1024 * 1024))
    return buffer.getvalue()


def test_no_file_is_a_sentence_too(editor: Client) -> None:
    assert "file" in editor.post(reverse(UPLOAD), {}).context["form"].errors


def test_columns_nobody_reads_are_named(editor: Client, moment: Make) -> None:
    moment(slug="first")
    shown = upload(editor, "slug,title,when,url,colour\nfirst,The first conference,x,y,z\n")
    assert states(shown) == ["unchanged"]
    assert "These columns are not read: colour." in shown.content.decode()


def test_words_in_a_file_are_only_words(editor: Client, era: Era) -> None:
    shown = upload(editor, "title,date,era\n<script>alert(1)</script>,2016,<b>x</b>\n", "<i>name</i>.csv")
    page = shown.content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "<b>x</b>" not in page
    assert "<i>name</i>" not in page


def test_leaving_it_writes_nothing(editor: Client, era: Era, theme: Theme) -> None:
    shown = upload(editor, f"{HEADER}\n{GOOD}\n")
    confirm(editor, shown, leave="1")
    assert not TimelineEvent.objects.exists()
    assert editor.get(reverse(CHECK)).status_code == 302


def test_confirming_twice_imports_once(editor: Client, era: Era, theme: Theme) -> None:
    shown = upload(editor, f"{HEADER}\n{GOOD}\n")
    confirm(editor, shown)
    again = confirm(editor, shown)
    assert "Choose a file first." in again.content.decode()
    assert TimelineEvent.objects.count() == 1


def test_what_others_changed_meanwhile_is_shown_first(editor: Client, moment: Make) -> None:
    event = moment(slug="first")
    shown = upload(editor, "slug,summary\nfirst,Mine.\n")
    event.summary = "Theirs."
    event.save()
    again = confirm(editor, shown)
    assert "Somebody changed the history meanwhile." in again.content.decode()
    event.refresh_from_db()
    assert event.summary == "Theirs."
    assert again.context["report"].lines[0].changes[0].old == "Theirs."


def test_a_moment_that_is_locked_is_left(editor: Client, moment: Make) -> None:
    other = User.objects.create_user("other@example.org")
    moment(slug="first", locked=True, locked_by=other, locked_at=timezone.now())
    shown = upload(editor, "slug,summary\nfirst,Mine.\n")
    assert mistakes(shown) == [(2, "", "This moment is locked. Ask whoever locked it, or leave this row.")]


def test_what_nobody_foresaw_writes_nothing(editor: Client, era: Era, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = upload(editor, "title,date,era,summary\nOne,2016,founding,x\nTwo,2016,founding,x\n")
    before = rehearsal.MomentResource.do_instance_save

    def break_on_two(self: Any, instance: TimelineEvent, is_create: bool) -> None:
        if instance.title == "Two":
            raise RuntimeError("disk on fire")
        before(self, instance, is_create)

    monkeypatch.setattr(rehearsal.MomentResource, "do_instance_save", break_on_two)
    answer = confirm(editor, shown)
    assert "Nothing was imported." in answer.content.decode()
    assert "disk on fire" not in answer.content.decode()
    assert not TimelineEvent.objects.exists()
    assert not AuditEntry.objects.filter(verb="imported").exists()


def test_what_nobody_foresaw_while_looking_is_a_sentence(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_facts: Any) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(rehearsal.MomentResource, "before_import", broken)
    shown = upload(editor, "slug,title\nx,y\n")
    assert "Something went wrong on our side." in shown.content.decode()
    assert shown.redirect_chain[-1][0] == reverse(UPLOAD)


def test_without_leave_to_publish_everything_becomes_a_draft(writer: Client, era: Era, theme: Theme) -> None:
    shown = upload(writer, f"{HEADER}\n{GOOD}\n")
    assert "published at once" not in shown.content.decode()
    confirm(writer, shown, **{"as": "published"})
    assert not TimelineEvent.objects.get().live


def test_the_template_has_the_columns_and_nothing_else(editor: Client) -> None:
    answer = editor.get(reverse("history_moments:import_template"))
    assert answer["Content-Disposition"] == 'attachment; filename="history-template.csv"'
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) == [list(COLUMNS)]
    page = editor.get(reverse(UPLOAD)).content.decode()
    assert all(f"<code>{name}</code>" in page for name in COLUMNS)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_can_be_taken_away_and_brought_back(editor: Client, moment: Make, theme: Theme, kind: str) -> None:
    moment("=1+1", slug="formula", themes=[theme], summary="Two\r\nlines, “quoted”; –")
    moment("Second", precision="season", starts_on=date(2018, 12, 5), ends_on=date(2019, 4, 1))
    answer = editor.get(reverse(LIST), {"export": kind})
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        assert b"'=1+1" in content
    assert states(upload(editor, content, f"history.{kind}")) == ["unchanged", "unchanged"]


def test_the_public_file_comes_back_unchanged(editor: Client, moment: Make, theme: Theme) -> None:
    page = Site.objects.get(is_default_site=True).root_page
    moment(slug="first", themes=[theme], links=[("link", {"text": "Home", "page": page, "url": ""})])
    moment("Second", slug="second", is_circa=True, precision="year", starts_on=date(2017, 8, 3))
    content = Client().get("/history/data.csv").content
    assert states(upload(editor, content)) == ["unchanged", "unchanged"]


def test_rehearsing_asks_as_often_for_one_row_as_for_many(
    editor: Client, edith: User, moment: Make, theme: Theme
) -> None:
    from network_site.history.editing.reading import read

    asked = []
    for number in (1, 3, 30):
        for n in range(TimelineEvent.objects.count(), number):
            moment(f"Moment {n}", themes=[theme])
        rows = "\n".join(f"moment-{n},Moment {n},{theme.slug}" for n in range(number))
        sheet = read(f"slug,title,themes\n{rows}".encode())
        with CaptureQueriesContext(connection) as queries:
            report = rehearsal.rehearse(sheet, by=edith)
        assert report.counts[rehearsal.State.UNCHANGED] == number
        asked.append(len([query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]]))
    assert len(set(asked)) == 1


def test_the_columns_are_explained_in_one_place() -> None:
    from network_site.history.editing.columns import ABOUT

    assert list(ABOUT) == list(COLUMNS)
