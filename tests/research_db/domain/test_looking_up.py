"""Looking a DOI up at Crossref, from recorded answers: nothing here asks the network."""

import io
import json
from datetime import UTC, date, datetime
from http.client import HTTPException
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from network_site.people.models import User
from research_db import crossref
from research_db.crossref import Crossref, understand
from research_db.domain import suggestions
from research_db.domain.errors import ResearchError
from research_db.domain.looking_up import draft_from_doi, fill_from_doi
from research_db.domain.suggestions import Words
from research_db.models import Notice, Publication, Suggestion
from tests.research_db.admin.conftest import author, editor  # noqa: F401

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
DOI = "10.5555/walk.1"
# The shape of an answer, with invented words.
MESSAGE: dict[str, Any] = {
    "DOI": DOI,
    "type": "journal-article",
    "title": ["A <i>weekly</i> walk"],
    "container-title": ["Journal of Examples &amp; Inventions"],
    "short-container-title": ["J Inv Ex"],
    "issued": {"date-parts": [[2021, 5, 4]]},
    "abstract": "<jats:title>Aim</jats:title><jats:p>To walk &amp; talk.</jats:p>",
    "author": [
        {"given": "Ada", "family": "Lark", "ORCID": "https://orcid.org/0000-0002-1825-0097", "sequence": "first"},
        {"name": "The Walking Group", "sequence": "additional"},
    ],
    "ISSN": ["1234-5679"],
    "volume": "12",
    "page": "107-109",
    "publisher": "Example Press",
    "license": [{"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor"}],
    "is-referenced-by-count": 3,
    "updated-by": [
        {"type": "retraction", "DOI": "10.5555/notice", "updated": {"date-parts": [[2022, 1, 2]]}},
        {"type": "new_version", "DOI": "10.5555/v2"},
        {"type": "erratum", "updated": {"date-parts": [[2022]]}},
    ],
}


class Line:
    """A connection that answers from a record, and remembers what it was asked."""

    def __init__(self, status: int, body: bytes, fails: Exception | None = None) -> None:
        self.status, self.body, self.fails = status, io.BytesIO(body), fails
        self.asked: list[str] = []
        self.is_closed = False

    def request(self, method: str, target: str, headers: dict[str, str]) -> None:
        self.asked.append(f"{method} {target}")
        if self.fails:
            raise self.fails

    def getresponse(self) -> "Line":
        return self

    def read(self, most: int) -> bytes:
        return self.body.read(most)

    def close(self) -> None:
        self.is_closed = True


def answering(line: Line) -> Crossref:
    def connect(host: str, is_secure: bool, deadline: object) -> Any:
        assert (host, is_secure) == ("api.crossref.org", True)
        return line

    return Crossref(connect)


def told(message: Any = MESSAGE, status: int = 200) -> Line:
    return Line(status, json.dumps({"status": "ok", "message": message}).encode())


def test_an_answer_is_a_record_and_its_notices() -> None:
    line = told()
    work = answering(line).work("10.5555/walk#1?")
    assert work is not None
    record = work.record
    assert line.asked[0].startswith("GET /works/10.5555%2Fwalk%231%3F?mailto=")
    assert line.is_closed
    assert (record.kind, record.title, record.container, record.container_short) == ("journal-article", "A weekly walk", "Journal of Examples & Inventions", "J Inv Ex")  # fmt: skip
    assert (str(record.date), record.pages, record.volume) == ("2021-05-04", "107-109", "12")
    assert record.abstract == "Aim\nTo walk & talk."
    assert [(one.name.family, one.name.literal, one.name.orcid) for one in record.contributors] == [
        ("Lark", "", "0000-0002-1825-0097"),
        ("", "The Walking Group", ""),
    ]
    assert record.extra == {}
    assert [(one.kind, one.on, one.url) for one in work.notices] == [
        ("retraction", date(2022, 1, 2), "https://doi.org/10.5555/notice"),
        ("correction", None, ""),
    ]


