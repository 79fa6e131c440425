"""The letters: what stands in them, what was withdrawn, how mail programs stop them, and that they really leave."""

from datetime import timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client

from network_site.mail import outbox
from network_site.mail.delivery import compose
from network_site.mail.errors import MailError
from network_site.mail.kinds import write
from network_site.mail.models import OutgoingMail
from research_db.alerts import saving
from research_db.models import Contribution, SavedSearch, Source
from tests.mail.conftest import Inbox, inbox
from tests.research_db.alerts.conftest import NOW, ask, publish, retract, run, saved, withdraw

__all__ = ["inbox"]
pytestmark = pytest.mark.django_db
LONGEST_SITE = "https://www.socialprescribingnetwork.com"


def letter(number: int = 1, *, kind: str = "research.alert"):
    mail = OutgoingMail.objects.filter(kind=kind).order_by("pk")[number - 1]
    return write(mail.kind, mail.payload)


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.headings: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.links += [value for name, value in attrs if tag == "a" and name == "href"]
        self.headings += [tag] if tag in {"h1", "h2", "h3"} else []


def test_a_letter_tells_of_each_with_a_link(settings) -> None:
    search = saved("q=walking")
    one = publish(
        "Walking <together>", kind="review", year=2024, abstract="word " * 60, source=Source.objects.create(title="Care"),
    )  # fmt: skip
    for family in ("Okafor", "Price"):
        one.contributions.add(Contribution(family=family))
    one.contributions.add(Contribution(family="Nobody", role="editor"))
    one.save()
    run()
    found = letter()
    text, html = found.text(), found.html()
    assert found.subject == "1 new publication: “walking”"
    assert "Walking <together>\nReview, 2024. Okafor and Price. Care\nword word" in text
    assert f"http://testserver{one.get_absolute_url()}" in text
    assert "Nobody" not in text
    assert "Walking &lt;together&gt;" in html
    assert html.count("word ") < 40
    tags = Tags(html)
    assert tags.headings == ["h1", "h2", "h3"]
    for link in tags.links:
        assert link in text
        assert urlsplit(link).scheme == "http"
    assert "http://testserver/research/?q=walking&sort=added" in tags.links
    assert found.stop_url == f"http://testserver/n/r/{search.token}/"
    assert found.stop_url in text


def test_a_long_letter_lists_some_and_leads_to_all() -> None:
    saved()
    for number in range(14):
        publish(f"Walking {number:02}", NOW + timedelta(minutes=number + 1))
    run()
    found = letter()
    assert found.subject == "14 new publications: everything"
    assert "Walking 13" in found.text()
    assert "Walking 04" in found.text()
    assert "Walking 03" not in found.text()
    assert "And 4 more." in found.text()
    assert "http://testserver/research/?sort=added" in found.text()


def test_what_was_withdrawn_or_retracted_meanwhile() -> None:
    saved()
    one, other = publish("Walking"), publish("Singing")
    run()
    withdraw(one)
    retract(other)
    assert "Walking" not in letter().text()
    assert "RETRACTED. Journal article" in letter().text()
    withdraw(other)
    assert letter().subject == "Nothing new: everything"
    assert "has been withdrawn meanwhile" in letter().text()
    assert letter().html()


def test_a_retraction_says_what_to_do() -> None:
    saved("q=walking")
    one = publish("Walking")
    run()
    retract(one)
    run(2)
    found = letter(2)
    assert found.subject == "Retracted: “walking”"
    assert "Do not rely on these any more." in found.text()
    assert Tags(found.html()).headings == ["h1", "h2", "h3"]


def test_the_letter_that_asks_says_what_for_and_that_nothing_need_be_done() -> None:
    ask("q=walking", often="weekly")
    search = SavedSearch.objects.get()
    text = letter(kind="research.asked").text()
    assert "What for: “walking”\nHow often: Once a week, on Mondays" in text
    assert f"http://testserver/research/alerts/{search.token}/" in text
    assert "If it was not you, do nothing." in text
    assert saving.KEEP_UNCONFIRMED_DAYS == 7  # "after a week"
    assert "List-Unsubscribe" not in compose(OutgoingMail.objects.get()).message()
    saving.confirm(search, now=NOW)
    assert "nothing to confirm" in letter(kind="research.asked").text()


def test_long_words_make_no_long_subject() -> None:
    saved("q=" + "walking+" * 20)
    publish("walking " * 20)
    run()
    assert len(letter().subject) < 100


def test_a_letter_of_a_search_that_is_gone_says_why_it_cannot_be_written() -> None:
    with pytest.raises(MailError, match="stopped"):
        write("research.alert", {"search": 0, "letter": 1})


def test_mail_programs_can_read_the_address_that_stops_letters(settings) -> None:
    """Python folds a long address in a header into something that no mail program reads."""
    settings.SITE_URL = LONGEST_SITE
    search = saved()
    publish("Walking")
    run()
    raw = compose(OutgoingMail.objects.get(kind="research.alert")).message().as_bytes().decode()
    head = raw.split("\n\n", 1)[0].replace("\n ", " ")
    (line,) = [line for line in head.splitlines() if line.startswith("List-Unsubscribe:")]
    address = f"<{LONGEST_SITE}/n/r/{search.token}/>"
    assert line.removeprefix("List-Unsubscribe:").strip() == address
    assert len(address) <= 76
    assert "=?" not in line
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head.splitlines()


def test_over_a_real_mail_server_from_asking_to_one_click(inbox: Inbox, client: Client, settings) -> None:
    ask("q=walking")
    outbox.deliver_due()
    search = SavedSearch.objects.get()
    confirm = f"/research/alerts/{search.token}/"
    assert confirm in plain(inbox.messages[0])
    client.get(confirm)
    assert outbox.deliver_due() == 0
    client.post(confirm, {"deed": "confirm"})
    search.refresh_from_db()
    assert search.confirmed_at
    publish("Walking", search.confirmed_at + timedelta(seconds=1))
    days = (search.next_at - NOW).days + 1
    run(days)
    outbox.deliver_due()
    (message,) = inbox.messages[1:]
    assert message["To"] == "ada@example.org"
    assert "Walking" in plain(message)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    mailbox = Client(enforce_csrf_checks=True)
    body = {"List-Unsubscribe": "One-Click"}
    headers = {"origin": "https://mail.example.com", "sec-fetch-site": "cross-site"}
    assert mailbox.get(address).status_code == 200
    assert SavedSearch.objects.exists()
    for _press in range(2):
        answer = mailbox.post(address, body, headers=headers)
        assert answer.status_code == 200
        assert not answer.cookies
    assert not SavedSearch.objects.exists()


def plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content()
