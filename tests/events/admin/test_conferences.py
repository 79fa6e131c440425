"""A conference's facts and the moves of its status."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Conference, ConferenceIndexPage, ConferencePage
from network_site.base.freshness import current
from network_site.base.models import AuditEntry
from network_site.people.models import User
from tests.events.admin.conftest import logged_in, said, sees, with_rights
from tests.events.admin.test_from_nothing import FACTS, make_conference
from tests.factories.conferences import NOW, ConferenceFactory, TicketTypeFactory
from tests.factories.orders import at, booked
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db
Status = Conference.Status


def facts_of(conference: Conference, **other: Any) -> dict[str, Any]:
    return {**FACTS, "title": conference.title, "slug": conference.slug, **other}


def edit(manager: Client, conference: Conference, **other: Any) -> Any:
    url = reverse("conferences:edit", args=[conference.pk])
    return manager.post(url, facts_of(conference, **other), follow=True)


def test_the_list_leads_to_the_tickets(manager: Client) -> None:
    conference = ConferenceFactory(title="Leeds")
    page = manager.get(reverse("conferences:index")).content.decode()
    assert reverse("conferences:tickets", args=[conference.pk]) in page


def test_the_list_can_be_searched_and_filtered(manager: Client) -> None:
    ConferenceFactory(title="Leeds", town="Leeds", draft=True)
    ConferenceFactory(title="Cardiff", town="Cardiff")
    url = reverse("conferences:index_results")
    assert [one.title for one in manager.get(url, {"q": "card"}).context["object_list"]] == ["Cardiff"]
    assert [one.title for one in manager.get(url, {"status": "draft"}).context["object_list"]] == ["Leeds"]


def test_a_changed_time_tells_calendars(manager: Client, index_page: ConferenceIndexPage) -> None:
    conference = make_conference(manager)
    assert conference.calendar_sequence == 0
    edit(manager, conference, opens="10:00")
    conference.refresh_from_db()
    assert (conference.calendar_sequence, str(conference.opens)) == (1, "10:00:00")


def test_a_changed_word_does_not_disturb_calendars(manager: Client, index_page: ConferenceIndexPage) -> None:
    conference = make_conference(manager)
    edit(manager, conference, strapline="Something new")
    conference.refresh_from_db()
    assert (conference.calendar_sequence, conference.strapline) == (0, "Something new")
    entry = AuditEntry.objects.get(subject=f"conference:{conference.pk}", verb="changed")
    assert entry.data == {"strapline": "Something new"}


def test_pages_in_memory_are_told(manager: Client, django_capture_on_commit_callbacks: Any) -> None:
    conference = ConferenceFactory()
    before = current()
    with django_capture_on_commit_callbacks(execute=True):
        edit(manager, conference, strapline="New")
    assert current() > before


def test_nothing_changed_leaves_no_trace(manager: Client, index_page: ConferenceIndexPage) -> None:
    conference = make_conference(manager)
    edit(manager, conference)
    assert AuditEntry.objects.filter(verb="changed").count() == 0


def test_editing_does_not_undo_what_a_verb_did_meanwhile(manager: Client, index_page: ConferenceIndexPage) -> None:
    """The form was open while a colleague put it on sale."""
    conference = make_conference(manager)
    view = manager.get(reverse("conferences:edit", args=[conference.pk]))
    assert view.status_code == 200
    Conference.objects.filter(pk=conference.pk).update(status=Status.ANNOUNCED, calendar_sequence=7)
    edit(manager, conference, venue="The New Mill")
    conference.refresh_from_db()
    assert (conference.status, conference.calendar_sequence, conference.venue) == (Status.ANNOUNCED, 8, "The New Mill")


def test_the_address_of_a_draft_moves_its_page(manager: Client, index_page: ConferenceIndexPage) -> None:
    conference = make_conference(manager)
    edit(manager, conference, slug="york-2027")
    page = ConferencePage.objects.get()
    assert (page.slug, page.url_path) == ("york-2027", f"{index_page.url_path}york-2027/")
    assert page.get_latest_revision_as_object().slug == "york-2027"


def test_the_address_is_fixed_once_announced(manager: Client) -> None:
    conference = ConferenceFactory(announced=True, slug="leeds")
    edit(manager, conference, slug="york", strapline="New")
    conference.refresh_from_db()
    assert (conference.slug, conference.strapline) == ("leeds", "New")


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"ends_on": "2027-06-15"}, {"ends_on": ["The last day is before the first day."]}),
        ({"hold_minutes": "0"}, {"hold_minutes": ["Choose between 1 and 240 minutes."]}),
        ({"hold_minutes": "241"}, {"hold_minutes": ["Choose between 1 and 240 minutes."]}),
        ({"precision": "month"}, {"precision": ["It is on sale, so people must know the day. Close booking first."]}),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    manager: Client, wrong: dict[str, str], errors: dict[str, Any]
) -> None:
    conference = ConferenceFactory()
    response = edit(manager, conference, **wrong)
    assert response.context["form"].errors == errors


def test_partners_are_chosen_from_the_directory(manager: Client, index_page: ConferenceIndexPage) -> None:
    partner = OrganisationFactory(name="Host University")
    conference = make_conference(manager)
    edit(manager, conference, partners=[partner.pk])
    assert list(conference.partners.all()) == [partner]
    entry = AuditEntry.objects.get(verb="changed")
    assert entry.data == {"partners": ["Host University"]}


def move(manager: Client, conference: Conference, to: str) -> Any:
    return manager.post(reverse("conferences:move", args=[conference.pk, to]), follow=True)


def test_moves_offered_are_the_moves_allowed(manager: Client) -> None:
    for status, after in Conference.ALLOWED.items():
        conference = ConferenceFactory(status=status)
        moves = manager.get(reverse("conferences:tickets", args=[conference.pk])).context["moves"]
        urls = {reverse("conferences:move", args=[conference.pk, to]) for to in after}
        assert {one.url for one in moves} == urls


def test_a_move_is_made_once(manager: Client) -> None:
    conference = ConferenceFactory()
    assert said(move(manager, conference, "closed")) == [f"“{conference.title}” is now: Booking closed."]
    assert said(move(manager, conference, "closed")) == [f"“{conference.title}” is now: Booking closed."]
    assert AuditEntry.objects.filter(verb="moved").count() == 1


def test_a_move_that_is_not_allowed_changes_nothing(manager: Client) -> None:
    conference = ConferenceFactory(cancelled=True, title="Leeds")
    response = move(manager, conference, "on_sale")
    conference.refresh_from_db()
    assert conference.status == Status.CANCELLED
    assert len(said(response)) == 1


def test_a_status_that_does_not_exist(manager: Client) -> None:
    conference = ConferenceFactory()
    assert manager.get(reverse("conferences:move", args=[conference.pk, "sideways"])).status_code == 404


def test_putting_it_on_sale_warns_of_what_is_missing(manager: Client) -> None:
    conference = ConferenceFactory(draft=True)
    url = reverse("conferences:move", args=[conference.pk, "on_sale"])
    page = sees(manager.get(url))
    assert "There is no ticket type yet" in page
    assert "Its page is not published yet" in page


def test_nothing_missing_nothing_warned(manager: Client, index_page: ConferenceIndexPage) -> None:
    conference = make_conference(manager)
    TicketTypeFactory(conference=conference)
    ConferencePage.objects.get().save_revision().publish()
    page = sees(manager.get(reverse("conferences:move", args=[conference.pk, "on_sale"])))
    assert "Visitors can book at once" in page
    assert "yet" not in page


def test_a_move_already_made_says_so(manager: Client) -> None:
    conference = ConferenceFactory()
    page = sees(manager.get(reverse("conferences:move", args=[conference.pk, "on_sale"])))
    assert "It is “On sale” already." in page


def test_an_editor_of_pages_is_led_to_the_new_page(index_page: ConferenceIndexPage) -> None:
    boss = logged_in(User.objects.create_superuser("boss@example.org"))
    response = boss.post(reverse("conferences:add"), FACTS, follow=True)
    assert reverse("wagtailadmin_pages:edit", args=[ConferencePage.objects.get().pk]) in response.content.decode()


def test_cancelling_says_what_stays(manager: Client) -> None:
    place = TicketTypeFactory()
    url = reverse("conferences:move", args=[place.conference.pk, "cancelled"])
    assert "No order hangs on it." in sees(manager.get(url))
    with at(NOW):
        booked(place)
    page = sees(manager.get(url))
    assert "1 order stays as it is, with its money, until it is cancelled." in page
    assert "This cannot be undone." in page


def test_after_cancelling_the_orders_are_next(manager: Client) -> None:
    conference = ConferenceFactory()
    response = move(manager, conference, "cancelled")
    assert response.redirect_chain[-1][0] == reverse("conferences:cancel_orders", args=[conference.pk])


def test_whoever_may_not_touch_orders_goes_back_to_the_tickets() -> None:
    conference = ConferenceFactory()
    rights = ("events.view_conference", "events.change_conference")
    client = logged_in(with_rights("facts@example.org", *rights))
    response = move(client, conference, "cancelled")
    assert response.redirect_chain[-1][0] == reverse("conferences:tickets", args=[conference.pk])


def test_looking_is_not_changing() -> None:
    conference = ConferenceFactory()
    client = logged_in(with_rights("looks@example.org", "events.view_conference"))
    page = client.get(reverse("conferences:tickets", args=[conference.pk]))
    assert page.status_code == 200
    assert page.context["moves"] == []
    assert "Add a quota" not in sees(page)
    assert client.get(reverse("conferences:edit", args=[conference.pk]))["Location"] == "/admin/"
    assert move(client, conference, "closed").redirect_chain[-1][0] == "/admin/"


def test_the_tickets_page_leads_to_the_page_for_whoever_may_edit_it(
    index_page: ConferenceIndexPage, manager: Client
) -> None:
    conference = make_conference(manager)
    url = reverse("conferences:tickets", args=[conference.pk])
    edit_url = reverse("wagtailadmin_pages:edit", args=[ConferencePage.objects.get().pk])
    assert edit_url not in manager.get(url).content.decode()
    assert "Write its page" not in manager.get(url).content.decode()
    boss = logged_in(User.objects.create_superuser("boss@example.org"))
    assert edit_url in boss.get(url).content.decode()
