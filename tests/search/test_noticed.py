"""Whatever is changed of what the search shows, and by whomever: the next search knows, and what was is forgotten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from events.domain import programme
from events.models import Conference, Session
from network_site.base.models import Freshness, Topic
from network_site.history.models import Era, Theme, TimelineEvent
from network_site.learning.models import Audience
from network_site.pages.models import StandardPage
from network_site.people.models import Organisation, Person
from network_site.search import asking
from network_site.search.kinds import Document
from tests.factories.conferences import ConferenceFactory

Change = Callable[[str], object]


def rename(model: type, name: str, field: str = "name") -> Change:
    """Call something by another name, as its own form does."""

    def change(word: str) -> None:
        thing = model.objects.get(**{field: name})
        setattr(thing, field, f"{name} {word}")
        thing.save()

    return change


def publish(kind: type, field: str, **which: str) -> Change:
    """Publish a page or a moment with another word in it."""

    def change(word: str) -> None:
        thing = kind.objects.get(**which).get_latest_revision_as_object()
        setattr(thing, field, f"{getattr(thing, field)} {word}")
        thing.save_revision().publish()

    return change


def another_town(word: str) -> None:
    conference = Conference.objects.get(slug="researchers-meet-in-salford")
    conference.town = word
    conference.save()


def new_partner(word: str) -> None:
    Conference.objects.get(slug="closer-to-home").partners.add(Organisation.objects.create(name=word))


def new_session(word: str) -> None:
    conference = Conference.objects.get(slug="closer-to-home")
    Session.objects.create(conference=conference, title=word, starts_at=timezone.now())


COURSE = "/courses-and-resources/peer-leadership-step-one/"
# What is done, and what is found afterwards by the new word.
CHANGES: tuple[tuple[Change, set[str]], ...] = (
    (publish(StandardPage, "lead", slug="privacy"), {"/privacy/"}),
    (publish(StandardPage, "title", slug="about"), {"/about/"}),
    (rename(Person, "Robin Ashdown (invented)"), {"/news/a-film-should-not-watch-you-back/"}),
    (rename(Topic, "History"), {"/news/one-thread-ten-years-long/"}),
    (rename(Audience, "Link workers"), {COURSE}),
    (rename(Theme, "Awards"), {"/history/#esteem", "/history/#first-awards"}),
    (rename(Era, "Across the world", "title"), {"/history/#virtual-2021"}),
    (rename(Person, "Sian Brand"), {"/history/#co-chair", "/people/sian-brand/"}),
    (publish(TimelineEvent, "title", slug="esteem"), {"/history/#esteem"}),
    (another_town, {"/history/#salford", "/conferences/researchers-meet-in-salford/"}),
    (new_partner, {"/conferences/closer-to-home/"}),
    (rename(Organisation, "The King’s Fund"), {"/partners/the-kings-fund/", "/conferences/coming-of-age/"}),
    (new_session, {"/conferences/closer-to-home/"}),
)


def found(word: str) -> list[Document]:
    return [held.document for held in asking.answer(word, now=timezone.now(), is_exact=True).hits]


def test_every_change_is_noticed_by_the_next_search(demo_db: str) -> None:
    missed = {}
    for number, (change, wanted) in enumerate(CHANGES):
        word = f"marmot{chr(ord('a') + number)}x"
        assert found(word) == []
        change(word)
        if missing := wanted - {document.url for document in found(word)}:
            missed[number] = missing
    assert missed == {}


def test_a_page_says_what_the_page_above_it_is_called_now(demo_db: str) -> None:
    assert {document.line for document in found("blocks") if document.url == "/about/every-block/"} == {
        "About the network"
    }
    rename(StandardPage, "About the network", "title")("today")
    assert {document.line for document in found("blocks") if document.url == "/about/every-block/"} == {
        "About the network today"
    }


@pytest.mark.django_db
def test_announcing_a_conference_is_a_change_of_words(django_capture_on_commit_callbacks: Any) -> None:
    """The history page ends with the next conference, and is kept until words change."""
    conference = ConferenceFactory(status=Conference.Status.DRAFT)
    Freshness.objects.update_or_create(pk=1, defaults={"words": 7})
    with django_capture_on_commit_callbacks(execute=True):
        programme.move(conference, to=Conference.Status.ANNOUNCED, by=None, now=timezone.now())
    assert Freshness.objects.get(pk=1).words > 7
