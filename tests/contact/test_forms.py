"""Whatever is typed: it is taken as it is or comes back as it is, and can do no harm on its way."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network_site.contact.forms import LONGEST_COMMENT, LONGEST_NAME, LONGEST_TEXT, ContactForm, OpinionForm
from network_site.contact.models import ContactTopic, Message, Opinion
from network_site.mail import delivery
from network_site.mail.models import OutgoingMail
from tests.contact.conftest import NOW

# The machine that runs the tests may be busy.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TOPICS = [ContactTopic(pk=1, label="Bookings"), ContactTopic(pk=2, label="Research")]
GOOD = {"topic": "1", "name": "Ada", "email": "ada@example.org", "text": "Hello", "organisation": ""}
CONTROL = "".join(chr(code) for code in (*range(32), 127))
ANY = st.text(st.characters(), max_size=200) | st.text(CONTROL + '\u2028\u2029\ud800<>@,;:\\"', max_size=30)


def form(**changes: Any) -> ContactForm:
    return ContactForm({**GOOD, **changes}, topics=TOPICS)


def test_what_is_right_is_taken() -> None:
    found = form()
    assert found.is_valid()
    assert (found.chosen, found.words.text, found.words.is_copy_wanted) == (TOPICS[0], "Hello", False)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"topic": ""}, "topic", "Choose one"),
        ({"topic": "99"}, "topic", "not one of the choices"),
        ({"topic": "1; drop table"}, "topic", "not one of the choices"),
        ({"name": "  "}, "name", "Write your name"),
        ({"name": "a" * (LONGEST_NAME + 1)}, "name", "It has 101 characters and 100 fit."),
        ({"email": ""}, "email", "Write your e-mail address"),
        ({"email": "ada"}, "email", "no @ sign"),
        ({"email": "ada@"}, "email", "such as name@example.org"),
        ({"email": "ada@example.org, bo@example.org"}, "email", "such as name@example.org"),
        ({"email": "a" * 64 + "@" + "b" * 190 + ".org"}, "email", "254"),
        ({"text": "\n \t"}, "text", "Write your message"),
        ({"text": "\x00\x01"}, "text", "Write your message"),
        ({"text": "a" * (LONGEST_TEXT + 1)}, "text", "It has 5,001 characters and 5,000 fit."),
        ({"organisation": "o" * 201}, "organisation", "It has 201 characters and 200 fit."),
    ],
)
def test_what_is_wrong_is_said_beside_it(changes: dict[str, str], field: str, says: str) -> None:
    found = form(**changes)
    assert not found.is_valid()
    assert list(found.errors) == [field]
    assert says in " ".join(found.errors[field])


def test_the_longest_text_fits_with_the_line_ends_of_browsers() -> None:
    lines = "\r\n".join(["x" * 98] * 50) + "y" * 51
    assert len(lines.replace("\r", "")) == LONGEST_TEXT
    found = form(text=lines)
    assert found.is_valid(), found.errors
    assert "\r" not in found.words.text


def test_no_box_cuts_what_is_pasted() -> None:
    html = str(form())
    assert html.count("maxlength") == html.count('maxlength="254"') == 1


def test_with_one_topic_nobody_is_asked() -> None:
    one = ContactForm({**GOOD, "topic": "1"}, topics=TOPICS[1:])
    assert (one.is_valid(), one.chosen, one.topic_rows) == (True, TOPICS[1], [])
    none = ContactForm(GOOD, topics=[])
    assert (none.is_valid(), none.chosen) == (True, None)


def test_the_database_holds_what_the_form_takes() -> None:
    fits = {name: Message._meta.get_field(name).max_length for name in ("name", "organisation", "email", "topic_label")}
    assert fits == {"name": LONGEST_NAME, "organisation": 200, "email": 254, "topic_label": 80}
    assert Opinion._meta.get_field("comment").max_length == LONGEST_COMMENT


@UNHURRIED
@given(st.fixed_dictionaries(dict.fromkeys(("topic", "name", "email", "text", "organisation", "form", "remarks"), ANY)))
def test_whatever_is_typed_gets_an_answer(data: dict[str, str]) -> None:
    found = ContactForm(data, topics=TOPICS)
    if found.is_valid():
        found.signs()
    assert found.token == data["form"]


@UNHURRIED
@given(name=ANY, organisation=ANY, text=ANY)
def test_what_is_taken_can_be_kept_and_read(name: str, organisation: str, text: str) -> None:
    found = form(name=name, organisation=organisation, text=text)
    if not found.is_valid():
        assert not set(found.errors) - {"name", "text"}
        return
    words = found.words
    for line in (words.name, words.organisation):
        assert line.isprintable() or not set(line) & set(CONTROL)
        assert line == " ".join(line.split())
    for value in (words.name, words.organisation, words.text):
        assert "\x00" not in value
        value.encode("utf-8")


# --- no header of a letter can be written by a stranger -----------------------------------------------

HEADERS = [
    "\r\nBcc: all@example.org",
    "\nSubject: x",
    "%0ABcc: x@y.z",
    "\u2028Bcc: x",
    "\x0bCc: x",
    "=?utf-8?q?=0ABcc?=",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=ANY, text=ANY, label=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_a_letter_has_only_our_headers(name: str, text: str, label: str) -> None:
    found = form(name=f"{name} Ada", text=f"{text} Hello")
    if not found.is_valid():
        return
    written = compose_with(found, label)
    allowed = {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted",
    }  # fmt: skip
    assert set(written.message().keys()) <= allowed
    assert written.recipients() == ["desk@example.org"]
    assert written.reply_to == ["ada@example.org"]


def compose_with(found: ContactForm, label: str) -> Any:
    """The letter of this form as it would leave, without a database."""
    words = found.words
    kept = Message(
        pk=1,
        name=words.name,
        email=words.email,
        text=words.text,
        topic_label=label,
        reference="ABC346",
        received_at=NOW,
    )
    mail = OutgoingMail(
        kind="contact.message", to="desk@example.org", reply_to=words.email, payload={"message": 1}, dedupe_key="x"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("network_site.contact.emails._message", lambda payload: kept)
        return delivery.compose(mail)


@pytest.mark.parametrize("injected", HEADERS)
def test_an_address_with_a_header_in_it_is_refused(injected: str) -> None:
    found = form(email=f"ada@example.org{injected}")
    if found.is_valid():
        assert found.words.email == "ada@example.org" or "\n" not in found.words.email
        assert not set(found.words.email) & set(CONTROL + " ")
        return
    assert "email" in found.errors


@UNHURRIED
@given(st.fixed_dictionaries({"is_useful": st.sampled_from(["yes", "no", "", "maybe"]), "comment": ANY}))
def test_an_opinion_is_yes_or_no(data: dict[str, str]) -> None:
    found = OpinionForm(data)
    assert found.is_valid() is (data["is_useful"] in {"yes", "no"})
    if found.is_valid():
        assert found.found_it_useful is (data["is_useful"] == "yes")
        assert "\x00" not in found.cleaned_data["comment"]
