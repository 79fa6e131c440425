"""From an empty folder and an empty cache, `make demo` answers on its port with a page worth reading."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds; downloading every package is most of it

pytestmark = [
    pytest.mark.project,
    pytest.mark.skipif(
        not os.environ.get("CI") and not os.environ.get("FROM_NOTHING"),
        reason="downloads every package again: runs in CI, or with FROM_NOTHING=1",
    ),
]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What a newcomer gets: the tracked files and nothing else."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def demo(checkout: Path) -> Iterator[int]:
    port = free_port()
    clean = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME", "LANG", "SSL_CERT_FILE"} or name.startswith("PIP_")
    }
    running = subprocess.Popen(
        ["make", "demo", f"PORT={port}"],
        cwd=checkout,
        env={**clean, "UV_CACHE_DIR": str(checkout / "cache")},
        start_new_session=True,
    )
    yield port
    os.killpg(running.pid, signal.SIGTERM)
    running.wait(timeout=60)


def get(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_make_demo_answers(demo: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            status, page = get(demo, "/")
            break
        except OSError:
            assert time.monotonic() < until, "make demo did not answer"
            time.sleep(0.5)
    assert status == 200
    assert "We link the people who link people." in page
    assert get(demo, "/conferences/closer-to-home/")[0] == 200
