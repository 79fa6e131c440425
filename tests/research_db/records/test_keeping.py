"""What was public is withdrawn, never deleted."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError

from research_db.models import Publication
from tests.research_db.records.conftest import Make


def test_a_published_record_cannot_be_deleted_in_any_way(make: Make) -> None:
    record = make()
    with pytest.raises(ProtectedError, match="was published"), transaction.atomic():
        record.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        Publication.objects.filter(pk=record.pk).delete()
    assert Publication.objects.filter(pk=record.pk).exists()


def test_a_draft_may_go(make: Make) -> None:
    make(first_published_at=None, live=False).delete()
    assert not Publication.objects.exists()
