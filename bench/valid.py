"""The Nu Html Checker on one address of every kind of public page, the ways in, and the pages nobody wants to see.

Run through `make valid`. Needs node with npx (it fetches the checker) and Java 17; uses the production server.
"""

import json
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from bench.measure import report
from bench.site import database, manage, web
from network_site.demo.addresses import ASKED, READING

CHECKER = "vnu-jar@26.9.27"
PORT = 8444
MORE = (
    "/conferences/closer-to-home/tickets/",
    "/accounts/login/",
    "/accounts/login/code/",
    "/nothing-is-here/",
)
# What we know and mean: Safari keeps a list without marks a list only by its role; Wagtail closes the breaks of its
# rich text as XHTML does.
MEANT = re.compile("The “list” role is unnecessary|Trailing slash on void elements")


def fetch(path: str) -> bytes:
    """The page as it is sent, whatever its status."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}") as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as refusal:
        return bytes(refusal.read())


def check(folder: Path) -> list[dict[str, Any]]:
    """What the checker says of the files of a folder, without what is meant."""
    command = ["npx", "--yes", CHECKER, "--skip-non-html", "--format", "json", "--exit-zero-always", "--stdout", folder]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [message for message in json.loads(said)["messages"] if not MEANT.search(message["message"])]


def main() -> int:
    """Check every page; 1 when the checker has anything to say."""
    paths = sys.argv[1:] or [*READING, *ASKED, *MORE]
    with database("sqlite") as base, tempfile.TemporaryDirectory() as name:
        manage(base, "collectstatic", "--noinput", "-v0")
        manage(base, "demo", "--only-seed")
        files = {Path(name) / f"{number}.html": path for number, path in enumerate(paths)}
        with web(base, port=PORT):
            for file, path in files.items():
                file.write_bytes(fetch(path))
        found = check(Path(name))
    rows = []
    for file, path in files.items():
        lines = [f"{each['lastLine']}: {each['message']}" for each in found if each["url"].endswith(f"/{file.name}")]
        rows.append((path, f"{len(lines)} messages", " ".join(lines), not lines))
    return 0 if report("Valid HTML, by the Nu Html Checker", rows) else 1


if __name__ == "__main__":
    sys.exit(main())
