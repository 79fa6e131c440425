"""Room, ticket types, programme and staff holds, made and changed by a manager."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.domain import corrections, ledger
from events.models import CapacityClaim, Quota, Session, StaffHold, TicketType
from network_site.base.models import AuditEntry
from tests.events.admin.conftest import questions, said, sees
from tests.events.admin.test_from_nothing import TYPE
from tests.factories.conferences import NOW, ConferenceFactory, QuotaFactory, SessionFactory, TicketTypeFactory
from tests.factories.orders import held

pytestmark = pytest.mark.django_db


def send(manager: Client, page: str, /, *args: object, **fields: object) -> Any:
    return manager.post(reverse(f"conferences:{page}", args=args), fields, follow=True)


def test_a_quota_is_renamed_resized_and_closed(manager: Client) -> None:
    quota = QuotaFactory(name="Hall", size=100)
    send(manager, "quotas_edit", quota.conference.pk, quota.pk, name="Great hall", size="120", is_closed="on")
    quota.refresh_from_db()
    assert (quota.name, quota.size, quota.is_closed) == ("Great hall", 120, True)
    verbs = AuditEntry.objects.filter(subject=f"quota:{quota.pk}").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["resized", "closed"]
    send(manager, "quotas_edit", quota.conference.pk, quota.pk, name="Great hall", size="")
    quota.refresh_from_db()
    assert (quota.size, quota.is_closed) == (None, False)


def test_saving_without_a_change_leaves_no_trace(manager: Client) -> None:
    quota = QuotaFactory(name="Hall", size=100)
    send(manager, "quotas_edit", quota.conference.pk, quota.pk, name="Hall", size="100")
    assert AuditEntry.objects.count() == 0


def test_a_quota_cannot_be_smaller_than_what_is_taken(manager: Client) -> None:
    quota = QuotaFactory(name="Hall", size=100)
    ledger.keep_back(quota, units=87, reason="Speakers", by=None, now=NOW)
    response = send(manager, "quotas_edit", quota.conference.pk, quota.pk, name="Small hall", size="50")
    sentence = "87 places of “Small hall” are taken, so it cannot be smaller. Close it instead to sell no more."
    assert response.context["form"].non_field_errors() == [sentence]
    assert sentence in " ".join(said(response))
    quota.refresh_from_db()
    assert (quota.name, quota.size, quota.taken) == ("Hall", 100, 87)


def test_renaming_never_writes_back_an_old_count(manager: Client) -> None:
    """Places are bought while the form is open."""
    quota = QuotaFactory(name="Hall", size=100)
    form_page = manager.get(reverse("conferences:quotas_edit", args=[quota.conference.pk, quota.pk]))
    assert form_page.status_code == 200
    ledger.keep_back(quota, units=5, reason="Speakers", by=None, now=NOW)
    send(manager, "quotas_edit", quota.conference.pk, quota.pk, name="Great hall", size="100")
    quota.refresh_from_db()
    assert (quota.name, quota.taken) == ("Great hall", 5)


@pytest.mark.parametrize("size", ["-1", "a lot", "1.5", "99999999999999999999"])
def test_a_size_that_is_no_number_of_places(manager: Client, size: str) -> None:
    conference = ConferenceFactory()
    response = send(manager, "quotas_add", conference.pk, name="Hall", size=size)
    assert list(response.context["form"].errors) == ["size"]
    assert Quota.objects.count() == 0


def test_a_name_is_used_once(manager: Client) -> None:
    quota = QuotaFactory(name="Hall")
    response = send(manager, "quotas_add", quota.conference.pk, name="Hall", size="5")
    assert response.context["form"].errors == {"name": ["This conference has one of that name."]}
    elsewhere = ConferenceFactory()
    send(manager, "quotas_add", elsewhere.pk, name="Hall", size="5")
    assert elsewhere.quotas.count() == 1


def test_another_conferences_quota_is_not_found(manager: Client) -> None:
    quota, other = QuotaFactory(), ConferenceFactory()
    for page in ("quotas_edit", "quotas_remove"):
        response = send(manager, page, other.pk, quota.pk, name="Stolen", size="1")
        assert response.status_code == (404 if page == "quotas_edit" else 200)
    quota.refresh_from_db()
    assert quota.name != "Stolen"


def test_what_hangs_on_nothing_is_removed_once(manager: Client) -> None:
    quota = QuotaFactory(name="Hall")
    args = (quota.conference.pk, quota.pk)
    assert said(send(manager, "quotas_remove", *args)) == ["“Hall” is removed."]
    assert said(send(manager, "quotas_remove", *args)) == ["It was removed before."]
    assert "It was removed before." in sees(manager.get(reverse("conferences:quotas_remove", args=args)))
    assert AuditEntry.objects.filter(verb="removed").count() == 1


def test_what_was_sold_stays(manager: Client) -> None:
    place = TicketTypeFactory(name="Full place")
    held(place)
    response = send(manager, "types_remove", place.conference.pk, place.pk)
    assert said(response) == ["“Full place” is in use, so it was not removed. Close or hide it instead."]
    assert TicketType.objects.count() == 1


def type_fields(quota: Quota, **other: object) -> dict[str, object]:
    return {**TYPE, f"quota_{quota.pk}": "1", **other}


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"price_pence": "forty"}, {"price_pence": ["Write the amount in pounds, such as 45 or 45.50."]}),
        ({"price_pence": "-5"}, {"price_pence": ["Write the amount in pounds, such as 45 or 45.50."]}),
        ({"early_price_pence": "45.50"}, {"early_price_pence": ["The early price must be lower than the price."]}),
        ({"early_until": ""}, {"early_until": ["Say when the early price ends."]}),
        ({"early_price_pence": ""}, {"early_price_pence": ["Say what the early price is."]}),
        (
            {"on_sale_from": "2027-05-01 10:00", "on_sale_until": "2027-04-01 10:00"},
            {"on_sale_until": ["The sale ends before it starts."]},
        ),
        ({"max_per_order": "0"}, {"max_per_order": ["Choose between 1 and 100."]}),
        ({"max_per_order": "101"}, {"max_per_order": ["Choose between 1 and 100."]}),
    ],
)
def test_a_ticket_type_that_cannot_be(manager: Client, wrong: dict[str, str], errors: dict[str, list[str]]) -> None:
    quota = QuotaFactory()
    response = send(manager, "types_add", quota.conference.pk, **type_fields(quota, **wrong))
    assert response.context["form"].errors == errors
    assert TicketType.objects.count() == 0


def test_a_ticket_takes_room_somewhere(manager: Client) -> None:
    quota = QuotaFactory()
    response = send(manager, "types_add", quota.conference.pk, **type_fields(quota, **{f"quota_{quota.pk}": "0"}))
    sentence = "Say which room a ticket takes: write 1 beside at least one of the quotas."
    assert response.context["form"].non_field_errors() == [sentence]


def test_without_room_there_is_no_ticket_type(manager: Client) -> None:
    conference = ConferenceFactory()
    response = send(manager, "types_add", conference.pk, **TYPE)
    sentence = "Make a quota first: a ticket has to take a place somewhere."
    assert response.context["form"].errors == {"name": [sentence]}


def test_the_only_room_there_is_is_proposed(manager: Client) -> None:
    quota = QuotaFactory()
    url = reverse("conferences:types_add", args=[quota.conference.pk])
    assert manager.get(url).context["form"][f"quota_{quota.pk}"].value() == 1
    other = QuotaFactory(conference=quota.conference)
    form = manager.get(url).context["form"]
    assert [form[f"quota_{one.pk}"].value() for one in (quota, other)] == [0, 0]


def test_prices_are_shown_in_pounds_and_kept_in_pence(manager: Client) -> None:
    place = TicketTypeFactory(price_pence=4550, early=True)
    url = reverse("conferences:types_edit", args=[place.conference.pk, place.pk])
    page = manager.get(url).content.decode()
    assert 'value="45.50"' in page
    assert 'value="35"' in page


def test_what_a_ticket_takes_changes_until_one_is_sold(manager: Client) -> None:
    place = TicketTypeFactory(name="Full place")
    hall, other = place.quotas.get(), QuotaFactory(conference=place.conference)
    page = ("types_edit", place.conference.pk, place.pk)
    fields = {**TYPE, f"quota_{hall.pk}": "2", f"quota_{other.pk}": "1"}
    send(manager, *page, **fields)
    assert dict(place.type_quotas.values_list("quota_id", "weight")) == {hall.pk: 2, other.pk: 1}
    place.conference.status = "on_sale"
    held(place)
    response = send(manager, *page, **{**fields, f"quota_{other.pk}": "0", "description": "Changed"})
    assert len(response.context["form"].non_field_errors()) == 1
    place.refresh_from_db()
    assert (place.description, place.type_quotas.count()) == ("For everybody", 2)
    send(manager, *page, **{**fields, "description": "Changed"})
    place.refresh_from_db()
    assert place.description == "Changed"


def test_only_this_conferences_workshops_can_be_chosen(manager: Client) -> None:
    quota, foreign = QuotaFactory(), SessionFactory(workshop=True)
    talk = SessionFactory(conference=quota.conference)
    for session in (foreign, talk):
        response = send(manager, "types_add", quota.conference.pk, **type_fields(quota, session=session.pk))
        assert list(response.context["form"].errors) == ["session"]


LINE = {
    "title": "Opening",
    "kind": "talk",
    "starts_at": "2027-06-16 10:00",
    "ends_at": "2027-06-16 11:00",
    "summary": "",
}


def test_a_programme_line_is_made_once_and_told_to_calendars(manager: Client) -> None:
    conference = ConferenceFactory()
    send(manager, "sessions_add", conference.pk, **LINE)
    again = send(manager, "sessions_add", conference.pk, **LINE)
    assert again.context["form"].errors == {"title": ["The programme has this line already."]}
    conference.refresh_from_db()
    assert (Session.objects.count(), conference.calendar_sequence) == (1, 1)
    session = Session.objects.get()
    send(manager, "sessions_edit", conference.pk, session.pk, **{**LINE, "summary": "New words"})
    conference.refresh_from_db()
    assert conference.calendar_sequence == 1


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"ends_at": "2027-06-16 10:00"}, {"ends_at": ["It ends before it starts."]}),
        ({"starts_at": "2027-06-18 10:00", "ends_at": ""}, {"starts_at": ["The conference is on 16 June 2027."]}),
        ({"starts_at": "soon"}, {"starts_at": ["Enter a valid date/time."]}),
    ],
)
def test_a_programme_line_that_cannot_be(manager: Client, wrong: dict[str, str], errors: dict[str, list[str]]) -> None:
    response = send(manager, "sessions_add", ConferenceFactory().pk, **{**LINE, **wrong})
    assert response.context["form"].errors == errors


def test_days_that_are_not_known_are_not_checked(manager: Client) -> None:
    conference = ConferenceFactory(month_only=True)
    send(manager, "sessions_add", conference.pk, **{**LINE, "starts_at": "2027-06-18 10:00", "ends_at": ""})
    assert conference.sessions.count() == 1


def keep(manager: Client, quota: Quota, units: str = "5", reason: str = "Speakers") -> Any:
    return send(manager, "keep_back", quota.conference.pk, quota=quota.pk, units=units, reason=reason)


def test_places_are_kept_back_once_and_let_go_once(manager: Client) -> None:
    quota = QuotaFactory(name="Hall", size=10)
    assert said(keep(manager, quota)) == ["5 of “Hall” are kept back."]
    assert said(keep(manager, quota)) == ["5 of “Hall” are kept back for “Speakers” already. Nothing was changed."]
    quota.refresh_from_db()
    hold = StaffHold.objects.get()
    assert (quota.taken, hold.held_by.email) == (5, "manager@example.org")
    assert "Speakers" in sees(manager.get(reverse("conferences:tickets", args=[quota.conference.pk])))
    args = (quota.conference.pk, hold.pk)
    assert said(send(manager, "let_go", *args)) == ["5 of “Hall” are free again."]
    assert said(send(manager, "let_go", *args)) == ["These places were given back before. Nothing was changed."]
    quota.refresh_from_db()
    assert quota.taken == 0
    assert said(keep(manager, quota)) == ["5 of “Hall” are kept back."]


def test_more_than_there_are_cannot_be_kept_back(manager: Client) -> None:
    quota = QuotaFactory(name="Hall", size=3)
    response = keep(manager, quota)
    assert said(response) == [
        "Only 3 places are free in “Hall”. Nothing was kept back. Keep fewer, or make it larger first."
    ]
    assert CapacityClaim.objects.count() == 0


@pytest.mark.parametrize("units", ["0", "-3", "many", "1e9"])
def test_a_number_of_places_to_keep_back(manager: Client, units: str) -> None:
    response = keep(manager, QuotaFactory(), units)
    assert list(response.context["form"].errors) == ["units"]


def test_another_conferences_places_are_not_kept_back(manager: Client) -> None:
    quota, foreign = QuotaFactory(), QuotaFactory()
    response = send(manager, "keep_back", quota.conference.pk, quota=foreign.pk, units="1", reason="x")
    assert list(response.context["form"].errors) == ["quota"]
    hold = ledger.keep_back(foreign, units=1, reason="x", by=None, now=NOW)
    assert send(manager, "let_go", quota.conference.pk, hold.pk).status_code == 404


def test_drawing_on_the_same_again_is_no_change() -> None:
    place = TicketTypeFactory()
    quota = place.quotas.get()
    row = place.type_quotas.get()
    corrections.draw_on(place, weights={quota.pk: 1}, by=None)
    assert place.type_quotas.get() == row


def test_the_tickets_page_asks_the_same_number_of_questions(manager: Client) -> None:
    hall = QuotaFactory(size=None)
    conference = hall.conference
    url = reverse("conferences:tickets", args=[conference.pk])

    def more(number: int) -> None:
        for _n in range(number):
            TicketTypeFactory(conference=conference, quota=hall)
            SessionFactory(conference=conference)
            ledger.keep_back(hall, units=1, reason="x", by=None, now=NOW)

    assert len(questions(manager, url, [1, 2, 27], more)) == 1
