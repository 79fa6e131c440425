"""The whole purchase: few requests, few statements, no cookie, nothing secret given away."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Order
from tests.events.face.conftest import well_formed
from tests.factories import orders
from tests.factories.conferences import TicketTypeFactory

pytestmark = pytest.mark.django_db
BUYER = {"buyer_name": "Amira Demonstration", "buyer_email": "amira@example.org", "organisation": "", "is_me": "on"}


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_counted(sql: str) -> bool:
    """Transaction control is not, nor what the practice gateway, which stands for another company, writes down."""
    return "SAVEPOINT" not in sql and "lock_timeout" not in sql and "practicesession" not in sql


def buy(client: Client, place, *, number: int = 2, workshop=None) -> tuple[list, list[str]]:
    """Conference page to booked page; the responses of our own requests and every statement they made."""
    statements: list[str] = []

    def ask(method: str, path: str, **more):
        with CaptureQueriesContext(connection) as asked:
            response = getattr(client, method)(path, **more)
        statements.extend(query["sql"] for query in asked.captured_queries if is_counted(query["sql"]))
        return response

    seen = [ask("get", f"/conferences/{place.conference.slug}/")]
    choice = {f"places-{place.pk}": str(number)} | ({f"places-{workshop.pk}": "1"} if workshop else {})
    seen.append(ask("post", f"/conferences/{place.conference.slug}/tickets/", data=choice))
    details = seen[-1]["Location"]
    seen.append(ask("get", details))
    seen.append(ask("post", details, data={**BUYER, "place-2-name": "Tom Example", "place-2-email": "tom@example.org"}))
    order = Order.objects.get()
    if order.total_pence:
        orders.pay(order)
        seen.append(ask("get", f"{order.get_absolute_url()}return/?session_id={orders.session_of(order)}"))
    else:
        seen.append(ask("get", seen[-1]["Location"]))
    return seen, statements


def test_two_places_are_bought_in_five_requests(client, place, publish) -> None:
    publish(place.conference)
    seen, _ = buy(client, place)
    assert [response.status_code for response in seen] == [200, 303, 200, 303, 200]
    assert "/payments/practice/" in seen[3]["Location"]
    order = Order.objects.get()
    assert (order.status, order.total_pence) == ("paid", 9000)
    assert [(line.attendee_name, line.attendee_email) for line in order.lines.order_by("number")] == [
        ("Amira Demonstration", "amira@example.org"),
        ("Tom Example", "tom@example.org"),
    ]
    assert b"You are booked" in seen[4].content


def test_a_purchase_takes_at_most_forty_statements(client, place, publish, settings) -> None:
    """The conference page comes from the pages kept by the process, as it does for all but the first visitor."""
    settings.PAGE_CACHE_SECONDS = 60
    publish(place.conference)
    client.get("/conferences/closer/")
    _, statements = buy(client, place)
    assert len(statements) <= 40, "\n".join(statements)


def test_even_the_first_visitor_takes_few_more(client, place, workshop, publish) -> None:
    publish(place.conference)
    client.get("/conferences/closer/tickets/")
    _, statements = buy(client, place, workshop=workshop)
    # Whether an editor changed something is asked by the clock, at most twice a second.
    asked = [statement for statement in statements if "base_freshness" not in statement]
    assert len(asked) <= 52, "\n".join(asked)


def test_no_page_of_the_journey_sets_a_cookie_or_may_be_kept(client, place, publish) -> None:
    publish(place.conference)
    seen, _ = buy(client, place)
    assert not client.cookies
    for response in seen[1:]:
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
    for response in (seen[2], seen[4]):
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Cache-Control"] == "private, no-store"


def test_every_page_of_the_journey_is_well_formed(client, place, workshop, publish) -> None:
    publish(place.conference)
    seen, _ = buy(client, place, workshop=workshop)
    for response in seen:
        if response.status_code == 200:
            well_formed(response.content)


def test_a_free_place_is_booked_without_paying(client, conference, publish) -> None:
    publish(conference)
    free = TicketTypeFactory(conference=conference, free=True, name="Lived experience")
    seen, _ = buy(client, free, number=1)
    order = Order.objects.get()
    assert order.status == "paid"
    assert seen[3]["Location"] == order.get_absolute_url()
    assert b"Book for free" in seen[2].content
    assert b"Pay \xc2\xa3" not in seen[2].content


def test_the_forms_need_no_token_and_refuse_other_sites(browser_client, place) -> None:
    choice = {f"places-{place.pk}": "1"}
    address = "/conferences/closer/tickets/"
    assert browser_client.post(address, choice, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert Order.objects.count() == 0
    assert browser_client.post(address, choice, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_two_presses_hold_twice_and_lose_nothing(client, place) -> None:
    choice = {f"places-{place.pk}": "1"}
    first, second = (client.post("/conferences/closer/tickets/", choice) for _ in range(2))
    assert first["Location"] != second["Location"]
    assert [client.get(answer["Location"]).status_code for answer in (first, second)] == [200, 200]


def test_names_sent_twice_lead_to_one_page_for_paying(client, place) -> None:
    order = orders.held(place)
    first = client.post(f"{order.get_absolute_url()}details/", BUYER)
    second = client.post(f"{order.get_absolute_url()}details/", BUYER)
    assert first.status_code == second.status_code == 303
    assert path_of(second["Location"]) in {path_of(first["Location"]), order.get_absolute_url()}
