"""A file of 50,000 publications brought in: read, held against what is here, written, and found by the search.

Times are of this process's CPU, because the machine may be busy with other things; on PostgreSQL the server's are
added. Everything is done by the functions the worker calls, in a process of its own, so that its memory is its own.
"""

import os
import sys
from collections.abc import Callable, Iterator
from itertools import chain, islice

from bench import formats, measure, site

NUMBER = int(os.environ.get("BENCH_IMPORTED", "50000"))
# Of the file's records, every so many comes a second time.
TWICE = 50
SLOWEST, MOST_MEMORY = 800, 400


def file() -> Iterator[bytes]:
    """The file as RIS, with some records in it twice; made as it is taken in, so that nothing of it is held."""
    from research_db.formats.writing import Target, write

    once = islice(formats.records(), NUMBER)
    again = islice(formats.records(), 0, NUMBER, TWICE)
    return write(chain(once, again), Target.RIS)  # type: ignore[arg-type]


def steps() -> Iterator[tuple[str, Callable[[], object]]]:
    """What is done one after the other, from an upload to an answer of the search."""
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from network_site.base import loaded
    from network_site.people.models import User
    from research_db.finding import index
    from research_db.imports import deciding, files, reading, writing

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    editor, desk = (
        User.objects.create_superuser("editor@example.org", "secret"),
        Client(headers={"host": "127.0.0.1"}),
    )
    desk.force_login(editor)
    index.site().make_anew()
    # The first page of a process imports the whole admin, which has nothing to do with what is brought in.
    desk.get(reverse("research_imports:index"))
    batch = files.take_in(file(), name="all.ris", by=editor)
    # As the worker does at its start.
    loaded.keep()
    loaded.look_rarely()
    yield "read, and held against what is here", lambda: reading.read_rows(batch)
    yield "the page that tells what would happen", lambda: desk.get(reverse("research_imports:batch", args=[batch.pk]))
    deciding.bring_in(batch, by=editor, publishes=True, fills=False)
    yield "written", lambda: writing.write_rows(batch)
    yield "found by the search", lambda: index.site().catch_up_with_all()


def run(kind: str, server: int | None) -> bool:
    """Do each step and report it; in a process of its own."""
    import django

    django.setup()
    from research_db.models import Publication

    rows, spent = [], 0.0
    for name, work in steps():
        seconds = measure.milliseconds(work, server) / 1000
        spent += seconds
        rows.append(
            (name, f"{seconds:.1f} s, {NUMBER / max(seconds, 0.001):,.0f}/s, {measure.peak():.0f} MB", "", None)
        )
    assert Publication.objects.count() == NUMBER
    return measure.report(
        f"{NUMBER:,} records of a RIS file brought in on {kind}",
        [
            *rows,
            ("all of it", f"{NUMBER / spent:,.0f}/s", f"at least {SLOWEST}/s", NUMBER / spent >= SLOWEST),
            ("memory at most, MB", f"{measure.peak():.0f}", f"under {MOST_MEMORY}", measure.peak() < MOST_MEMORY),
        ],
    )


def main() -> int:
    """Both databases, or the one named."""
    if sys.argv[1:2] == ["inside"]:
        return 0 if run(sys.argv[2], int(sys.argv[3]) or None) else 1
    return site.on_each("bench.importing")


if __name__ == "__main__":
    raise SystemExit(main())
