"""What was sold or sent survives a power cut: only tests may be careless."""

from django.db import connection

from network_site.settings.base import SQLITE_OPTIONS  # noqa: TID251 - the tests' own differ, and that is the point
from tests.conftest import DATABASE

OFF = {"sqlite": ("PRAGMA synchronous", 0), "postgres": ("SHOW fsync", "off")}


def test_a_site_writes_through_to_the_disk() -> None:
    assert "synchronous=FULL" in str(SQLITE_OPTIONS["init_command"])


def test_a_test_does_not_wait_for_the_disk(db: None) -> None:
    question, answer = OFF[DATABASE]
    with connection.cursor() as cursor:
        cursor.execute(question)
        assert cursor.fetchone() == (answer,)
