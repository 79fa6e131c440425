"""A manager makes a conference with its sale from nothing, over the admin's forms, and somebody buys a place."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from events.domain import availability, fsck
from events.models import Conference, ConferenceIndexPage, ConferencePage, Order, Quota, Session, TicketType
from network_site.base.models import AuditEntry
from tests.events.admin.conftest import said
from tests.factories.conferences import NOW
from tests.factories.orders import at, booked

pytestmark = pytest.mark.django_db
FACTS = {
    "title": "Social prescribing in practice", "slug": "leeds-2027", "series": "8th International Conference",
    "strapline": "", "mode": "hybrid", "venue": "The Old Mill", "town": "Leeds", "starts_on": "2027-06-16",
    "ends_on": "2027-06-17", "precision": "day", "opens": "09:30", "closes": "17:00", "hold_minutes": "35",
    "delegates": "", "delegates_note": "",
}  # fmt: skip
TYPE = {
    "name": "Full place", "description": "For everybody", "session": "", "price_pence": "£45.50",
    "early_price_pence": "35", "early_until": "2027-04-01 12:00", "on_sale_from": "", "on_sale_until": "",
    "max_per_order": "10", "sort_order": "1",
}  # fmt: skip


def make_conference(manager: Client, **other: str) -> Conference:
    response = manager.post(reverse("conferences:add"), {**FACTS, **other})
    assert response.status_code == 302, response.context["form"].errors
    conference = Conference.objects.latest("pk")
    assert response["Location"] == reverse("conferences:tickets", args=[conference.pk])
    return conference


def post(manager: Client, page: str, /, *args: object, **fields: object) -> None:
    response = manager.post(reverse(f"conferences:{page}", args=args), fields)
    assert response.status_code == 302, response.context["form"].errors


def test_the_whole_story(manager: Client, index_page: ConferenceIndexPage) -> None:
    conference = make_conference(manager)
    page = ConferencePage.objects.get()
    assert (page.slug, page.live, page.conference, page.get_parent().specific) == (
        "leeds-2027", False, conference, index_page,
    )  # fmt: skip
    post(manager, "quotas_add", conference.pk, name="Main hall", size="3")
    post(manager, "quotas_add", conference.pk, name="Workshop room", size="2")
    hall, room = Quota.objects.order_by("pk")
    post(
        manager, "sessions_add", conference.pk, title="Walking groups", kind="workshop", starts_at="2027-06-16 11:00",
        ends_at="2027-06-16 12:00", summary="",
    )  # fmt: skip
    workshop = Session.objects.get()
    post(manager, "types_add", conference.pk, **{**TYPE, f"quota_{hall.pk}": "1", f"quota_{room.pk}": "0"})
    addon = {
        **TYPE, "name": "Walking groups", "session": workshop.pk, "price_pence": "5", "early_price_pence": "",
        "early_until": "", f"quota_{hall.pk}": "0", f"quota_{room.pk}": "1",
    }  # fmt: skip
    post(manager, "types_add", conference.pk, **addon)
    post(manager, "keep_back", conference.pk, quota=hall.pk, units="1", reason="Speakers")
    post(manager, "move", conference.pk, "on_sale")
    conference.refresh_from_db()
    assert conference.status == Conference.Status.ON_SALE

    place, beside = TicketType.objects.order_by("pk")
    assert (place.price_pence, place.early_price_pence, beside.price_pence, beside.session) == (
        4550,
        3500,
        500,
        workshop,
    )
    offers = [(offer.ticket_type, offer.price_pence, offer.left) for offer in availability.offers(conference, now=NOW)]
    assert offers == [(place, 3500, 2), (beside, 500, 2)]
    with at(NOW):
        order = booked(place, 2, addons={beside: 1})
    assert (order.status, order.total_pence) == (Order.Status.PAID, 7500)
    hall.refresh_from_db()
    assert (hall.taken, hall.left) == (3, 0)
    assert fsck.findings(now=NOW + timedelta(minutes=1)) == []
    verbs = set(AuditEntry.objects.filter(subject=f"conference:{conference.pk}").values_list("verb", flat=True))
    assert verbs == {"made", "moved"}


def test_without_a_page_of_all_conferences_the_facts_are_kept(manager: Client) -> None:
    response = manager.post(reverse("conferences:add"), FACTS, follow=True)
    assert Conference.objects.count() == 1
    assert ConferencePage.objects.count() == 0
    assert any("There is no page of all conferences" in sentence for sentence in said(response))


def test_sent_twice_it_is_made_once(manager: Client, index_page: ConferenceIndexPage) -> None:
    make_conference(manager)
    response = manager.post(reverse("conferences:add"), FACTS)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["slug"]
    assert (Conference.objects.count(), ConferencePage.objects.count()) == (1, 1)


def test_a_taken_address_is_refused_before_anything_is_made(manager: Client, index_page: ConferenceIndexPage) -> None:
    other = make_conference(manager)
    Conference.objects.filter(pk=other.pk).update(slug="elsewhere")
    response = manager.post(reverse("conferences:add"), FACTS)
    assert response.context["form"].errors == {"slug": ["Another conference’s page has this address. Choose another."]}
    assert Conference.objects.count() == 1
