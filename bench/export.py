"""Taking away: every publication of 100,000 as RIS through the view, and 10,000 or so in the other formats.

Each file is made in a process of its own, so that its memory is its own, and read as a visitor's program reads it: in
pieces. Beside it stands what cannot be done without: reading the rows, and writing the same records from memory.
"""

import os
import subprocess
import sys
import time
from itertools import islice

from bench import measure, site
from bench.research_search import fill

LONGEST, MOST_MEMORY, MOST_BEYOND_FLOOR = 30.0, 100.0, 3.0
# A tenth of the publications are of these years.
OTHERS = ("bib", "csl.json", "csv", "xlsx")
A_TENTH = "?year=1998..2000"


def make() -> None:
    """The database and its index, in a process that ends before anything is measured."""
    import django

    django.setup()
    from research_db.finding import index

    fill()
    index.site().make_anew()


def take(address: str) -> tuple[float, float, int]:
    """Seconds, megabytes beyond those before, and bytes of a file."""
    import django

    django.setup()
    from django.test import Client

    visitor = Client(headers={"host": "127.0.0.1"})
    ending = address.partition("?")[0]
    for _piece in visitor.get(f"{ending}?q=walking&year=2001&kind=review").streaming_content:  # type: ignore[attr-defined]
        pass  # what is loaded once is loaded now
    before, start = measure.peak(), time.process_time()
    response = visitor.get(address)
    assert response.streaming, response.content
    size = sum(map(len, response.streaming_content))  # type: ignore[attr-defined]
    return time.process_time() - start, measure.peak() - before, size


def floor() -> tuple[float, float, int]:
    """The same for every row as RIS needs it, read in steps, and for as many records written from memory; no view."""
    import django

    django.setup()
    from research_db.domain.exporting import A_STEP, records_of
    from research_db.formats.writing import Target, write
    from research_db.models import Contribution, Identifier, Publication

    numbers = list(Publication.objects.public().values_list("pk", flat=True))
    some = list(islice(records_of(numbers), A_STEP))
    start = time.process_time()
    size = 0
    for first in range(0, len(numbers), A_STEP):
        step = numbers[first : first + A_STEP]
        list(Publication.objects.filter(pk__in=step).select_related("source").values_list())
        for model in (Contribution, Identifier):
            list(model._default_manager.filter(publication__in=step).values_list())
        size += sum(map(len, write(some, Target.RIS)))
    return time.process_time() - start, 0, size


def inside(kind: str) -> bool:
    """Measure every format and report."""
    _run("make")
    seconds, memory, size = _run("/research/export.ris")
    least, _none, _bytes = _run("floor")
    shown = f"{seconds:.1f} s, {memory:.0f} MB"
    within = seconds < LONGEST and memory < MOST_MEMORY
    rows: list[tuple[str, str, str, bool | None]] = [
        (f"all as RIS, {size / 1e6:.0f} MB", shown, f"under {LONGEST:.0f} s, {MOST_MEMORY:.0f} MB", within),
        ("reading the rows and writing the words alone", f"{least:.1f} s", "", None),
        (
            "the view against that",
            f"{seconds / least:.2f}",
            f"at most {MOST_BEYOND_FLOOR:.0f}",
            seconds / least <= MOST_BEYOND_FLOOR,
        ),
    ]
    for ending in OTHERS:
        seconds, memory, size = _run(f"/research/export.{ending}{A_TENTH}")
        rows.append((f"a tenth as {ending}, {size / 1e6:.0f} MB", f"{seconds:.1f} s, {memory:.0f} MB", "", None))
    return measure.report(f"Files of publications on {kind}, CPU seconds and memory beyond before", rows)


def _run(deed: str) -> tuple[float, float, int]:
    command = [sys.executable, "-m", "bench.export", "deed", deed]
    done = subprocess.run(command, cwd=site.ROOT, env=os.environ, check=True, stdout=subprocess.PIPE, text=True)
    seconds, memory, size = (done.stdout.split() or ["0", "0", "0"])[-3:]
    return float(seconds), float(memory), int(size)


def main() -> int:
    """Both databases, or the one named."""
    return site.on_each("bench.export")


if __name__ == "__main__":
    if sys.argv[1:2] == ["inside"]:
        raise SystemExit(0 if inside(sys.argv[2]) else 1)
    if sys.argv[1:2] == ["deed"]:
        if sys.argv[2] == "make":
            make()
        else:
            print(*(floor() if sys.argv[2] == "floor" else take(sys.argv[2])))
        raise SystemExit(0)
    raise SystemExit(main())
