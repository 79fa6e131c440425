"""Lighthouse on a phone, with the system's Chromium, for one address of every kind of public page.

Run through `make lighthouse`. Needs node with npx (it fetches Lighthouse) and chromium; uses the production server.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.measure import report
from bench.site import database, manage, web
from network_site.demo.addresses import READING

LIGHTHOUSE = "lighthouse@12.8.2"  # the last that runs on node 20
PORT = 8443
LEAST = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MOST_BYTES, MOST_SHIFT = 100_000, 0.02
MINUTES, TRIES = 3, 3


def audit(path: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's own account of one page."""
    kept = folder / "page.json"
    command = [
        "npx", "--yes", LIGHTHOUSE, f"http://127.0.0.1:{PORT}{path}", "--quiet", "--output=json",
        f"--output-path={kept}", "--chrome-flags=--headless --no-sandbox --disable-gpu",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    for _attempt in range(TRIES):  # on a busy machine Chromium now and then loses the beginning of a page
        if subprocess.run(command, check=False, env=environment, timeout=MINUTES * 60).returncode == 0:
            break
    found: dict[str, Any] = json.loads(kept.read_text())
    return found


def style_and_script(found: dict[str, Any]) -> int:
    """Bytes of CSS and JavaScript as they came over the line."""
    requests = found["audits"]["network-requests"]["details"]["items"]
    return sum(item["transferSize"] for item in requests if item.get("resourceType") in {"Stylesheet", "Script"})


def complaints(found: dict[str, Any]) -> list[str]:
    """The names of the scored audits a page did not pass whole."""
    counted = {ref["id"] for name in CATEGORIES for ref in found["categories"][name]["auditRefs"] if ref["weight"]}
    return sorted(name for name in counted if (found["audits"][name]["score"] or 0) < 0.9 and _is_scored(found, name))


def _is_scored(found: dict[str, Any], name: str) -> bool:
    return found["audits"][name]["scoreDisplayMode"] in {"binary", "numeric", "metricSavings"}


def row(path: str, found: dict[str, Any]) -> tuple[str, str, str, bool]:
    """One page: its four scores, the weight of its styles and scripts, its layout shift."""
    scores = [round(found["categories"][name]["score"] * 100) for name in CATEGORIES]
    weight, shift = style_and_script(found), float(found["audits"]["cumulative-layout-shift"]["numericValue"])
    is_met = min(scores) >= LEAST and weight < MOST_BYTES and shift < MOST_SHIFT
    words = "/".join(str(score) for score in scores)
    return path, f"{words}  {weight / 1000:.0f} kB", f"shift {shift:.3f} {' '.join(complaints(found))}"[:60], is_met


def main() -> int:
    """Audit every page; 1 when one misses the target."""
    with database("sqlite") as base, tempfile.TemporaryDirectory() as folder:
        manage(base, "collectstatic", "--noinput", "-v0")
        manage(base, "demo", "--only-seed")
        manage(base, "worker", "--once")  # makes the sizes of pictures, as it does wherever one is uploaded
        with web(base, port=PORT):
            rows = [row(path, audit(path, Path(folder))) for path in sys.argv[1:] or READING]
    title = f"Lighthouse, mobile: {', '.join(CATEGORIES)}; at least {LEAST}, styles and scripts, layout shift"
    return 0 if report(title, list(rows)) else 1


if __name__ == "__main__":
    sys.exit(main())
