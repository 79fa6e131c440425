"""Writing to us, step by step, as a visitor without scripts and without cookies."""

import re
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_site.base import freshness
from network_site.contact import views
from network_site.contact.domain import messages
from network_site.contact.domain.suspicion import new_token
from network_site.contact.models import ContactPage, ContactTopic, Message
from network_site.mail.models import OutgoingMail
from tests.contact.conftest import OWN, send, typed

pytestmark = pytest.mark.django_db


def tree(response: Any) -> Any:
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def fields(response: Any) -> dict[str, str]:
    """What the form on the page would send as it stands."""
    form = next(form for form in tree(response).iter("form") if form.get("action") == "/contact/send/")
    found: dict[str, str] = {}
    for box in form.iter("input"):
        if box.get("type") not in {"radio", "checkbox"} or box.get("checked") is not None:
            found[box.get("name")] = box.get("value") or ("on" if box.get("type") == "checkbox" else "")
    for box in form.iter("textarea"):
        found[box.get("name")] = (box.text or "").removeprefix("\n")
    return found


def test_from_the_page_to_the_thanks(client: Client, contact: ContactPage, topics: list[ContactTopic]) -> None:
    page = client.get("/contact/")
    asked = fields(page)
    assert {"form", "name", "email", "organisation", "text", "remarks"} <= set(asked)
    form = new_token(now=timezone.now() - timedelta(minutes=1))
    filled = {
        **asked,
        "form": form,
        "topic": str(topics[0].pk),
        "name": "Ada",
        "email": "ada@example.org",
        "text": "Hello",
    }
    response = send(client, filled)
    assert response.status_code == 303
    message = Message.objects.get()
    assert message.status == Message.Status.NEW
    thanks = client.get(response["Location"])
    words = thanks.content.decode()
    assert message.reference in words
    assert "within two working days" in words
    assert thanks["Cache-Control"] == "private, no-store"
    assert [one.cookies for one in (page, response, thanks)] == [{}, {}, {}]
    assert "ada@example.org" not in words


def test_looking_at_the_thanks_again_changes_nothing(
    client: Client, contact: ContactPage, topics: list[ContactTopic]
) -> None:
    address = send(client)["Location"]
    before = (Message.objects.count(), OutgoingMail.objects.count())
    assert {client.get(address).status_code for _ in range(3)} == {200}
    assert (Message.objects.count(), OutgoingMail.objects.count()) == before


def test_the_same_form_sent_again_leads_to_the_same_thanks(
    client: Client, contact: ContactPage, topics: list[ContactTopic]
) -> None:
    data = typed()
    assert send(client, data)["Location"] == send(client, data)["Location"]
    assert (Message.objects.count(), OutgoingMail.objects.count()) == (1, 2)


@pytest.mark.parametrize("token", ["ABC346", "ABC346.x", "x", "a" * 500])
def test_a_made_up_thanks_is_not_found(client: Client, contact: ContactPage, message: Message, token: str) -> None:
    assert client.get(f"/contact/sent/{token}/").status_code == 404
    assert client.get(f"/contact/sent/{message.reference}/").status_code == 404


def test_what_needs_help_comes_back_with_everything_that_was_typed(
    client: Client, contact: ContactPage, topics: list[ContactTopic]
) -> None:
    data = typed(topic=str(topics[1].pk), email="ada", name="<b>Ada</b>", text="One\nTwo & three", is_copy_wanted="on")
    response = send(client, data)
    assert response.status_code == 422
    sent = {name: value for name, value in fields(response).items() if name != "remarks"}
    assert sent == {name: value for name, value in data.items() if name != "remarks"}
    root = tree(response)
    summary = next(box for box in root.iter("div") if "error-summary" in (box.get("class") or ""))
    assert [(link.get("href"), "".join(link.itertext())) for link in summary.iter("a")] == [
        ("#id_email", "Your e-mail address: The address has no @ sign. It should look like name@example.org.")
    ]
    assert next(root.iter("title")).text.strip().startswith("Error:")
    wrong = next(box for box in root.iter("input") if box.get("id") == "id_email")
    assert wrong.get("aria-invalid") == "true"
    assert "id_email_error" in wrong.get("aria-describedby")
    assert not Message.objects.exists()


def test_too_long_a_text_comes_back_whole(client: Client, contact: ContactPage, topics: list[ContactTopic]) -> None:
    text = "word " * 1200
    assert fields(send(client, typed(text=text)))["text"] == text


def test_every_part_that_is_missing_is_named_and_linked(
    client: Client, contact: ContactPage, topics: list[ContactTopic]
) -> None:
    response = send(client, {"form": "x"})
    links = re.findall(r'href="#(id_\w+)"', response.content.decode())
    assert links == ["id_topic_0", "id_name", "id_email", "id_text"]
    ids = {box.get("id") for box in tree(response).iter() if box.get("id")}
    assert set(links) <= ids


def test_somebody_elses_form_sends_nothing(client: Client, contact: ContactPage, topics: list[ContactTopic]) -> None:
    response = send(client, HTTP_SEC_FETCH_SITE="cross-site", HTTP_ORIGIN="https://elsewhere.example.org")
    assert response.status_code == 403
    assert not Message.objects.exists()


