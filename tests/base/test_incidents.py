"""An incident is asked once while it is open."""

import pytest

from network_site.base.incidents import open_incident, resolve_incident
from network_site.base.models import Incident
from network_site.people.models import User


@pytest.mark.django_db
def test_the_same_question_is_asked_once_while_open() -> None:
    first = open_incident("mismatch", subject="order:A", sentence="x")
    assert open_incident("mismatch", subject="order:A", sentence="y") == first
    by = User.objects.create_user("staff@example.org")
    assert resolve_incident(first, by=by, resolution="done")
    assert not resolve_incident(first, by=by, resolution="again")
    assert open_incident("mismatch", subject="order:A", sentence="z") != first
    assert Incident.objects.count() == 2


def test_a_real_database_commits(real_db: str) -> None:
    open_incident("a", subject="b", sentence="c")
    assert Incident.objects.count() == 1
