"""Reading our own pages as a visitor does: what is worth putting right, and where they link to."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from wagtail.models import Page

from network_site.base import stopping
from network_site.base.pages import BasePage
from network_site.editing import checks, tree
from network_site.editing.checks import Facts, Report, report_on
from network_site.editing.checks.document import main_of, parse
from network_site.editing.links import uses
from network_site.editing.links.inside import visit
from network_site.editing.models import PageReading

PAGES_A_ROUND = 20
# What a page shows changes with others: a page it links to may go.
AGAIN = timedelta(days=7)
OK = 200


def read_pages(now: datetime, *, most: int = PAGES_A_ROUND) -> int:
    """Read the pages that changed since they were last read; returns how many. May be cut off at any moment."""
    PageReading.objects.filter(page__live=False).delete()
    changed = list(to_be_read(now)[:most])
    for number, page in enumerate(changed):
        if stopping.is_asked():
            return number
        read(page, now=now)
    return len(changed)


def to_be_read(now: datetime) -> "QuerySet[Page]":
    """Published pages never read, published again since, read long ago, or read with other rules."""
    never = Q(page_reading=None)
    old = Q(page_reading__read_at__lt=now - AGAIN) | ~Q(page_reading__rules=checks.VERSION)
    changed = Q(last_published_at__gt=F("page_reading__read_at"))
    return tree.pages().filter(never | old | changed, live=True).order_by("last_published_at", "pk")


def read(page: Page, *, now: datetime) -> PageReading:
    """Read one published page and keep what was found."""
    html, problem = _html(page)
    report = report_on(html, facts=facts_of(page.specific))
    if not problem:
        document = parse(html)
        part = document if page.is_site_root() else main_of(document)
        uses.write_down(page, uses.links_in(part, base=f"{settings.SITE_URL}{page.url or '/'}"), now=now)
    return keep(page, Report((), report.reading) if problem else report, problem=problem, now=now)


def keep(page: Page, report: Report, *, problem: str, now: datetime) -> PageReading:
    """Write a report down in place of the last one."""
    found, _made = PageReading.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "read_at": now,
            "rules": checks.VERSION,
            "findings": [asdict(finding) for finding in report.findings],
            "finding_count": len(report.findings),
            "word_count": report.reading.words,
            "reading_age": report.reading.age,
            "problem": problem,
        },
    )
    return found


def facts_of(page: Page) -> Facts:
    """What the page's fields say."""
    return Facts(has_summary=bool(page.description) if isinstance(page, BasePage) else None)


def _html(page: Page) -> tuple[str, str]:
    """The page as a visitor gets it, or why there is none."""
    path = page.get_url_parts()
    if not path or not path[2]:
        return "", _("The page has no address.")
    response = visit(path[2])
    if response.status_code != OK or not isinstance(response, HttpResponse):
        return "", _("A visitor does not see the page: the answer is %(code)d.") % {"code": response.status_code}
    return response.content.decode(response.charset, "replace"), ""
