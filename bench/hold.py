"""The hold against the least it could be: one update and one insert through the ORM, in the same run.

Run through `make bench-hold`. Both do one committed transaction each, in turns, on the same hot quota.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable

from bench.measure import report
from bench.site import PYTHON, ROOT, database, environment, manage

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "400"))
TARGET = 0.40


def measure() -> None:
    """Inside the site's process: print the seconds of both."""
    import django

    django.setup()
    from django.db import transaction
    from django.db.models import F
    from django.utils import timezone

    from events.domain.holds import place_hold
    from events.models import CapacityClaim, Conference, Quota, StaffHold, TicketType

    conference = Conference.objects.get(slug="closer-to-home")
    ticket = TicketType.objects.get(conference=conference, name="NHS and public sector")
    quota = Quota.objects.get(conference=conference, name="Places in Leeds")
    Quota.objects.filter(pk=quota.pk).update(size=1_000_000)
    hold = StaffHold.objects.filter(quota=quota).first()

    def floor() -> None:
        with transaction.atomic():
            Quota.objects.filter(pk=quota.pk, size__gte=F("taken") + 1).update(taken=F("taken") + 1)
            CapacityClaim.objects.create(
                quota=quota, units=1, status="released", staff_hold=hold, created_at=timezone.now(),
                released_at=timezone.now(),
            )  # fmt: skip

    def real() -> None:
        place_hold(conference, choices={ticket.pk: 1}, now=timezone.now())

    def seconds(work: Callable[[], None]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    for work in (floor, real) * 5:
        work()
    pairs = [(seconds(floor), seconds(real)) for _ in range(ROUNDS)]
    print(sum(a for a, _ in pairs), sum(b for _, b in pairs))


def main() -> int:
    """Measure on both databases; 1 when a target is missed."""
    rows: list[tuple[str, str, str, bool | None]] = []
    for kind in ("sqlite", "postgres"):
        with database(kind) as base:
            manage(base, "demo", "--only-seed")
            done = subprocess.run(
                [PYTHON, "-m", "bench.hold", "inside"],
                env=environment(base),
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
            )
        floor, real = (float(word) for word in done.stdout.split())
        share = floor / real
        rows += [
            (f"{kind}: update + insert through the ORM", f"{ROUNDS / floor:,.0f}/s", "the limit", None),
            (f"{kind}: a hold (order, line, claim)", f"{ROUNDS / real:,.0f}/s", "", None),
            (f"{kind}: share of the limit", f"{share:.0%}", f"at least {TARGET:.0%}", share >= TARGET),
        ]
    return 0 if report("Holding one place", rows) else 1


if __name__ == "__main__":
    if sys.argv[1:] == ["inside"]:
        measure()
    else:
        sys.exit(main())
