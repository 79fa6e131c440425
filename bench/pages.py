"""Anonymous pages, warm against an empty view and cold against a minimal Wagtail page, by CPU a request.

Run through `make bench-pages`. CPU is the web server's (and the database's, where it is a process of its own).
"""

import http.client
import os
import sys

from bench.measure import cpu_seconds, report
from bench.site import Database, database, manage, web
from network_site.demo.addresses import READING

LEFT_OUT = {"/accessibility/", "/privacy/"}  # as /about/
PAGES = [path for path in READING if path not in LEFT_OUT]
WARM, COLD = int(os.environ.get("BENCH_WARM", "3000")), int(os.environ.get("BENCH_COLD", "150"))
PORT = 8441
MINIMAL = "/bench-minimal/"
PLANT = (
    "from wagtail.models import Page, Site; home = Site.objects.get(is_default_site=True).root_page; "
    "home.add_child(instance=Page(title='Minimal', slug='bench-minimal'))"
)


def cost(path: str, times: int, pids: list[int]) -> float:
    """Milliseconds of CPU for one request, after a few that do not count."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)

    def ask() -> None:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status}")

    for _ in range(5):
        ask()
    before = cpu_seconds(pids)
    for _ in range(times):
        ask()
    return (cpu_seconds(pids) - before) / times * 1000


def measured(base: Database, paths: list[str], times: int, *, cache: bool) -> dict[str, float]:
    """The cost of each page on one server process."""
    with web(base, port=PORT, cache=cache) as server:
        pids = [server, *([base.pid] if base.pid else [])]
        return {path: cost(path, times, pids) for path in paths}


def main() -> int:
    """Measure; 1 when a target is missed."""
    with database(os.environ.get("BENCH_DATABASE", "postgres")) as base:
        manage(base, "collectstatic", "--noinput", "-v0")
        manage(base, "demo", "--only-seed")
        manage(base, "shell", "-v0", "-c", PLANT)
        warm = measured(base, ["/bench/empty/", *PAGES], WARM, cache=True)
        cold = measured(base, [MINIMAL, *PAGES], COLD, cache=False)
    empty, minimal = warm.pop("/bench/empty/"), cold.pop(MINIMAL)
    rows: list[tuple[str, str, str, bool | None]] = [("an empty view", f"{empty:.3f} ms", "the limit, warm", None)]
    rows += [
        (f"warm {path}", f"{empty / ms:.0%} ({ms:.3f} ms)", "at least 50%", empty / ms >= 0.5)
        for path, ms in warm.items()
    ]
    rows.append(("a minimal Wagtail page", f"{minimal:.2f} ms", "the limit, cold", None))
    rows += [
        (f"cold {path}", f"{minimal / ms:.0%} ({ms:.2f} ms)", "at least 60%", minimal / ms >= 0.6)
        for path, ms in cold.items()
    ]
    return 0 if report(f"Anonymous pages ({base.kind})", rows) else 1


if __name__ == "__main__":
    sys.exit(main())