def test_a_browser_that_says_nothing_of_itself_may_write(
    client: Client, contact: ContactPage, topics: list[ContactTopic]
) -> None:
    assert Client(enforce_csrf_checks=True).post("/contact/send/", typed()).status_code == 303


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({"remarks": "Buy"}, "trap"),
        ({"form": ""}, "forged"),
        ({"text": "http://a http://b http://c"}, "links"),
    ],
)
def test_a_machine_gets_the_same_thanks_and_is_held(
    client: Client, contact: ContactPage, topics: list[ContactTopic], changes: dict[str, str], sign: str
) -> None:
    response = send(client, typed(**changes))
    assert response.status_code == 303
    assert client.get(response["Location"]).status_code == 200
    message = Message.objects.get()
    assert (message.status, message.signs) == (Message.Status.SUSPECTED, [sign])
    assert not OutgoingMail.objects.exists()


def test_the_form_of_a_page_just_fetched_is_too_quick(
    client: Client, contact: ContactPage, topics: list[ContactTopic]
) -> None:
    send(client, typed(form=fields(client.get("/contact/"))["form"]))
    assert Message.objects.get().signs == ["quick"]


def test_many_messages_from_one_place_wait_with_nothing_lost(
    client: Client, contact: ContactPage, topics: list[ContactTopic], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MESSAGES_PER_ADDRESS", 2)
    data = [typed(text=f"Message {number}") for number in range(3)]
    answers = [send(client, one) for one in data]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert fields(answers[2])["text"] == "Message 2"
    assert "Wait ten minutes" in answers[2].content.decode()
    assert send(client, data[2], REMOTE_ADDR="192.0.2.7").status_code == 303


def test_what_needs_help_does_not_use_up_the_limit(
    client: Client, contact: ContactPage, topics: list[ContactTopic], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MESSAGES_PER_ADDRESS", 1)
    assert [send(client, typed(name="")).status_code for _ in range(3)] == [422] * 3
    assert send(client).status_code == 303


def test_when_nothing_can_be_kept_nothing_is_lost(
    client: Client, contact: ContactPage, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages.tokens, "reference", lambda: message.reference)
    response = send(client, typed(text="Another"))
    assert response.status_code == 503
    assert fields(response)["text"] == "Another"
    assert "could not be kept" in response.content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
def test_the_address_of_the_form_leads_to_the_page(client: Client, contact: ContactPage, method: str) -> None:
    response = getattr(client, method)("/contact/send/")
    assert (response.status_code, response["Location"]) == (302, "/contact/")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_do_nothing(client: Client, contact: ContactPage, method: str) -> None:
    assert getattr(client, method)("/contact/send/", **OWN).status_code == 405


def test_without_a_page_nobody_can_write(client: Client, topics: list[ContactTopic]) -> None:
    assert send(client).status_code == 404
    assert client.get("/contact/send/").status_code == 404


def test_the_page_says_how_long_words_are_kept(client: Client, contact: ContactPage) -> None:
    words = " ".join(client.get("/contact/").content.decode().split())
    assert "We keep it for 12 months" in words
    assert 'href="/privacy/"' in words


def test_a_topic_says_when_and_where_the_answer_may_be(
    client: Client, contact: ContactPage, topics: list[ContactTopic]
) -> None:
    words = " ".join(client.get("/contact/").content.decode().split())
    assert "We answer within two working days." in words
    assert 'Names can be changed without us: <a href="/conferences/">/conferences/</a>' in words


def test_a_topic_that_is_not_offered_cannot_be_chosen(
    client: Client, contact: ContactPage, topics: list[ContactTopic]
) -> None:
    ContactTopic.objects.create(label="Old", is_offered=False)
    ContactTopic.objects.create(label="Third")
    old = ContactTopic.objects.get(label="Old")
    assert "Old" not in client.get("/contact/").content.decode()
    assert send(client, typed(topic=str(old.pk))).status_code == 422


def test_the_page_is_kept_for_everybody(client: Client, contact: ContactPage, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    first, second = client.get("/contact/"), client.get("/contact/")
    assert first["Cache-Control"].startswith("public")
    assert first["ETag"] == second["ETag"]


def test_two_people_with_one_kept_form_write_two_messages(
    client: Client, contact: ContactPage, topics: list[ContactTopic]
) -> None:
    form = typed()["form"]
    send(client, typed(form=form))
    send(client, typed(form=form, name="Bo", email="bo@example.org"))
    assert Message.objects.count() == 2


def test_the_page_asks_as_much_for_one_topic_as_for_thirty(
    client: Client, contact: ContactPage, about: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "CHECK_EVERY_SECONDS", 0)  # asked each time, and not now and then

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/contact/").status_code == 200
        return len(seen)

    client.get("/contact/")
    counts = []
    for most in (1, 3, 30):
        while ContactTopic.objects.count() < most:
            ContactTopic.objects.create(label=f"Topic {ContactTopic.objects.count()}", help_page=about)
        counts.append(queries())
    assert counts[1] == counts[2]
    assert max(counts) <= 15


def test_the_page_with_other_ways(client: Client, contact: ContactPage) -> None:
    contact.ways = [("way", {"heading": "By post", "text": "<p>1 Sample Street</p>"})]
    contact.save()
    words = client.get("/contact/").content.decode()
    assert "Other ways to reach us" in words
    assert "1 Sample Street" in words
