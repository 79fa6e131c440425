"""Wagtail's own chores after each save, done when somebody reads what they make.

A test saves much and seldom asks where a thing is used or searches the admin, and keeping both indexes at every save was
a fifth of all the work. What is rolled back has one connection, so that nobody can read them unseen.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks.backends.immediate import ImmediateBackend
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import update_reference_index_task

CHORES = (insert_or_update_object_task, update_reference_index_task)
TABLES = ("wagtailcore_referenceindex", "wagtailsearch_indexentry")
Waiting = dict[tuple[Any, ...], Callable[..., None]]


@contextmanager
def when_asked_for() -> Iterator[None]:
    """Until the end, keep the two indexes so late that it cannot be told from at once."""
    waiting: Waiting = {}
    at_once, count = ImmediateBackend.enqueue, CaptureQueriesContext.__enter__

    def enqueue(backend: ImmediateBackend, task: Any, args: Any, kwargs: Any) -> Any:
        if task not in CHORES:
            return at_once(backend, task, args, kwargs)
        waiting[(task.name, *args)] = task.func
        return None

    def execute(go_on: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if waiting and any(table in sql for table in TABLES):
            _do(waiting)
        return go_on(sql, *rest)

    def begin_to_count(self: CaptureQueriesContext) -> Any:
        _do(waiting)
        return count(self)

    kept = patch.object(ImmediateBackend, "enqueue", enqueue)
    uncounted = patch.object(CaptureQueriesContext, "__enter__", begin_to_count)
    with kept, uncounted, connection.execute_wrapper(execute):
        yield


def _do(waiting: Waiting) -> None:
    if connection.needs_rollback:
        return
    chores = list(waiting.items())
    waiting.clear()
    for (_name, *thing), chore in chores:
        with suppress(ObjectDoesNotExist):  # what is gone meanwhile is in no index
            chore(*thing)
