"""The two addresses that machines ask."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from network_site.base import health
from network_site.base.worker import beat

pytestmark = pytest.mark.django_db


def ask(address: str) -> tuple[int, dict[str, Any]]:
    answer = Client().get(address)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    return answer.status_code, answer.json()


def break_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)


def test_all_is_well_with_a_worker_that_lives() -> None:
    beat("one", now=timezone.now() - timedelta(seconds=30))
    status, facts = ask("/healthz?require=worker")
    assert status == 200
    assert facts["status"] == facts["database"] == "ok"
    assert facts["worker"]["is_late"] is False
    assert 30 <= facts["worker"]["age_seconds"] <= 90


@pytest.mark.parametrize("minutes", [None, 5])
def test_a_late_worker_is_told_of_and_counts_only_when_asked_for(minutes: int | None) -> None:
    if minutes:
        beat("one", now=timezone.now() - timedelta(minutes=minutes))
    assert ask("/healthz")[0] == 200
    status, facts = ask("/healthz?require=worker")
    assert (status, facts["status"], facts["worker"]["is_late"]) == (503, "unavailable", True)


def test_a_clock_that_was_set_back_gives_no_age_below_nothing() -> None:
    beat("one", now=timezone.now() + timedelta(hours=1))
    assert ask("/healthz")[1]["worker"] == {"age_seconds": 0, "is_late": False}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_without_a_database_nobody_is_sent_here(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    break_database(monkeypatch)
    status, facts = ask(address)
    assert (status, facts["status"], facts["database"]) == (503, "unavailable", "OperationalError")


def test_ready_means_tables_and_a_gateway() -> None:
    assert ask("/readyz") == (200, {"status": "ok", "database": "ok", "migrations": "ok", "gateway": "ok"})


def test_not_ready_while_a_migration_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert health.missing_migrations() == []
    monkeypatch.setattr(health, "missing_migrations", lambda: ["events.0099_more"])
    status, facts = ask("/readyz")
    assert (status, facts["migrations"]) == (503, "missing")


def test_a_migration_nobody_applied_is_missing() -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).migration_qs.filter(app="mail").delete()
    assert [name for name in health.missing_migrations() if name.startswith("mail.")] == ["mail.0001_initial"]


@pytest.mark.parametrize("path", ["network_site.nowhere.Gateway", "network_site.payments.gateway.BillLine"])
def test_not_ready_without_a_gateway(settings: Any, path: str) -> None:
    settings.PAYMENTS_GATEWAY = path
    status, facts = ask("/readyz")
    assert status == 503
    assert facts["gateway"] in {"ImportError", "ModuleNotFoundError", "TypeError"}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_machines_only_ask(address: str) -> None:
    assert Client().post(address).status_code == 405
    assert Client().head(address).status_code in {200, 503}
