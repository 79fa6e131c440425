"""Files about records that became part of others: what they say goes to the one that was kept."""

import pytest

from network_site.people.models import User
from research_db.domain import duplicates
from research_db.domain.merging import merge
from research_db.imports import deciding, writing
from research_db.models import DuplicatePair, Identifier, ImportRow, Publication
from tests.research_db.imports.conftest import bring_in, record, upload

pytestmark = pytest.mark.django_db
TITLE = "Company on prescription: a review of thirty-one studies"


def two() -> tuple[Publication, Publication]:
    """One that will go, which is the older, and one that will be kept under another title."""
    gone = Publication.objects.create(title=TITLE, year=2024)
    return gone, Publication.objects.create(title="Prescribing company to the lonely, reviewed", year=2024)


@pytest.mark.parametrize("when", ["before it is read", "after it is read"])
def test_gaps_are_filled_of_the_one_that_was_kept(editor: User, when: str) -> None:
    gone, kept = two()
    if when == "before it is read":
        merge(kept, gone, by=editor)
    batch = upload(record(TITLE, PY="2024", AB="Found.", DO="10.1234/a"))
    if when == "after it is read":
        merge(kept, gone, by=editor)
    bring_in(batch, by=editor, fills=True)
    assert batch.rows.get().publication == kept
    assert Publication.objects.get(pk=kept.pk).abstract == "Found."
    assert Identifier.objects.get().publication == kept
    assert not Publication.objects.get(pk=gone.pk).live


def test_what_only_looks_like_a_merged_one_is_asked_about_with_the_kept_one(editor: User) -> None:
    gone, kept = two()
    Identifier.objects.create(publication=gone, scheme="doi", value="10.1234/preprint")
    batch = upload(record(TITLE, PY="2024", DO="10.1234/a"))
    merge(kept, gone, by=editor)
    deciding.choose(batch.rows.get(), ImportRow.Action.CREATE)
    bring_in(batch, by=editor)
    (pair,) = duplicates.open_pairs()
    assert {pair.first_id, pair.second_id} == {kept.pk, batch.rows.get().publication_id}
    assert DuplicatePair.objects.filter(decision="merged").count() == 1


def test_undoing_says_what_it_filled_went_into_another(editor: User) -> None:
    filled, kept = two()
    batch = bring_in(upload(record(TITLE, PY="2024", AB="Found.")), by=editor, fills=True)
    merge(kept, Publication.objects.get(pk=filled.pk), by=editor)
    deciding.recall(batch, by=editor)
    writing.undo_rows(batch)
    assert "became part of another" in batch.rows.get().problems[0]["sentence"]
    assert Publication.objects.get(pk=kept.pk).abstract == "Found."
