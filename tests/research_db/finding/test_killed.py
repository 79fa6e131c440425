"""Killed at any moment, and many processes at once: what is saved is found, and no lock stays behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from research_db.finding.index import Index
from research_db.models import Publication
from tests.research_db.finding.conftest import ask

ROOT = Path(__file__).resolve().parents[3]
# A process of the site that saves and searches without end, and says when it has begun.
BUSY = """
import json, sys
import django
from django.conf import settings
django.setup()
settings.DATABASES["default"].update(json.loads(sys.argv[1]))
from django.db import connections
connections["default"].settings_dict.update(json.loads(sys.argv[1]))
settings.RESEARCH_INDEX = sys.argv[2]
from research_db.finding import index
from research_db.models import Publication
while True:
    Publication.objects.create(title="Giraffe")
    index.site().now()
    if Publication.objects.count() % 7 == 0:
        index.site().make_anew()
    print("saved", flush=True)
"""


@contextmanager
def busy(root: Path) -> Iterator[subprocess.Popen[str]]:
    connection.close()
    facts = {key: str(value) for key, value in settings.DATABASES["default"].items() if key in {"ENGINE", "NAME", "USER", "HOST", "PORT", "PASSWORD"} and value}  # fmt: skip
    import json

    process = subprocess.Popen(
        [sys.executable, "-c", BUSY, json.dumps(facts), str(root)],
        cwd=ROOT, env={**os.environ, "DJANGO_SETTINGS_MODULE": "network_site.settings.test"},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdout
        process.stdout.close()


def test_killed_while_it_writes(real_db: str, found: Index) -> None:
    Publication.objects.create(title="Zebra")
    ask()
    for lines in (1, 6):
        with busy(found.root) as one, busy(found.root) as other:
            for process in (one, other):
                assert process.stdout
                for _line in range(lines):
                    assert process.stdout.readline() == "saved\n"
    again = Index(found.root)
    again.catch_up_with_all()
    now = again.now()
    assert now is not None
    assert now.reader.size == Publication.objects.count()
    assert ask("q=giraffe").count == Publication.objects.count() - 1
