"""The description of answers that all these tests hold them against: it lets through what is right, and nothing else."""

import pytest
from django.test import Client

from research_db.models import Publication
from tests.research_db.harvest.conftest import faults

pytestmark = pytest.mark.django_db
EVERY = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<datestamp>20", b"<datestamp>Spring 20"),
        (b"<OAI-PMH ", b"<OAI "),
        (b"</responseDate>", b".5</responseDate>"),
        (b"<responseDate>", b"<x/><responseDate>"),
        (b'metadataPrefix="oai_dc"', b'metadataPrefix="oai dc"'),
        (b'metadataPrefix="oai_dc"', b'format="oai_dc"'),
        (b'verb="ListRecords"', b'verb="ListAll"'),
        (b"<setSpec>kind:", b"<setSpec>kind/"),
        (b"<header>", b'<header status="gone">'),
        (b"<header>", b'<header status="deleted">'),
        (b"<metadata>", b"<metadata><x/>"),
        (b"<dc:title>", b"<dc:title kind='x'>"),
        (b"dc:creator>", b"dc:author>"),
    ],
)
def test_what_the_protocol_does_not_allow_is_noticed(
    client: Client, full: Publication, right: bytes, wrong: bytes
) -> None:
    answer = client.get("/oai", EVERY).content
    assert faults(answer) == []
    assert right in answer
    broken = answer.replace(right, wrong).replace(b"</OAI-PMH>", b"</OAI>" if wrong == b"<OAI " else b"</OAI-PMH>")
    assert faults(broken) != []
