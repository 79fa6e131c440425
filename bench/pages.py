"""Every kind of public page: warm against an empty view, cold against a minimal Wagtail page, by CPU a request.

Run through `make bench-pages`; with `--strict` it fails when a target is missed. CPU is the web server's (and the
database's, where it is a process of its own). Each page takes turns with its limit, so that both meet the same noise.

Cold is a page made anew because something was sold: whole pages are not kept, what depends on editors' words alone is.
"first" are the statements of the one request that comes right after editors changed something.
"""

import argparse
import http.client
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from statistics import median

from bench.measure import cpu_seconds
from bench.site import COUNT, FORGET, Database, database, manage, web
from network_site.demo.addresses import ASKED, BUYING, READING

# What is made afresh each time by design has no warm figure: a visitor's own question, a form of one's own.
MADE_AFRESH = {*ASKED, *BUYING}
PAGES = [*READING, *ASKED, *BUYING]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
WARM_TIMES, COLD_TIMES = 40, 5
PORTS = {"warm": 8441, "cold": 8442}
EMPTY, MINIMAL = "/bench/empty/", "/bench-minimal/"
MOST_STATEMENTS, LEAST_WARM, LEAST_COLD = 15, 0.5, 0.6
PLANT = (
    "from wagtail.models import Page, Site; home = Site.objects.get(is_default_site=True).root_page; "
    "home.add_child(instance=Page(title='Minimal', slug='bench-minimal'))"
)


@dataclass(frozen=True)
class Server:
    """A running site, and the processes whose CPU is its own."""

    connection: http.client.HTTPConnection
    pids: list[int]

    def ask(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """The answer to one request; AssertionError when it is no page."""
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status}")
        return answer

    def statements(self, path: str, how: str = "cold") -> int:
        """How many statements a page takes; with FORGET when nothing at all is remembered."""
        return int(self.ask(path, **{COUNT: how}).headers[COUNT])

    def cost(self, path: str, times: int) -> float:
        """Milliseconds of CPU for one request, after one that does not count."""
        self.ask(path)
        before = cpu_seconds(self.pids)
        for _ in range(times):
            self.ask(path)
        return (cpu_seconds(self.pids) - before) / times * 1000


@dataclass(frozen=True)
class Compared:
    """A page and its limit: milliseconds a request, medians of all rounds, and the page's part of the limit's rate."""

    page: float
    limit: float
    rate: float


@dataclass(frozen=True)
class Row:
    """What was measured of one page."""

    path: str
    first: int
    statements: int
    warm: Compared | None
    cold: Compared

    @property
    def missed(self) -> list[str]:
        """The targets it misses, in words."""
        found = ["statements"] if self.statements > MOST_STATEMENTS else []
        found += ["warm"] if self.warm and self.warm.rate < LEAST_WARM else []
        return found + (["cold"] if self.cold.rate < LEAST_COLD else [])

    def __str__(self) -> str:
        warm = f"{self.warm.rate:6.0%} {self.warm.page:6.2f} ms" if self.warm else f"{'-':>6} {'':9}"
        verdict = f"MISSED: {', '.join(self.missed)}" if self.missed else "met"
        return f"{self.path:<58} {self.first:>5} {self.statements:>10} {warm} {self.cold.rate:6.0%} {self.cold.page:6.2f} ms  {verdict}"


@contextmanager
def served(base: Database, kind: str) -> Iterator[Server]:
    """The site with its page cache ("warm") or without it ("cold")."""
    connection = http.client.HTTPConnection("127.0.0.1", PORTS[kind], timeout=60)
    with web(base, port=PORTS[kind], cache=kind == "warm") as pid, closing(connection):
        yield Server(connection, [pid, *([base.pid] if base.pid else [])])


def compared(server: Server, paths: list[str], limit: str, times: int) -> dict[str, Compared]:
    """Each page against the limit, in turns."""
    turns: dict[str, list[tuple[float, float]]] = {path: [] for path in paths}
    for _ in range(ROUNDS):
        for path in paths:
            turns[path].append((server.cost(path, times), server.cost(limit, times)))
    return {
        path: Compared(
            page=median(page for page, _ in costs),
            limit=median(limit for _, limit in costs),
            rate=median(limit / page for page, limit in costs),
        )
        for path, costs in turns.items()
    }


def measured(base: Database) -> list[Row]:
    """Every page of the demonstration."""
    with served(base, "cold") as server:
        first = {path: server.statements(path, FORGET) for path in PAGES if server.ask(path)}
        statements = {path: server.statements(path) for path in PAGES if server.ask(path)}
        cold = compared(server, PAGES, MINIMAL, COLD_TIMES)
    with served(base, "warm") as server:
        warm = compared(server, [path for path in PAGES if path not in MADE_AFRESH], EMPTY, WARM_TIMES)
    return [Row(path, first[path], statements[path], warm.get(path), cold[path]) for path in PAGES]


def show(kind: str, rows: list[Row]) -> None:
    """Print the table."""
    print(f"\nAnonymous pages ({kind}), medians of {ROUNDS} rounds")
    print(f"an empty view {median(row.warm.limit for row in rows if row.warm):.3f} ms; warm is a part of its rate")
    print(f"a minimal Wagtail page {median(row.cold.limit for row in rows):.2f} ms; cold is a part of its rate\n")
    print(f"{'page':<58} {'first':>5} {'statements':>10} {'warm':>6} {'':9} {'cold':>6}")
    print(f"{'target':<58} {'':>5} {MOST_STATEMENTS:>10} {LEAST_WARM:>6.0%} {'':9} {LEAST_COLD:>6.0%}")
    for row in rows:
        print(row)
    print(f"\n{sum(not row.missed for row in rows)} of {len(rows)} meet every target")


def main() -> int:
    """Measure; 1 when a target is missed and that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strict", action="store_true", help="fail when a target is missed")
    is_strict = parser.parse_args().strict
    with database(os.environ.get("BENCH_DATABASE", "postgres")) as base:
        manage(base, "collectstatic", "--noinput", "-v0")
        manage(base, "demo", "--only-seed")
        manage(base, "shell", "-v0", "-c", PLANT)
        rows = measured(base)
    show(base.kind, rows)
    return int(is_strict and any(row.missed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
