"""Which periodic job runs how often."""

from datetime import datetime, timedelta

from django.core.management import call_command

from events.domain import fsck
from events.domain.holds import expire_lapsed
from events.domain.reconcile import converge
from network_site.base import stopping
from network_site.base.incidents import open_incident
from network_site.base.jobs import Job
from network_site.base.models import JobLease
from network_site.base.worker import fail_lost_chores, forget_workers
from network_site.contact.domain import erasure
from network_site.editing.links.checking import check_links
from network_site.editing.publishing import publish_scheduled
from network_site.editing.reading import read_pages
from network_site.mail import outbox
from network_site.payments import reconcile
from research_db.alerts import running as research_alerts
from research_db.domain import addresses, duplicates
from research_db.finding import changes as research_changes
from research_db.finding import index as research_index
from research_db.imports import deciding

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def audit_tickets(now: datetime) -> None:
    """Tell staff of every two books that do not agree."""
    for finding in fsck.findings(now=now):
        open_incident(finding.kind, subject=finding.subject, sentence=finding.sentence)


def prune(now: datetime) -> None:
    """Let go of what is no longer needed: old letters' contents, ended sessions, finished chores, lost workers."""
    outbox.prune(now=now)
    forget_workers(now=now)
    research_changes.prune(now=now)
    call_command("clearsessions", verbosity=0)
    call_command("searchpromotions_garbage_collect", verbosity=0)
    call_command("prune_db_task_results", "--backend=db", "--queue-name=*", verbosity=0)
    JobLease.objects.exclude(name__in=[job.name for job in JOBS]).filter(
        last_started_at__lt=now - timedelta(days=30)
    ).delete()


def ask_about_duplicates(now: datetime) -> None:
    """Put records that may be one into the editors' queue."""
    duplicates.look()


def read_addresses(now: datetime) -> None:
    """Tell the checker of links which addresses publications that changed give, some at a time."""
    while not stopping.is_asked() and addresses.read_addresses(now) == addresses.AT_ONCE:
        pass


def read_changes(now: datetime) -> None:
    """Bring this host's index of publications up to date, however much changed."""
    research_index.site().catch_up_with_all()


JOBS = (
    Job("mail.deliver", 2, lambda now: outbox.deliver_due(now=now), lease_seconds=60),
    Job("events.expire_lapsed", 15, lambda now: expire_lapsed(now=now)),
    Job("payments.reconcile", MINUTE, lambda now: reconcile.run(now=now)),
    Job("events.converge", MINUTE, lambda now: converge(now=now)),
    Job("pages.publish_scheduled", MINUTE, publish_scheduled),
    Job("editing.read_pages", MINUTE, read_pages),
    Job("editing.check_links", MINUTE, check_links, lease_seconds=900),
    Job("chores.fail_lost", 10 * MINUTE, lambda now: fail_lost_chores(now=now)),
    Job("events.audit", DAY, audit_tickets, lease_seconds=3600),
    Job("research.imports", 5, deciding.work, lease_seconds=1800),
    Job("research.index", 10, read_changes, lease_seconds=600),
    Job("research.duplicates", DAY, ask_about_duplicates, lease_seconds=3600),
    Job("research.addresses", MINUTE, read_addresses, lease_seconds=600),
    Job("research.alerts", 5 * MINUTE, research_alerts.run, lease_seconds=1800),
    Job("contact.prune", DAY, erasure.prune),
    Job("house.prune", DAY, prune, lease_seconds=3600),
)
