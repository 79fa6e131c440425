"""Every address of the desk, with every role."""

import pytest
from django.test import Client
from django.urls import reverse

from events.domain import ledger
from events.models import Order
from network_site.base.audit import record
from network_site.base.incidents import open_incident
from network_site.mail.models import OutgoingMail
from network_site.payments.models import WebhookEvent
from tests.factories.conferences import NOW, SessionFactory, TicketTypeFactory
from tests.factories.orders import at, booked

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses() -> dict[str, str]:
    """Each address once, with something behind it."""
    return every_address()


def every_address() -> dict[str, str]:
    place = TicketTypeFactory(name="Full place")
    conference = place.conference
    quota = place.quotas.get()
    session = SessionFactory(conference=conference)
    hold = ledger.keep_back(quota, units=2, reason="Speakers", by=None, now=NOW)
    with at(NOW):
        order = booked(place, 2)
    line = order.lines.first()
    incident = open_incident("odd", subject=order.subject, sentence="Odd.", advice="Look.", data={"a": 1})
    message = WebhookEvent.objects.create(external_id="evt_1", kind="x", payload={"id": "cs_1"}, received_at=NOW)
    record("looked", subject=order.subject)
    letter = OutgoingMail.objects.first()
    assert line
    assert letter
    one = {"conference": conference.pk}
    return {
        "conferences:index": reverse("conferences:index"),
        "conferences:index_results": reverse("conferences:index_results"),
        "conferences:add": reverse("conferences:add"),
        "conferences:edit": reverse("conferences:edit", args=[conference.pk]),
        "conferences:tickets": reverse("conferences:tickets", kwargs=one),
        "conferences:places": reverse("conferences:places", kwargs=one),
        "conferences:attendees": reverse("conferences:attendees", kwargs=one),
        "conferences:move": reverse("conferences:move", kwargs={**one, "to": "cancelled"}),
        "conferences:cancel_orders": reverse("conferences:cancel_orders", kwargs=one),
        "conferences:quotas_add": reverse("conferences:quotas_add", kwargs=one),
        "conferences:quotas_edit": reverse("conferences:quotas_edit", kwargs={**one, "pk": quota.pk}),
        "conferences:quotas_remove": reverse("conferences:quotas_remove", kwargs={**one, "pk": quota.pk}),
        "conferences:types_add": reverse("conferences:types_add", kwargs=one),
        "conferences:types_edit": reverse("conferences:types_edit", kwargs={**one, "pk": place.pk}),
        "conferences:types_remove": reverse("conferences:types_remove", kwargs={**one, "pk": place.pk}),
        "conferences:sessions_add": reverse("conferences:sessions_add", kwargs=one),
        "conferences:sessions_edit": reverse("conferences:sessions_edit", kwargs={**one, "pk": session.pk}),
        "conferences:sessions_remove": reverse("conferences:sessions_remove", kwargs={**one, "pk": session.pk}),
        "conferences:keep_back": reverse("conferences:keep_back", kwargs=one),
        "conferences:let_go": reverse("conferences:let_go", kwargs={**one, "pk": hold.pk}),
        "orders:index": reverse("orders:index"),
        "orders:index_results": reverse("orders:index_results"),
        "orders:order": reverse("orders:order", args=[order.pk]),
        **{
            f"orders:{deed}": reverse(f"orders:{deed}", args=[order.pk])
            for deed in ("cancel", "resend", "seat", "refund", "refresh", "buyer")
        },
        "orders:cancel_line": reverse("orders:cancel_line", args=[order.pk, line.pk]),
        "orders:correct_place": reverse("orders:correct_place", args=[order.pk, line.pk]),
        "incidents:index": reverse("incidents:index"),
        "incidents:index_results": reverse("incidents:index_results"),
        "incidents:incident": reverse("incidents:incident", args=[incident.pk]),
        "outbox:index": reverse("outbox:index"),
        "outbox:index_results": reverse("outbox:index_results"),
        "outbox:letter": reverse("outbox:letter", args=[letter.pk]),
        "messages:index": reverse("messages:index"),
        "messages:index_results": reverse("messages:index_results"),
        "messages:message": reverse("messages:message", args=[message.pk]),
        "trail:index": reverse("trail:index"),
        "trail:index_results": reverse("trail:index_results"),
    }


def registered() -> set[str]:
    """Every name the desk registers, from Wagtail itself."""
    from wagtail.admin.viewsets import viewsets

    ours = {"conferences", "orders", "incidents", "outbox", "messages", "trail"}
    return {
        f"{viewset.url_namespace}:{pattern.name}"
        for viewset in viewsets.viewsets
        if viewset.name in ours
        for pattern in viewset.get_urlpatterns()
    }


def test_no_address_is_forgotten_here(addresses: dict[str, str], manager: Client) -> None:
    assert set(addresses) == registered()


def test_a_manager_opens_every_page(addresses: dict[str, str], manager: Client) -> None:
    assert {name: manager.get(url).status_code for name, url in addresses.items()} == dict.fromkeys(addresses, 200)


def test_pages_hold_no_inline_code(addresses: dict[str, str], manager: Client) -> None:
    for name in ("conferences:tickets", "conferences:places", "orders:order", "incidents:incident"):
        main = manager.get(addresses[name]).content.decode().split('id="main"', 1)[1].split("</main>", 1)[0]
        assert "<script" not in main, name
        assert "style=" not in main, name
        assert "onclick" not in main, name


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_an_account_every_page_asks_to_log_in(
    addresses: dict[str, str], anonymous: Client, method: str
) -> None:
    for name, url in addresses.items():
        response = getattr(anonymous, method)(url)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/"), name


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_delegate_never_sees_the_desk(addresses: dict[str, str], delegate: Client, method: str) -> None:
    for name, url in addresses.items():
        response = getattr(delegate, method)(url)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/"), name


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_is_sent_back_from_every_page(addresses: dict[str, str], editor: Client, method: str) -> None:
    before = list(Order.objects.values())
    for name, url in addresses.items():
        response = getattr(editor, method)(url)
        assert (response.status_code, response["Location"]) == (302, "/admin/"), name
    assert list(Order.objects.values()) == before


def test_an_editor_sees_neither_menu_nor_money(addresses: dict[str, str], editor: Client) -> None:
    home = editor.get("/admin/").content.decode()
    assert "/admin/orders/" not in home
    assert "Conferences today" not in home
    assert "£" not in home


def test_a_manager_sees_the_menu_with_what_waits(addresses: dict[str, str], manager: Client) -> None:
    home = manager.get("/admin/").content.decode()
    assert "/admin/orders/" in home
    assert "Incidents (1)" in home
    assert "1 incident is open" in home
