"""One line above everything: in its tone, in its time whatever is kept, and seen by its editor first."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import Page, Site

from network_site.base import page_cache
from network_site.base.page_cache import ON_THE_WAY_SECONDS, PUBLIC, AnonymousPageCache, Store, good_until, keeping
from network_site.people.models import User
from network_site.ui import frame
from network_site.ui.models import Announcement, Footer, Navigation

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 1, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def site() -> Site:
    Site.objects.all().delete()
    return Site.objects.create(hostname="testserver", root_page=Page.objects.get(depth=1), is_default_site=True)


@pytest.fixture
def announce(site: Site) -> Callable[..., Announcement]:
    def make(**facts: Any) -> Announcement:
        return Announcement.objects.create(
            **{"site": site, "text": "The office is closed.", "is_active": True, **facts}
        )

    return make


def shown() -> str:
    return frame.of(RequestFactory().get("/")).announcement


@pytest.mark.parametrize(
    ("starts", "ends", "is_shown"),
    [
        (None, None, True),
        (-HOUR, None, True),
        (HOUR, None, False),
        (None, HOUR, True),
        (None, -HOUR, False),
        (-HOUR, HOUR, True),
        (timedelta(0), HOUR, True),
        (-HOUR, timedelta(0), False),
    ],
)
def test_it_shows_in_its_time(
    announce: Callable[..., Announcement], starts: timedelta | None, ends: timedelta | None, is_shown: bool
) -> None:
    announce(
        starts_at=None if starts is None else NOON + starts,
        ends_at=None if ends is None else NOON + ends,
        link_text="More",
        link_url="/about/",
    )
    with time_machine.travel(NOON, tick=False):
        seen = frame.of(RequestFactory().get("/"))
    assert (bool(seen.announcement), bool(seen.announcement_link)) == (is_shown, is_shown)


def test_a_frame_read_long_ago_lets_it_come_and_go(
    announce: Callable[..., Announcement], django_assert_num_queries: Any
) -> None:
    announce(starts_at=NOON, ends_at=NOON + HOUR)
    seen = []
    with time_machine.travel(NOON - HOUR, tick=False) as clock:
        shown()
        with django_assert_num_queries(0):
            for moment in (NOON - HOUR, NOON, NOON + HOUR - timedelta(seconds=1), NOON + HOUR):
                clock.move_to(moment)
                frame.freshness.seen.asked_at = float("inf")  # the test's clock is not the process's
                seen.append(bool(shown()))
    assert seen == [False, True, True, False]


# --- whoever keeps pages ------------------------------------------------------------------------------


class House:
    """The page cache over a page with an announcement; both its clocks are the test's."""

    def __init__(self) -> None:
        self.made = 0
        store = Store(clock=lambda: datetime.now(tz=UTC).timestamp())
        self.cache = AnonymousPageCache(self.view, store=store)

    def view(self, request: Any) -> HttpResponse:
        self.made += 1
        return HttpResponse(frame.of(request).announcement or "nothing")

    def get(self) -> HttpResponse:
        response = self.cache(RequestFactory().get("/about/"))
        assert isinstance(response, HttpResponse)
        return response


def seconds_of(response: HttpResponse) -> int:
    """How long others may show this answer."""
    facts = dict(part.strip().partition("=")[::2] for part in response["Cache-Control"].split(","))
    return int(facts["s-maxage"]) + int(facts.get("stale-while-revalidate", 0))


@pytest.mark.parametrize("edge", ["starts_at", "ends_at"])
def test_no_cache_shows_it_a_second_too_long_or_too_late(
    announce: Callable[..., Announcement], settings: Any, edge: str
) -> None:
    """A second at a time through two hours: what we give, and until when those on the way may give it."""
    settings.PAGE_CACHE_SECONDS = 60
    announce(**{edge: NOON})
    house = House()
    wrong = []
    with time_machine.travel(NOON, tick=False) as clock:
        for second in range(-200, 60, 7):
            clock.move_to(NOON + timedelta(seconds=second))
            response = house.get()
            is_there = response.content != b"nothing"
            if is_there is not ((second < 0) is (edge == "ends_at")):
                wrong.append((second, "here"))
            if second < 0 < second + seconds_of(response):
                wrong.append((second, "on the way"))
    assert wrong == []
    assert house.made < 37, "most pages are kept all the same"


def test_far_from_an_edge_pages_are_kept_as_usual(announce: Callable[..., Announcement], settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    announce(ends_at=NOON + HOUR)
    house = House()
    with time_machine.travel(NOON, tick=False):
        assert {house.get()["Cache-Control"] for _ in range(3)} == {PUBLIC}
    assert house.made == 1


def test_the_first_of_several_edges_counts() -> None:
    request = RequestFactory().get("/")
    for hours in (3, 1, 2):
        good_until(request, NOON + hours * HOUR)
    assert request.good_until == NOON + HOUR  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("left", "says"),
    [
        (None, PUBLIC),
        (121, PUBLIC),
        (120, "public, max-age=0, s-maxage=30"),
        (29.9, "public, max-age=0, s-maxage=29"),
        (0, "public, max-age=0, s-maxage=0"),
        (-5, "public, max-age=0, s-maxage=0"),
    ],
)
def test_how_long_others_may_keep_it(settings: Any, left: float | None, says: str) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    request = RequestFactory().get("/")
    if left is not None:
        good_until(request, NOON + timedelta(seconds=left))
    assert keeping(request, now=NOON) == says


