"""Searches that were saved, publications that come, and what the outbox promised about them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from network_site.mail.models import OutgoingMail
from research_db.alerts import running, saving
from research_db.alerts.running import What
from research_db.finding.criteria import read
from research_db.finding.vocabulary import load
from research_db.models import Notice, Publication, SavedSearch, ToldOf
from tests.research_db.finding.conftest import found

__all__ = ["found"]
# A Wednesday.
NOW = datetime(2027, 3, 3, 12, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)


def ask(query: str = "", email: str = "ada@example.org", *, often: str = "daily", now: datetime = NOW) -> None:
    vocabulary = load()
    saving.ask(read(QueryDict(query), vocabulary), email=email, frequency=often, vocabulary=vocabulary, now=now)


def saved(query: str = "", email: str = "ada@example.org", *, often: str = "daily", now: datetime = NOW) -> SavedSearch:
    """Asked for and confirmed."""
    ask(query, email, often=often, now=now)
    search = SavedSearch.objects.filter(email=email).latest("pk")
    saving.confirm(search, now=now)
    search.refresh_from_db()
    return search


def publish(title: str, now: datetime = NOW + timedelta(minutes=1), **more: object) -> Publication:
    return Publication.objects.create(title=title, first_published_at=now, last_published_at=now, **more)


def retract(publication: Publication) -> None:
    publication.notices.add(Notice(kind="retraction"))
    publication.save()


def withdraw(publication: Publication) -> None:
    publication.live = False
    publication.save()


def run(days: float = 1) -> int:
    """The worker's job so many days later."""
    return running.run(NOW + days * A_DAY)


def told(search: SavedSearch) -> list[tuple[int, str, str]]:
    """Letter by letter: what it was told of."""
    rows = ToldOf.objects.filter(search=search).order_by("letter", "what", "publication__title")
    return list(rows.values_list("letter", "what", "publication__title"))


def letters(kind: str = "research.alert") -> list[str]:
    """To whom, by the order they were promised."""
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to", flat=True))


def assert_promised_once(searches: list[SavedSearch], expected: Iterable[str]) -> None:
    """Each was told of exactly these, in exactly as many letters as the outbox has for it."""
    for search in searches:
        mine = told(search)
        assert sorted(title for _letter, what, title in mine if what == What.NEW) == sorted(expected)
        keys = OutgoingMail.objects.filter(dedupe_key__startswith=f"research.alert:{search.pk}:")
        assert keys.count() == len({letter for letter, *_rest in mine})


@pytest.fixture(autouse=True)
def _own_index(found: object) -> None:
    """No test sees the publications of another."""
