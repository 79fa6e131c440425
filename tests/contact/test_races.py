"""The same form many times at once is one message; so are the same answer and the same missing address."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from network_site.contact.domain.messages import move, receive
from network_site.contact.domain.missed import note
from network_site.contact.domain.opinions import Place, give
from network_site.contact.models import Message, MissedAddress, Opinion
from network_site.mail.models import OutgoingMail
from tests.contact.conftest import NOW, OWN, WORDS, make_contact_page, make_home, make_topics, typed
from tests.races.crowd import at_once

CROWD = 6
TODAY = date(2027, 1, 4)


def crowd(deed: Callable[[], str]) -> Counter[str]:
    connection.close()
    return at_once([deed] * CROWD)


def test_one_form_sent_at_once_is_one_message(real_db: str) -> None:
    topic = make_topics()[0]
    answers = crowd(lambda: receive(WORDS, form="one", topic=topic, now=NOW).reference)
    assert len(answers) == 1
    assert answers.total() == CROWD
    assert Message.objects.get().reference in answers
    assert OutgoingMail.objects.count() == 2


def test_through_the_door_as_well(real_db: str) -> None:
    make_contact_page(make_home())
    make_topics()
    data = typed()

    def press() -> str:
        response = Client().post("/contact/send/", data, **OWN)  # type: ignore[arg-type]
        return f"{response.status_code} {response['Location']}"

    answers = crowd(press)
    assert [answer[:3] for answer in answers] == ["303"]
    assert (Message.objects.count(), OutgoingMail.objects.count()) == (1, 2)


def test_different_forms_at_once_are_all_kept(real_db: str) -> None:
    topic = make_topics()[0]
    connection.close()

    def one(form: str) -> Callable[[], str]:
        return lambda: receive(WORDS, form=form, topic=topic, now=NOW).status

    assert at_once([one(str(number)) for number in range(CROWD)]) == {"new": CROWD}
    assert Message.objects.count() == CROWD


def test_of_many_who_answer_at_once_one_has(real_db: str) -> None:
    pk = receive(WORDS, form="one", topic=None, now=NOW).pk

    def answer() -> str:
        message = Message.objects.get(pk=pk)
        if message.status != "new":
            return "late"
        move(message, to="answered", by=None, now=NOW)
        return "done"

    answers = crowd(answer)
    assert answers["done"] == 1


def test_one_opinion_at_once_is_one(real_db: str) -> None:
    home = make_home()
    place = Place("192.0.2.1", "A browser")
    answers = crowd(lambda: str(give(home, is_useful=True, place=place, today=TODAY)))
    assert answers == {"True": 1, "False": CROWD - 1}
    assert Opinion.objects.count() == 1


def test_no_visit_to_a_missing_address_is_lost(real_db: str) -> None:
    assert crowd(lambda: str(note("/old-page/", today=TODAY))) == {"True": CROWD}
    assert MissedAddress.objects.get().times == CROWD


@pytest.mark.parametrize("times", [1, 3])
def test_the_control_without_a_key_keeps_them_all(real_db: str, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Shows that the races above would find something."""
    keys = iter(str(number) for number in range(1000))
    monkeypatch.setattr("network_site.contact.domain.messages.key_of", lambda *args, **kwargs: next(keys))
    connection.close()
    at_once([lambda: receive(WORDS, form="one", topic=None, now=NOW).reference] * times)
    assert Message.objects.count() == times
