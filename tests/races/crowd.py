"""Many buyers at the same moment: threads, or processes of their own."""

import multiprocessing
import os
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Sequence

from django.db import connections

Deed = Callable[[], str]
PATIENCE = 120


def at_once(deeds: Sequence[Deed]) -> Counter[str]:
    """Do all these at the same moment, each in a thread with a connection of its own; how often each answer came."""
    start = threading.Barrier(len(deeds))
    answers: list[str] = []

    def run(deed: Deed) -> None:
        try:
            start.wait(PATIENCE)
            answers.append(deed())
        except Exception as error:
            answers.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return Counter(answers)


def in_processes(deeds: Sequence[Deed]) -> Counter[str]:
    """The same with processes, forked so that the database under test is known to them."""
    context = multiprocessing.get_context("fork")
    connections.close_all()
    start, answers = context.Barrier(len(deeds)), context.SimpleQueue()

    def run(deed: Deed) -> None:
        try:
            # A browser test before us leaves a loop running, and with it a second, hidden set of connections.
            connections.close_all()
            start.wait(PATIENCE)
            answers.put(deed())
        except BaseException:
            answers.put(traceback.format_exc())
        finally:
            connections.close_all()
            # Nothing that pytest has open is flushed or torn down twice.
            os._exit(0)

    children = [context.Process(target=run, args=(deed,)) for deed in deeds]
    for child in children:
        child.start()
    found = Counter(answers.get() for _deed in deeds)
    for child in children:
        child.join(PATIENCE)
    return found
