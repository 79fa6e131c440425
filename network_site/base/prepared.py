"""Statements that are written once: Django takes ten times as long to write one as a database to answer it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Statement = tuple[str, tuple[Any, ...]]


class Prepared:
    """A question about the rows of some numbers, written anew only for another count of them.

    `question` gives the queryset for these numbers; of what it asks besides, nothing is a number below zero.
    """

    def __init__(self, question: Callable[[Sequence[int]], QuerySet[Any, Any]]) -> None:
        self._question = question
        self._statements: dict[tuple[str, int], Statement] = {}

    def rows(self, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
        """The rows as the database gives them: a moment or a truth is what its driver makes of it."""
        if not numbers:
            return []
        sql, asked = self._statement(len(numbers))
        with connection.cursor() as cursor:
            cursor.execute(sql, [numbers[-one - 1] if _stands_in(one) else one for one in asked])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _statement(self, count: int) -> Statement:
        """The statement for so many numbers, with -1, -2, … where they stand."""
        key = (connection.vendor, count)
        if key not in self._statements:
            stand_ins = [-one - 1 for one in range(count)]
            self._statements[key] = self._question(stand_ins).query.sql_with_params()
        return self._statements[key]


def _stands_in(one: object) -> bool:
    return isinstance(one, int) and one < 0
