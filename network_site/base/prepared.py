"""Statements that are written once: Django takes ten times as long to write one as a database to answer it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet


class Statement(NamedTuple):
    """A statement, with -1, -2, … where numbers will stand, and how to read some columns of its rows."""

    sql: str
    asked: tuple[Any, ...]
    readings: Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]


class Prepared:
    """A question about the rows of some numbers, written anew only for another count of them.

    `question` gives the queryset for these numbers; of what it asks besides, nothing is a number below zero.
    """

    def __init__(self, question: Callable[[Sequence[int]], QuerySet[Any, Any]]) -> None:
        self._question = question
        self._statements: dict[tuple[str, int], Statement] = {}

    def rows(self, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
        """The rows that the queryset would give for these numbers; none for no number."""
        if not numbers:
            return []
        statement = self._statement(len(numbers))
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [numbers[-one - 1] if _stands_in(one) else one for one in statement.asked])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [_read(row, statement) for row in rows] if statement.readings else rows

    def _statement(self, count: int) -> Statement:
        """The statement for so many numbers."""
        key = (connection.vendor, count)
        if key not in self._statements:
            compiler = self._question([-one - 1 for one in range(count)]).query.get_compiler(connection=connection)
            sql, asked = compiler.as_sql()
            readings = compiler.get_converters([column for column, *_named in compiler.select or ()])
            self._statements[key] = Statement(sql, tuple(asked), readings)
        return self._statements[key]


def _stands_in(one: object) -> bool:
    return isinstance(one, int) and one < 0


def _read(row: Sequence[Any], statement: Statement) -> tuple[Any, ...]:
    """A row as Django reads it: a moment with its zone, a truth as one."""
    read = list(row)
    for place, (steps, column) in statement.readings.items():
        for step in steps:
            read[place] = step(read[place], column, connection)
    return tuple(read)
