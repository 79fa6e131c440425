"""Every address of ours is asked for by everybody: nobody sees what is not theirs, and nothing breaks."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from wagtail.urls import serve_pattern

from events.models import Conference, Order, OrderLine, Quota, Session, StaffHold, TicketType
from events.verification import verify_address
from network_site.base.incidents import open_incident
from network_site.contact.models import Message
from network_site.history.models import TimelineEvent
from network_site.mail.models import OutgoingMail
from network_site.pages.models import ExplainerPage
from network_site.payments.models import PracticeSession, WebhookEvent
from network_site.people.models import Organisation, Person, User

# It proves other things than lines, and counting these would make it twice as slow.
pytestmark = pytest.mark.no_cover

OURS = ("events.", "network_site.")
SEEN, AWAY, MISSING, ONLY_POST = "seen", "sent away", "missing", "only by a form"
ANSWERS = {200: SEEN, 304: SEEN, 301: AWAY, 302: AWAY, 303: AWAY, 403: AWAY, 404: MISSING, 400: MISSING, 405: ONLY_POST}
# Who may see what, by the start of the address: anonymous, delegate, author, editor, conference manager.
Answers = tuple[str, str, str, str, str]
NOBODY_BUT_MANAGERS = (AWAY, AWAY, AWAY, AWAY, SEEN)
EDITORS_ONLY = (AWAY, AWAY, AWAY, SEEN, AWAY)
WRITERS = (AWAY, AWAY, SEEN, SEEN, AWAY)
STAFF = (AWAY, AWAY, SEEN, SEEN, SEEN)
EVERYBODY = (SEEN,) * 5
RULES: list[tuple[str, Answers]] = [
    (r"admin/login/", (AWAY,) * 5),
    (r"admin/history/moments/reorder/|admin/messages/.*/(assign|move)/", (AWAY, AWAY, AWAY, ONLY_POST, AWAY)),
    (r"admin/history/moments/import/check/", (AWAY,) * 5),  # nothing was uploaded to check
    (r"admin/.*/workflow/action/", (AWAY, AWAY, MISSING, MISSING, MISSING)),  # nothing was sent in
    (r"admin/history/moments/(import|copy|edit)/", WRITERS),
    (r"admin/history/moments/ties/", EDITORS_ONLY),
    (r"admin/history/", STAFF),
    (r"admin/(messages|page-feedback|asked-for-in-vain|reports/searches)/", EDITORS_ONLY),
    (r"admin/before-you-publish/", WRITERS),
    (r"admin/(guide|menu|reports/house)/", STAFF),
    (r"admin/", NOBODY_BUT_MANAGERS),
    (r"my/", (AWAY, SEEN, SEEN, SEEN, SEEN)),
    (r"payments/stripe/webhook", (ONLY_POST,) * 5),
    (r"media/", (MISSING,) * 5),
    (r"orders/.*/pay/", (ONLY_POST,) * 5),
    (r"orders/.*/back/", (AWAY,) * 5),
    (r"orders/.*/details/", (AWAY,) * 5),  # the order is paid: its own page is next
    (r"contact/send/", (AWAY,) * 5),  # back to the form
    (r"contact/sent/|share/", (MISSING,) * 5),  # a token and a hash nobody was given
    (r"", EVERYBODY),
]


def routes(resolver: URLResolver | None = None, start: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif getattr(getattr(pattern.callback, "view_class", pattern.callback), "__module__", "").startswith(OURS):
            yield route


@pytest.fixture
def world(demo_db: str) -> dict[str, object]:
    """One of everything an address can name."""
    conference = Conference.objects.get(slug="closer-to-home")
    order = Order.objects.get(buyer_email="delegate@example.org")
    explainer = ExplainerPage.objects.get()
    line = OrderLine.objects.get(order=order, number=1)
    event = WebhookEvent.objects.create(
        external_id="evt_1", kind="checkout.session.completed", payload={}, received_at=order.placed_at
    )
    return {
        "conference": conference.pk,
        "admin/conferences/<pk>": conference.pk,
        "quotas/<pk>": Quota.objects.filter(conference=conference).first(),
        "types/<pk>": TicketType.objects.filter(conference=conference).first(),
        "sessions/<pk>": Session.objects.filter(conference=conference).first(),
        "let-go/<pk>": StaffHold.objects.first(),
        "orders/<pk>": order,
        "incidents/<pk>": open_incident("mismatch", subject=order.subject, sentence="A question."),
        "outbox/<pk>": OutgoingMail.objects.first(),
        "mail/<pk>": OutgoingMail.objects.filter(kind="events.order_paid").first(),
        "payment-messages/<pk>": event,
        "line": line,
        "number": 1,
        **{f"{verb}/<pk>": TimelineEvent.objects.first() for verb in ("copy", "edit", "inspect", "reorder")},
        "messages/<pk>": Message.objects.first(),
        "page-feedback/<pk>": explainer,
        "feedback/<page_id>": explainer,
        "before-you-publish/<page_id>": explainer,
        "guide/<slug>": "blocks",
        "people/<slug>": Person.objects.public()[0].slug,
        "partners/<slug>": Organisation.objects.partners()[0].slug,
        "to": Conference.Status.CLOSED,
        "slug": conference.slug,
        "reference": order.reference,
        "secret": order.secret,
        "token": line.token,
        "code": verify_address(line).split("/")[-2],
        "session_id": PracticeSession.objects.values_list("pk", flat=True).first(),
        "path": "nothing.png",
    }


def address(route: str, world: dict[str, object]) -> str:
    """The route with one of the world's things in each of its places."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        before = route[: match.start()].rstrip("/").rsplit("/", 1)[-1]
        found = world.get(f"{before}/<{name}>", world.get("admin/conferences/<pk>" if name == "pk" else name))
        return str(getattr(found, "pk", found))

    if route == serve_pattern:  # any page of the tree
        return "/"
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", value, route)


def clients() -> list[Client]:
    found = [Client()]
    for name in ("delegate", "arthur", "editor", "manager"):
        client = Client()
        client.force_login(User.objects.get(email=f"{name}@example.org"))
        found.append(client)
    return found


def expected(route: str) -> Answers:
    return next(answer for start, answer in RULES if re.match(start, route))


def answer(client: Client, path: str) -> str:
    response = client.get(path)
    if hasattr(response, "streaming_content"):
        b"".join(response.streaming_content)
        response.close()
    return ANSWERS.get(response.status_code, str(response.status_code))


def test_everybody_sees_what_is_theirs_and_nothing_else(world: dict[str, object]) -> None:
    everybody = clients()
    wrong = {}
    for route in sorted(set(routes())):
        path = address(route, world)
        got = tuple(answer(client, path) for client in everybody)
        if got != expected(route):
            wrong[path] = f"{got} instead of {expected(route)}"
    assert wrong == {}


def test_a_wrong_secret_opens_nothing(world: dict[str, object]) -> None:
    stranger = {
        **world,
        "secret": "a" * 22,
        "token": "a" * 22,
        "code": "AAAAAA-1-" + "a" * 24,
        "session_id": "practice_a",
    }
    private = [route for route in set(routes()) if re.match(r"orders/<slug|places/|tickets/<|payments/practice", route)]
    assert len(private) >= 10
    opened = {
        path
        for path in (address(route, stranger) for route in private)
        if answer(Client(), path) not in {MISSING, ONLY_POST}
    }
    assert opened == set()
