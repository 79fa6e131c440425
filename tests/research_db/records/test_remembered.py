"""A record's page and the list are remembered while nothing changes, and show at once what did."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from network_site.base import freshness
from network_site.history.models import TimelineEvent
from network_site.pages.models import HomePage
from research_db.models import Contribution, Notice, Publication, ReadingList, Relation, ResearchPage, Source, Term
from tests.factories.history import TimelineEventFactory
from tests.pages.reading import Html
from tests.research_db.records.conftest import Make

Read = Callable[..., Html]


@pytest.fixture(autouse=True)
def _remembering(settings: Any) -> None:
    """As on the public site; whole pages are not kept, so that each visit is served."""
    settings.PAGE_CACHE_SECONDS = 60
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "page_cache" not in name]


@pytest.fixture
def read(client: Client) -> Read:
    def get(address: str) -> Html:
        response = client.get(address)
        assert response.status_code == 200
        return Html(response.content.decode() + response.headers.get("Link", ""))

    return get


def test_a_record_is_read_once_while_nothing_changes(read: Read, full: Publication) -> None:
    once = read(full.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        assert read(full.get_absolute_url()) == once
    assert len(asked) == 2  # the last change, and the record


def test_each_style_has_its_own_citation(read: Read, full: Publication) -> None:
    address = full.get_absolute_url()
    usual, other = read(address), read(f"{address}?cite=vancouver")
    assert usual != other
    assert read(f"{address}?cite=nothing-of-the-kind") == usual == read(address)


def rename(record: Publication) -> None:
    record.abstract = "Another abstract."
    record.save()


def retract(record: Publication) -> None:
    record.notices.add(Notice(kind="retraction", words="The figures were invented."))
    record.save()


def rename_its_journal(_record: Publication) -> None:
    journal = Source.objects.get()
    journal.title = "Journal of Better Examples"
    journal.save()


def rename_its_subject(_record: Publication) -> None:
    term = Term.objects.get(slug="older-people")
    term.label = "People over 65"
    term.save()


def rename_its_reading_list(_record: Publication) -> None:
    reading = ReadingList.objects.get()
    reading.title = "Begin here"
    reading.save()


def rename_what_it_is_tied_to(_record: Publication) -> None:
    plan = Publication.objects.get(title="What we plan to ask")
    plan.title = "What we asked"
    plan.save()


def tie_it_to_another(record: Publication) -> None:
    other = Publication(title="A comment on it")
    other.save()
    other.relations.add(Relation(kind="comment-on", other=record))
    other.save()


def license_it(record: Publication) -> None:
    record.licence = "CC0"
    record.save()


CHANGES = [
    (rename, "Another abstract."),
    (retract, "The figures were invented."),
    (rename_its_journal, "Journal of Better Examples"),
    (rename_its_subject, "People over 65"),
    (rename_its_reading_list, "Begin here"),
    (rename_what_it_is_tied_to, "What we asked"),
    (tie_it_to_another, "A comment on it"),
    (license_it, "https://creativecommons.org/publicdomain/zero/1.0/"),
]


@pytest.mark.parametrize(("change", "said"), CHANGES, ids=[change.__name__ for change, _said in CHANGES])
@pytest.mark.usefixtures("_at_once")
def test_a_change_shows_on_the_next_visit(
    read: Read, full: Publication, change: Callable[[Publication], None], said: str
) -> None:
    assert said not in read(full.get_absolute_url())
    change(Publication.objects.get(pk=full.pk))
    assert said in read(full.get_absolute_url())


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done after a transaction is done at once: a test's own is never committed."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda call, **kwargs: call())


@pytest.mark.usefixtures("_at_once")
def test_what_other_rooms_tell_of_it_shows_too(read: Read, full: Publication) -> None:
    assert "The first walk" not in read(full.get_absolute_url())
    moment: TimelineEvent = TimelineEventFactory(title="The first walk")
    moment.tied_publications.create(publication=full)
    moment.save()
    assert "The first walk" in read(full.get_absolute_url())


@pytest.mark.usefixtures("_at_once")
def test_the_address_of_the_list_follows_its_page(home: HomePage) -> None:
    assert ResearchPage.address() == ""
    page = home.add_child(instance=ResearchPage(title="What do we know?", slug="research"))
    assert ResearchPage.address() == "/research/"
    page.slug = "evidence"
    page.save_revision().publish()
    assert ResearchPage.address() == "/evidence/"
    closed = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert ResearchPage.address() == ""
    closed.delete()
    assert ResearchPage.address() == "/evidence/"
    page.unpublish()
    assert ResearchPage.address() == ""


def test_a_record_that_is_withdrawn_is_gone_at_once(read: Read, client: Client, full: Publication) -> None:
    read(full.get_absolute_url())
    full.live = False
    full.save()
    assert client.get(full.get_absolute_url()).status_code == 410


def test_a_draft_is_shown_to_its_editor_and_to_nobody_else(read: Read, full: Publication) -> None:
    read(full.get_absolute_url())
    draft = Publication.objects.get(pk=full.pk)
    draft.abstract = "What we may yet say."
    assert "What we may yet say." in draft.make_preview_request().render().content.decode()
    assert "What we may yet say." not in read(full.get_absolute_url())


def test_the_list_asks_for_no_publication_while_nothing_changes_and_shows_what_did(
    read: Read, home: HomePage, make: Make
) -> None:
    home.add_child(instance=ResearchPage(title="What do we know?", slug="research"))
    record = make(title="Walking together")
    once = read("/research/")
    with CaptureQueriesContext(connection) as asked:
        assert read("/research/") == once
    assert not [query for query in asked if 'FROM "research_db_publication"' in query["sql"]]
    record.title = "Walking apart"
    record.save()
    Contribution.objects.create(publication=record, family="Okafor")
    record.save()
    freshness.seen.forget()
    said = read("/research/")
    assert "Walking apart" in said
    assert "Okafor" in said
    assert "Walking together" not in said
