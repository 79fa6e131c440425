"""Documents: the CPU one ticket takes as a PDF, the demonstration's own.

Run through `make bench-documents`. The limit in the same run is what typst takes for a sheet with one word on it.
"""

import subprocess
import sys

from bench.measure import milliseconds, report
from bench.site import PYTHON, ROOT, database, environment, manage

TICKETS = 40
MOST_MILLISECONDS = 30


def run() -> bool:
    """Measure and report; in the site's process."""
    import django

    django.setup()
    import typst

    from events import documents
    from events.models import OrderLine

    lines = list(OrderLine.objects.filter(status=OrderLine.Status.VALID).select_related("order")[:TICKETS])
    for line in lines[:3]:
        documents.place_ticket(line)
    ticket = milliseconds(lambda: [documents.place_ticket(line) for line in lines]) / len(lines)
    floor = milliseconds(lambda: [typst.compile(b"ticket") for _line in lines]) / len(lines)
    return report(
        f"Documents, CPU of {len(lines)} each",
        [
            ("one ticket as a PDF, ms", f"{ticket:.1f}", f"under {MOST_MILLISECONDS}", ticket < MOST_MILLISECONDS),
            ("a sheet with one word, ms", f"{floor:.1f}", "", None),
        ],
    )


def main() -> int:
    """On SQLite: the database has no part in it."""
    if sys.argv[1:] == ["inside"]:
        return 0 if run() else 1
    with database("sqlite") as base:
        manage(base, "demo", "--only-seed")
        command = [PYTHON, "-m", "bench.documents", "inside"]
        return subprocess.run(command, env=environment(base), cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