def test_a_doi_nobody_knows_is_nothing() -> None:
    assert answering(Line(404, b"Resource not found.")).work(DOI) is None


@pytest.mark.parametrize(
    "line",
    [
        Line(500, b""),
        Line(429, b"slow down"),
        Line(200, b"<html>"),
        Line(200, b"[]"),
        Line(200, b'{"status": "ok"}'),
        Line(200, b'{"message": null}'),
        Line(200, b"[" * 100_000),
        Line(200, b"\xff\xfe\x00"),
        Line(0, b"", TimeoutError("too slow")),
        Line(0, b"", ConnectionRefusedError()),
        Line(0, b"", HTTPException("nonsense")),
    ],
)
def test_whatever_goes_wrong_is_one_sentence(line: Line) -> None:
    with pytest.raises(ResearchError, match="could not be asked"):
        answering(line).work(DOI)
    assert line.is_closed


@pytest.mark.parametrize(
    "strange",
    [
        {"title": []},
        {"author": "Ada"},
        {"author": [None, 3, {}]},
        {"issued": {"date-parts": [[None]]}},
        {"issued": {"date-parts": [[2021, 13, 41]]}},
        {"updated-by": "yes"},
        {"updated-by": [{"type": None}, {"type": "retraction", "updated": {"date-parts": [["x"]]}}]},
        {"abstract": ["x"]},
    ],
)
def test_strange_answers_do_no_harm(strange: dict[str, Any]) -> None:
    assert understand({**MESSAGE, **strange}).record.volume == "12"


@pytest.fixture
def by(db: None) -> User:
    return User.objects.create_user("somebody@example.org", name="Somebody")


class TestFilling:
    def test_gaps_are_filled_in_a_draft_and_words_stay(self, by: User) -> None:
        one = Publication.objects.create(title="My own title", volume="99")
        filled = fill_from_doi(one, DOI, by=by, crossref=answering(told()))
        newest = Publication.objects.get().get_latest_revision_as_object()
        assert (newest.title, newest.volume, newest.pages, newest.year) == ("My own title", "99", "107-109", 2021)
        assert [str(person) for person in newest.contributions.all()] == ["Lark, Ada", "The Walking Group"]
        assert [notice.kind for notice in newest.notices.all()] == ["retraction", "correction"]
        assert {"pages", "contributions", "identifiers", "notices"} <= set(filled)
        one.refresh_from_db()
        assert (one.pages, one.live) == ("", True), "visitors see it once it is published"

    def test_a_second_time_nothing_is_missing(self, by: User) -> None:
        one = Publication.objects.create(title="A title")
        fill_from_doi(one, DOI, by=by, crossref=answering(told()))
        one.refresh_from_db()
        revision = one.latest_revision_id
        assert fill_from_doi(one, DOI, by=by, crossref=answering(told())) == []
        one.refresh_from_db()
        assert one.latest_revision_id == revision

    def test_what_another_draft_says_is_kept(self, by: User) -> None:
        one = Publication.objects.create(title="A title")
        one.pages = "1-2"
        one.notices.add(Notice(kind="retraction", words="Our own words."))
        one.save_revision()
        fill_from_doi(one, DOI, by=by, crossref=answering(told()))
        newest = Publication.objects.get().get_latest_revision_as_object()
        assert newest.pages == "1-2"
        assert [notice.words for notice in newest.notices.filter(kind="retraction")] == ["Our own words."]

    def test_an_unknown_doi_is_said(self, by: User) -> None:
        with pytest.raises(ResearchError, match="does not know"):
            fill_from_doi(Publication.objects.create(title="x"), DOI, by=by, crossref=answering(Line(404, b"")))

    def test_a_suggestion_is_taken_in_as_crossref_says(self, by: User) -> None:
        one = suggestions.receive(Words(scheme="doi", value=DOI, why="Good."), now=NOW)
        made = suggestions.accept(one, by=by, now=NOW, work=answering(told()).work(DOI))
        assert (made.title, made.kind, made.live) == ("A weekly walk", "journal-article", False)
        assert {notice.kind for notice in made.notices.all()} == {"retraction", "correction"}
        assert Suggestion.objects.get().publication == made


