"""Taking and giving back room; the only place that writes `Quota.taken`.

The conditional UPDATE is lock, check and write in one statement, on PostgreSQL and on SQLite; quotas are always
touched in ascending order of their keys, so that two buyers never wait for each other.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.domain.errors import TicketingError, is_whole
from events.domain.money_path import money_path
from events.models import CapacityClaim, Quota, StaffHold
from network_site.base import audit, freshness
from network_site.people.models import User

# Lock, check and write in one; in SQL because through the ORM it takes five times as long, under the hottest lock.
CLAIM = """
    UPDATE events_quota SET taken = taken + %s
    WHERE id = %s AND (size IS NULL OR size >= taken + %s) AND (%s OR NOT is_closed)
"""


class NoRoom(Exception):
    """A quota cannot give what is asked; the transaction must not be committed."""

    def __init__(self, quota_id: int) -> None:
        super().__init__(f"quota {quota_id} has no room")
        self.quota_id = quota_id


def claim(units: Mapping[int, int], *, even_if_closed: bool = False) -> None:
    """Count units of quotas as taken, inside the caller's transaction; the caller writes the claims.

    Args:
        units: quota key -> how many.
        even_if_closed: for what was promised before, and for staff.

    Raises:
        NoRoom: at the first quota that has too little; the caller rolls back.
    """
    with connection.cursor() as cursor:
        for quota_id in sorted(units):
            wanted = units[quota_id]
            cursor.execute(CLAIM, [wanted, quota_id, wanted, even_if_closed])
            if not cursor.rowcount:
                raise NoRoom(quota_id)


def claim_and_grow(units: Mapping[int, int]) -> dict[int, int]:
    """Like `claim`, but a quota without room is made larger; returns by how much each one grew."""
    grown = {}
    for quota_id in sorted(units):
        try:
            claim({quota_id: units[quota_id]}, even_if_closed=True)
        except NoRoom:
            quota = Quota.objects.select_for_update().get(pk=quota_id)
            grown[quota_id] = quota.taken + units[quota_id] - (quota.size or 0)
            Quota.objects.filter(pk=quota_id).update(
                size=F("taken") + units[quota_id], taken=F("taken") + units[quota_id]
            )
    return grown


def release(claims: QuerySet[CapacityClaim], *, now: datetime) -> int:
    """Give back what these claims hold; only for the one whose change of state let go of them.

    Inside the caller's transaction; returns how many units came back.
    """
    active = claims.filter(status=CapacityClaim.Status.ACTIVE)
    sums = active.order_by("quota_id").values_list("quota_id").annotate(units=Sum("units"))
    units = dict(sums)
    active.update(status=CapacityClaim.Status.RELEASED, released_at=now)
    for quota_id, freed in units.items():
        Quota.objects.filter(pk=quota_id).update(taken=F("taken") - freed)
    freshness.touch()
    return sum(units.values())


def keep_back(quota: Quota, *, units: int, reason: str, by: User | None, now: datetime) -> StaffHold:
    """Keep places back for speakers or partners, also while the quota is closed."""
    if not is_whole(units) or units < 1:
        raise TicketingError(_("Keep back at least one place."))
    try:
        with money_path():
            claim({quota.pk: units}, even_if_closed=True)
            hold = StaffHold.objects.create(quota=quota, units=units, reason=reason, held_at=now, held_by=by)
            CapacityClaim.objects.create(quota=quota, units=units, staff_hold=hold, created_at=now)
            audit.record("kept back", subject=f"quota:{quota.pk}", by=by, units=units, reason=reason)
            freshness.touch()
    except NoRoom as error:
        raise TicketingError(_too_few_left(quota)) from error
    return hold


def _too_few_left(quota: Quota) -> str:
    quota.refresh_from_db()
    left = quota.left or 0
    sentence = ngettext(
        "Only %(left)s place is free in “%(quota)s”. Nothing was kept back. Keep fewer, or make it larger first.",
        "Only %(left)s places are free in “%(quota)s”. Nothing was kept back. Keep fewer, or make it larger first.",
        left,
    )
    return sentence % {"left": left, "quota": quota.name}


def let_go(staff_hold: StaffHold, *, by: User | None, now: datetime) -> None:
    """Give back places that staff kept; TicketingError when somebody did so before."""
    with money_path():
        mine = StaffHold.objects.filter(pk=staff_hold.pk, released_at=None).update(released_at=now, released_by=by)
        if not mine:
            raise TicketingError(_("These places were given back before. Nothing was changed."))
        release(CapacityClaim.objects.filter(staff_hold=staff_hold), now=now)
        audit.record("let go", subject=f"quota:{staff_hold.quota_id}", by=by, units=staff_hold.units)
    staff_hold.refresh_from_db()
