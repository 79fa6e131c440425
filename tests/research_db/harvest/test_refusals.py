"""What is wrong with a question is an answer; nothing that is asked breaks anything."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from research_db.harvest.asked import VERBS
from tests.research_db.harvest.conftest import OAI, Ask, error, read
from tests.research_db.records.conftest import Make

pytestmark = pytest.mark.django_db
LIST = "verb=ListRecords&metadataPrefix=oai_dc"
CASES = [
    ("", "badVerb"),
    ("verb=", "badVerb"),
    ("verb=listrecords", "badVerb"),
    ("verb=Identify&verb=Identify", "badVerb"),
    ("metadataPrefix=oai_dc", "badVerb"),
    ("verb=Identify&set=kind", "badArgument"),
    ("verb=Identify&resumptionToken=a", "badArgument"),
    ("verb=ListMetadataFormats&metadataPrefix=oai_dc", "badArgument"),
    ("verb=ListMetadataFormats&identifier=oai:testserver:222222", "idDoesNotExist"),
    ("verb=ListSets&set=kind", "badArgument"),
    ("verb=ListSets&resumptionToken=a", "badResumptionToken"),
    ("verb=GetRecord", "badArgument"),
    ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
    ("verb=GetRecord&identifier=oai:testserver:222222", "badArgument"),
    ("verb=GetRecord&identifier=oai:testserver:222222&metadataPrefix=oai_dc", "idDoesNotExist"),
    ("verb=GetRecord&identifier=222222&metadataPrefix=oai_dc", "idDoesNotExist"),
    ("verb=GetRecord&identifier=oai:testserver:%00&metadataPrefix=oai_dc", "badArgument"),
    ("verb=GetRecord&identifier=not%20an%20address&metadataPrefix=oai_dc", "badArgument"),
    ("verb=GetRecord&identifier=oai:testserver:&metadataPrefix=oai_dc", "idDoesNotExist"),
    ("verb=GetRecord&identifier=oai:testserver:222222&metadataPrefix=marc21", "cannotDisseminateFormat"),
    ("verb=GetRecord&identifier=oai:testserver:222222&metadataPrefix=oai_dc&from=2026-01-01", "badArgument"),
    ("verb=ListRecords", "badArgument"),
    ("verb=ListRecords&metadataPrefix=", "badArgument"),
    ("verb=ListRecords&metadataPrefix=a%20b", "badArgument"),
    ("verb=ListRecords&metadataPrefix=mods", "cannotDisseminateFormat"),
    ("verb=ListIdentifiers&metadataPrefix=mods", "cannotDisseminateFormat"),
    (f"{LIST}&metadataPrefix=oai_dc", "badArgument"),
    (f"{LIST}&from=2026-01-01&from=2026-01-01", "badArgument"),
    (f"{LIST}&colour=red", "badArgument"),
    (f"{LIST}&identifier=oai:testserver:222222", "badArgument"),
    (f"{LIST}&resumptionToken=a", "badArgument"),
    (f"{LIST}&set=", "badArgument"),
    (f"{LIST}&set=kind:", "badArgument"),
    (f"{LIST}&set=kind%20review", "badArgument"),
    (f"{LIST}&set=%00", "badArgument"),
    (f"{LIST}&set=poems", "noRecordsMatch"),
    (f"{LIST}&from=", "badArgument"),
    (f"{LIST}&from=2026", "badArgument"),
    (f"{LIST}&from=2026-02-30", "badArgument"),
    (f"{LIST}&from=0000-01-01", "badArgument"),
    (f"{LIST}&from=2026-01-01T00:00:00", "badArgument"),
    (f"{LIST}&from=2026-01-01T00:00:00%2B01:00", "badArgument"),
    (f"{LIST}&from=2026-01-01T24:00:00Z", "badArgument"),
    (f"{LIST}&from=2026-01-01T00:00:00.5Z", "badArgument"),
    (f"{LIST}&until=%D9%A2%D9%A0%D9%A2%D9%A6-01-01", "badArgument"),  # figures, but not ours
    (f"{LIST}&from=2026-01-01&until=2026-01-01T00:00:00Z", "badArgument"),
    (f"{LIST}&from=2026-01-01T00:00:00Z&until=2026-01-02", "badArgument"),
    (f"{LIST}&from=2026-01-02&until=2026-01-01", "badArgument"),
    (f"{LIST}&until=0001-01-01", "noRecordsMatch"),
    (f"{LIST}&from=9999-12-31&until=9999-12-31", "noRecordsMatch"),
    (f"{LIST}&from=9999-12-31T23:59:59Z", "noRecordsMatch"),
    ("verb=ListRecords&resumptionToken=", "badArgument"),
    ("verb=ListRecords&resumptionToken=made-up", "badResumptionToken"),
    ("verb=ListRecords&resumptionToken=W10:abc", "badResumptionToken"),
    ("verb=ListRecords&resumptionToken=%00%FF", "badResumptionToken"),
    ("verb=ListRecords&resumptionToken=" + 3000 * "a", "badArgument"),
]


@pytest.mark.parametrize(("question", "code"), CASES)
def test_what_is_wrong_is_said(client: Client, make: Make, question: str, code: str) -> None:
    make()
    answer = client.get(f"/oai?{question}")
    assert answer.status_code == 200
    found = read(answer.content)
    assert error(found) == code
    request = found.find(f"{OAI}request")
    assert request is not None
    assert bool(request.attrib) == (code not in {"badVerb", "badArgument"})


NAMES = st.sampled_from(["verb", "metadataPrefix", "identifier", "from", "until", "set", "resumptionToken", "other"])
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [*VERBS, "oai_dc", "kind", "list", "design", "2026-01-01", "2026-01-01T00:00:00Z", "oai:testserver:a"]
    ),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ")),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, VALUES), max_size=6), st.booleans())
@example([("verb", "ListRecords"), ("metadataPrefix", "oai_dc"), ("from", "9999-12-31"), ("until", "9999-12-31")], True)
@example([("verb", "GetRecord"), ("metadataPrefix", "oai_dc"), ("identifier", "oai:testserver:\ud7ff\x00")], False)
def test_whatever_is_asked_has_an_answer(client: Client, asked: list[tuple[str, str]], posts: bool) -> None:
    given: dict[str, list[str]] = {}
    for name, value in asked:
        given.setdefault(name, []).append(value)
    answer = client.post("/oai", given) if posts else client.get("/oai", given)
    assert answer.status_code == 200
    found = read(answer.content)
    assert [one.tag.removeprefix(OAI) for one in found][:2] == ["responseDate", "request"]
    assert len(found) == 3


@pytest.mark.parametrize("body", [b"\xff\xfe", b"verb=%ff%fe", b"verb=ListRecords&&&==", b"<xml/>"])
def test_odd_forms_have_an_answer(client: Client, body: bytes) -> None:
    answer = client.post("/oai", body, content_type="application/x-www-form-urlencoded")
    assert error(read(answer.content)) == "badVerb" or b"badArgument" in answer.content


def test_the_sentence_tells_what_to_do(ask: Ask) -> None:
    said = ask(verb="ListRecords", metadataPrefix="oai_dc", from_="yesterday").find(f"{OAI}error")
    assert said is not None
    assert said.text == "“from” is no moment such as 2026-11-30 or 2026-11-30T09:00:00Z."
