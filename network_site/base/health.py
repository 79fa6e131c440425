"""Whether this process can serve: two addresses for load balancers and monitoring."""

from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from network_site.base.worker import last_beat

# A job may take a while between two signs of life.
LATE_AFTER_SECONDS = 120


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """This process lives and the database answers; with `?require=worker` a worker must be alive too."""
    facts: dict[str, Any] = {"database": database(), "worker": {"age_seconds": None, "is_late": True}}
    if facts["database"] == "ok":
        facts["worker"] = worker()
    is_well = facts["database"] == "ok" and not (request.GET.get("require") == "worker" and facts["worker"]["is_late"])
    return answer(facts, is_well=is_well)


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """This process may be sent visitors: the database has the tables this code needs, and payments have a gateway."""
    facts: dict[str, Any] = {"database": database(), "migrations": "unknown", "gateway": gateway()}
    if facts["database"] == "ok":
        facts["migrations"] = "ok" if not missing_migrations() else "missing"
    return answer(facts, is_well=all(fact == "ok" for fact in facts.values()))


def answer(facts: dict[str, Any], *, is_well: bool) -> JsonResponse:
    """The facts, and the status a machine looks at."""
    body = {"status": "ok" if is_well else "unavailable", **facts}
    return JsonResponse(body, status=200 if is_well else 503, headers={"Cache-Control": "no-store"})


def database() -> str:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        return type(error).__name__
    return "ok"


def worker() -> dict[str, Any]:
    """How long ago a worker gave a sign of life."""
    beat = last_beat()
    age = None if beat is None else round(max(0.0, (timezone.now() - beat).total_seconds()))
    return {"age_seconds": age, "is_late": age is None or age > LATE_AFTER_SECONDS}


def gateway() -> str:
    """Whether the gateway named in the settings is there and can be made."""
    try:
        import_string(settings.PAYMENTS_GATEWAY)()
    except Exception as error:  # noqa: BLE001 whatever keeps it from being made keeps us from selling
        return type(error).__name__
    return "ok"


def missing_migrations() -> list[str]:
    """Migrations this code has and the database does not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
