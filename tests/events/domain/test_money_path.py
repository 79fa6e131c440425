"""Waiting for other buyers, but not for ever."""

import pytest
from django.db import OperationalError, connection

from events.domain.errors import TicketingError
from events.domain.money_path import is_busy, money_path

BUSY = "Many people are booking at this moment, and your turn did not come. Nothing was taken. Try again."


class FromTheServer(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def broken(*, sqlstate: str, sentence: str) -> OperationalError:
    error = OperationalError(sentence)
    error.__cause__ = FromTheServer(sqlstate)
    return error


@pytest.mark.parametrize("sqlstate", ["55P03", "40P01"])
def test_waiting_too_long_is_told_to_the_buyer(sqlstate) -> None:
    with pytest.raises(TicketingError) as told, money_path():
        raise broken(sqlstate=sqlstate, sentence="database is locked")
    assert str(told.value) == BUSY


def test_any_other_fault_stays_what_it_is() -> None:
    error = broken(sqlstate="53100", sentence="disk full")
    assert not is_busy(error)
    with pytest.raises(OperationalError, match="disk full"), money_path():
        raise error


@pytest.mark.postgres
def test_postgresql_waits_three_seconds() -> None:
    with money_path(), connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("3s",)