def test_others_keep_what_is_marked_as_usual_no_longer_than_is_reckoned_with() -> None:
    response = HttpResponse(headers={"Cache-Control": PUBLIC})
    assert seconds_of(response) == ON_THE_WAY_SECONDS
    assert page_cache.PUBLIC.startswith("public")


# --- how it looks -------------------------------------------------------------------------------------


def test_urgency_is_said_and_not_only_coloured(announce: Callable[..., Announcement], client: Client) -> None:
    notice = announce()
    calm = client.get("/patterns/").content.decode()
    notice.tone = Announcement.Tone.URGENT
    notice.save()
    frame.cache.clear()
    urgent = client.get("/patterns/").content.decode()
    assert 'aria-label="Announcement"' in calm
    assert "Urgent" not in calm
    assert 'aria-label="Urgent announcement"' in urgent
    assert ">Urgent</strong>" in urgent
    assert urgent.index("announcement--urgent") < urgent.index("<header")


# --- what cannot be -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [{"starts_at": NOON, "ends_at": NOON}, {"starts_at": NOON, "ends_at": NOON - HOUR}, {"tone": "loud"}],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(announce: Callable[..., Announcement], facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        announce(**facts)


def test_an_editor_is_told_why(site: Site) -> None:
    notice = Announcement(site=site, text="Closed.", is_active=True, starts_at=NOON, ends_at=NOON - HOUR)
    with pytest.raises(ValidationError, match="ends before it starts"):
        notice.full_clean()


# --- previews -----------------------------------------------------------------------------------------


@pytest.fixture
def editor(site: Site) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("boss@example.org", "x", name="Boss"))
    return client


def previewed(editor: Client, site: Site, model: str, data: dict[str, Any]) -> str:
    address = f"/admin/settings/ui/{model}/{site.pk}/preview/"
    answer = editor.post(address, data)
    assert answer.json() == {"is_valid": True, "is_available": True}
    response = editor.get(address)
    assert response.status_code == 200
    return response.content.decode()


LINKS = {"items-count": "1", "items-0-deleted": "", "items-0-order": "0", "items-0-type": "link", "items-0-id": ""}
ONE_LINK = {**LINKS, "items-0-value-text": "Courses", "items-0-value-page": "", "items-0-value-url": "/courses/"}


def test_an_announcement_is_seen_before_anybody_else_sees_it(editor: Client, site: Site) -> None:
    words = previewed(editor, site, "announcement", {"text": "Closed on Monday.", "tone": "urgent"})
    assert "Closed on Monday." in words
    assert "announcement--urgent" in words
    assert "The announcement is switched off" in words
    assert "Closed on Monday." not in Client().get("/patterns/").content.decode()


def test_one_for_next_week_can_be_seen_today(editor: Client, site: Site) -> None:
    facts = {"text": "Closed.", "tone": "notice", "is_active": "on", "starts_at": "2090-01-01 09:00"}
    assert "Closed." in previewed(editor, site, "announcement", facts)


def test_the_menu_is_seen_before_it_is_saved(editor: Client, site: Site) -> None:
    assert "Courses" in previewed(editor, site, "navigation", ONE_LINK)
    assert "Courses" not in Client().get("/patterns/").content.decode()


def test_the_footer_is_seen_before_it_is_saved(editor: Client, site: Site) -> None:
    assert "Since 2015, and on." in previewed(
        editor, site, "footer", {"columns-count": "0", "small_print": "Since 2015, and on."}
    )


def test_a_preview_of_one_shows_the_others_as_they_are(
    editor: Client, site: Site, announce: Callable[..., Announcement]
) -> None:
    announce(text="All is well.")
    Footer.objects.create(site=site, small_print="Since 2015.")
    words = previewed(editor, site, "navigation", ONE_LINK)
    assert "All is well." in words
    assert "Since 2015." in words


def test_an_announcement_that_is_off_is_not_in_other_previews(
    editor: Client, site: Site, announce: Callable[..., Announcement]
) -> None:
    announce(is_active=False)
    assert "The office is closed." not in previewed(editor, site, "navigation", ONE_LINK)


def test_a_preview_makes_no_rows_and_without_a_site_is_empty(site: Site) -> None:
    request = RequestFactory().get("/")
    request.is_preview = True  # type: ignore[attr-defined]
    frame.of(request)
    assert [model.objects.count() for model in (Navigation, Footer, Announcement)] == [0, 0, 0]
    Site.objects.all().delete()
    Site.clear_site_root_paths_cache()
    assert frame.of(request) == frame.Frame()
