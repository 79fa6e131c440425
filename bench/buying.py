"""Complete purchases over HTTP: one hot conference, many buyers at once, practice gateway, worker running.

Run through `make bench-buying`. CPU is what the kernel books for the web server and the database; the buyers' own
work and the worker's letters are not in it. The gateway's own two pages stand in for Stripe's and are counted apart.
"""

import http.client
import os
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urlsplit

from bench.measure import cpu_seconds, report
from bench.site import database, manage, process, web

BUYERS = int(os.environ.get("BENCH_BUYERS", "16"))
PURCHASES = int(os.environ.get("BENCH_PURCHASES", "320"))
PORT = 8431
SLUG = "closer-to-home"


@dataclass
class Buyer:
    """Somebody with a browser that keeps nothing."""

    connection: http.client.HTTPConnection = field(
        default_factory=lambda: http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    )
    requests: int = 0
    at_gateway: int = 0

    def ask(self, method: str, path: str, fields: list[tuple[str, str]] | None = None) -> tuple[int, str, str]:
        """One request; status, body and where it leads."""
        if "/payments/practice/" in path:
            self.at_gateway += 1
        else:
            self.requests += 1
        headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self.connection.getresponse()
        body = answer.read().decode()
        target = urlsplit(answer.headers.get("Location", ""))
        return answer.status, body, target.path + (f"?{target.query}" if target.query else "")

    def buy(self) -> None:
        """From the conference page to the booked place; raises when a step fails."""
        _, page, _ = self.ask("GET", f"/conferences/{SLUG}/")
        action, fields = form(page, "/tickets/")
        wanted = next(name for name, _ in fields)
        _, page, details = self.follow("POST", action, [(n, "1" if n == wanted else v) for n, v in fields])
        _, page, _ = self.ask("GET", details)
        action, fields = form(page, "/details/")
        filled = [(n, FILL.get(n.rsplit("-", 1)[-1], FILL.get(n, v))) for n, v in fields]
        _, _, gateway = self.follow("POST", action or details, filled)
        _, page, _ = self.ask("GET", gateway)
        _, _, back = self.follow("POST", gateway, [first_button(page)])
        status, page, booked = self.ask("GET", back)
        if status == 303:
            status, page, _ = self.ask("GET", booked)
        if status != 200 or "ooked" not in page:
            raise AssertionError(f"{back}: {status}")

    def follow(self, method: str, path: str, fields: list[tuple[str, str]]) -> tuple[int, str, str]:
        """A form that must lead somewhere."""
        status, body, target = self.ask(method, path, fields)
        if status not in {302, 303}:
            raise AssertionError(f"{method} {path}: {status} {re.sub('<[^>]+>', ' ', body)[:2000]}")
        return status, body, target


FILL = {"buyer_name": "Amira Demonstration", "buyer_email": "amira@example.org", "organisation": "Example Trust"}


def form(page: str, action_ends: str) -> tuple[str, list[tuple[str, str]]]:
    """The address and the fields of the form whose action ends so, as a browser would send them."""
    for attributes, inner in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL):
        action = re.search(r'action="([^"]*)"', attributes)
        address = unescape(action.group(1)) if action else ""
        if address.endswith(action_ends) or (not address and 'method="post"' in attributes.lower()):
            return address, [*_inputs(inner), *_selects(inner)]
    raise AssertionError(f"no form for {action_ends}")


def first_button(page: str) -> tuple[str, str]:
    """The name and value that the first button of a form in the page's main part sends."""
    tag = re.findall(r"<button\b[^>]*>", page.split('id="main"', 1)[1])[0]
    return re.search(r'name="([^"]*)"', tag)[1], re.search(r'value="([^"]*)"', tag)[1]  # type: ignore[index]


def _inputs(inner: str) -> list[tuple[str, str]]:
    found = []
    for tag in re.findall(r"<input\b[^>]*>", inner):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag and 'type="submit"' not in tag:
            found.append((unescape(name.group(1)), unescape(value.group(1)) if value else ""))
    return found


def _selects(inner: str) -> list[tuple[str, str]]:
    return [
        (
            name,
            (re.search(r'<option[^>]*value="([^"]*)"[^>]*selected', options) or re.search(r'value="([^"]*)"', options))[
                1
            ],
        )  # type: ignore[index]
        for name, options in re.findall(r'<select\b[^>]*name="([^"]*)"[^>]*>(.*?)</select>', inner, re.DOTALL)
    ]


def shop(buyers: list[Buyer], purchases: int) -> tuple[float, list[float]]:
    """Everybody buys until so many purchases are made; seconds in all and of each."""
    left, took, failed = threading.Semaphore(purchases), [], []

    def run(buyer: Buyer) -> None:
        while left.acquire(blocking=False) and not failed:
            start = time.perf_counter()
            try:
                buyer.buy()
            except Exception as error:  # noqa: BLE001
                failed.append(error)
            took.append(time.perf_counter() - start)

    start = time.perf_counter()
    threads = [threading.Thread(target=run, args=(buyer,)) for buyer in buyers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return time.perf_counter() - start, took


def main() -> int:
    """Measure; 1 when a target is missed."""
    with database(os.environ.get("BENCH_DATABASE", "postgres")) as base:
        manage(base, "collectstatic", "--noinput", "-v0")
        manage(base, "demo", "--only-seed")
        manage(
            base,
            "shell",
            "-v0",
            "-c",
            "from events.models import Quota; Quota.objects.exclude(size=None).update(size=1000000)",
        )
        with web(base, port=PORT, workers=2) as server, process(base, "manage.py", "worker"):
            shop([Buyer()], 5)
            processes = {"web": [server], "database": [base.pid] if base.pid else []}
            buyers = [Buyer() for _ in range(BUYERS)]
            before = {name: cpu_seconds(pids) for name, pids in processes.items()}
            seconds, took = shop(buyers, PURCHASES)
            cpu = {name: (cpu_seconds(pids) - before[name]) / PURCHASES * 1000 for name, pids in processes.items()}
    own = sum(buyer.requests for buyer in buyers) / PURCHASES
    gateway = sum(buyer.at_gateway for buyer in buyers) / PURCHASES
    rows: list[tuple[str, str, str, bool | None]] = [
        ("purchases a second, all buyers", f"{PURCHASES / seconds:.1f}", "shared machine", None),
        ("a purchase, half of them quicker than", f"{sorted(took)[len(took) // 2]:.2f} s", "", None),
        *((f"CPU of the {name} a purchase", f"{ms:.1f} ms", "", None) for name, ms in cpu.items()),
        ("CPU of web and database a purchase", f"{sum(cpu.values()):.1f} ms", "at most 35 ms", sum(cpu.values()) <= 35),
        ("requests a purchase", f"{own:.1f}", "at most 5", own <= 5),
        ("requests to the gateway's own pages", f"{gateway:.1f}", "Stripe's in production", None),
    ]
    return 0 if report(f"Buying one place, {BUYERS} buyers, {PURCHASES} purchases ({base.kind})", rows) else 1


if __name__ == "__main__":
    sys.exit(main())
