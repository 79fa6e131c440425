"""An independent harvester copies the database over HTTP, while editors are at work in it."""

import warnings
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.utils import timezone

from research_db.harvest import records
from research_db.models import Notice, Publication
from tests.browser.fixtures import Handler, Server

with warnings.catch_warnings():  # it was written before Python minded its backslashes
    warnings.simplefilter("ignore")
    from sickle import Sickle
    from sickle.oaiexceptions import NoRecordsMatch

ALL = 25


@pytest.fixture
def address(real_db: str) -> Iterator[str]:
    """The site on a port of its own."""
    server = Server("127.0.0.1", Handler, connections_override={}, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://127.0.0.1:{server.port}/oai"
    server.terminate()


def publication(number: int) -> Publication:
    return Publication.objects.create(title=f"Number {number}", year=2020, first_published_at=timezone.now())


def harvested(sickle: Sickle, **more: str) -> Iterator[tuple[str, bool, list[str]]]:
    """Code, whether it is gone, and titles, of one record after the other."""
    for record in sickle.ListRecords(metadataPrefix="oai_dc", **more):
        metadata = {} if record.deleted else record.metadata
        yield record.header.identifier.rpartition(":")[2], record.deleted, metadata.get("title", [])


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sickle_copies_everything_while_things_change(address: str, method: str) -> None:
    sickle = Sickle(address, http_method=method)
    made = [publication(number) for number in range(ALL)]
    copy: dict[str, tuple[bool, list[str]]] = {}
    with patch.object(records, "A_PAGE", 4):
        for place, (code, is_gone, titles) in enumerate(harvested(sickle)):
            copy[code] = (is_gone, titles)
            if place == 5:
                made[0].unpublish()
                made[20].unpublish()
                made[7].title = "Another title"
                made[7].save_revision().publish()
                publication(ALL)
    here = {
        one.code: (not one.live, [one.title] if one.live else [])
        for one in Publication.objects.exclude(first_published_at=None)
    }
    assert len(here) == ALL + 1
    assert copy == here


def test_sickle_goes_on_from_the_moment_it_last_asked(address: str) -> None:
    sickle = Sickle(address)
    before = publication(0)
    identify = sickle.Identify()
    assert (identify.deletedRecord, identify.granularity) == ("persistent", "YYYY-MM-DDThh:mm:ssZ")
    answered = next(one.text for one in identify.xml.getparent() if one.tag.endswith("responseDate"))
    before.unpublish()
    after = publication(1)
    Notice.objects.create(publication=after, kind="retraction")
    found = {code: is_gone for code, is_gone, _titles in harvested(sickle, **{"from": answered})}
    assert found == {before.code: True, after.code: False}
    record = sickle.GetRecord(identifier=f"oai:testserver:{after.code}", metadataPrefix="oai_dc")
    assert record.metadata["type"] == ["Retracted Publication", "Journal article"]
    assert [one.metadataPrefix for one in sickle.ListMetadataFormats()] == ["oai_dc"]
    assert "kind:review" in [one.setSpec for one in sickle.ListSets()]
    with pytest.raises(NoRecordsMatch):
        sickle.ListIdentifiers(metadataPrefix="oai_dc", set="kind:review")