@pytest.mark.django_db
class TestTheDesk:
    def test_it_is_off_by_default(self, editor: Client) -> None:  # noqa: F811
        one = Publication.objects.create(title="A title")
        assert editor.get(reverse("research_publications:look_up", args=[one.pk])).status_code == 404
        assert "Fill in from a DOI" not in editor.get(reverse("research_publications:list")).content.decode()

    def test_where_it_is_on(self, editor: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
        settings.RESEARCH_LOOKUP = True
        monkeypatch.setattr(crossref.Crossref, "work", lambda _self, _doi: understand(MESSAGE))
        one = Publication.objects.create(title="A title")
        address = reverse("research_publications:look_up", args=[one.pk])
        assert address in editor.get(reverse("research_publications:list")).content.decode()
        assert "This is not a DOI" in editor.post(address, {"doi": "walking"}).content.decode()
        editor.post(address, {"doi": f"https://doi.org/{DOI}"})
        newest = Publication.objects.get().get_latest_revision_as_object()
        assert (newest.title, newest.volume) == ("A title", "12")


@pytest.mark.django_db
class TestBeginning:
    """A new publication, from its form."""

    BEGIN, ADD = "research_publications:begin", "research_publications:add"

    def test_the_form_says_that_it_is_off(self, editor: Client) -> None:  # noqa: F811
        for name, args in ((self.ADD, []), ("research_publications:edit", [Publication.objects.create(title="x").pk])):
            page = editor.get(reverse(name, args=args)).content.decode()
            assert "setting RESEARCH_LOOKUP" in page
            assert reverse(self.BEGIN) not in page
        assert editor.get(reverse(self.BEGIN)).status_code == 404

    @pytest.fixture
    def on(self, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.RESEARCH_LOOKUP = True
        monkeypatch.setattr(crossref.Crossref, "work", lambda _self, doi: understand(MESSAGE) if doi == DOI else None)

    def test_it_begins_a_draft_and_leads_to_its_form(self, editor: Client, on: None) -> None:  # noqa: F811
        assert reverse(self.BEGIN) in editor.get(reverse(self.ADD)).content.decode()
        answer = editor.post(reverse(self.BEGIN), {"doi": f"https://doi.org/{DOI}"})
        made = Publication.objects.get()
        assert answer.headers["Location"] == reverse("research_publications:edit", args=[made.pk])
        assert (made.title, made.live, made.origin) == ("A weekly walk", False, "editor")
        assert {notice.kind for notice in made.notices.all()} == {"retraction", "correction"}
        page = editor.get(answer.headers["Location"]).content.decode()
        assert reverse("research_publications:look_up", args=[made.pk]) in page

    def test_what_is_here_already_or_unknown_is_said(self, editor: Client, on: None) -> None:  # noqa: F811
        for doi, said in ((DOI, "is ready"), (DOI, "is here already"), ("10.5555/none", "does not know this DOI")):
            answer = editor.post(reverse(self.BEGIN), {"doi": doi}, follow=True)
            assert said in answer.content.decode()
        assert Publication.objects.count() == 1

    def test_a_work_without_a_title_is_called_by_its_number(self, by: User) -> None:
        made = draft_from_doi(DOI, crossref=answering(told({**MESSAGE, "title": []})))
        assert made.title == DOI

    def test_only_for_those_who_may_add(self, author: Client, on: None) -> None:  # noqa: F811
        assert author.get(reverse(self.BEGIN)).status_code == 200
        nobody = Client()
        nobody.force_login(User.objects.create_user("nobody@example.org"))
        assert nobody.post(reverse(self.BEGIN), {"doi": DOI}).status_code in {302, 403}
        assert not Publication.objects.exists()
