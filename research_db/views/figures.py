"""The database in figures, and what is missing in it; both as pages and as spreadsheets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from research_db.finding.gaps import gaps
from research_db.finding.statistics import statistics
from research_db.models import ResearchPage
from research_db.views.spreadsheets import spreadsheet


@require_safe
def statistics_page(request: HttpRequest) -> HttpResponse:
    """How many publications there are, or fit a search: by year, by facet, free to read."""
    found = statistics(request.GET)
    return render(request, "research_db/statistics.html", {"figures": found, "home": ResearchPage.address()})


@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers, a line for each."""
    found = statistics(request.GET)
    header = (_("Question"), _("Answer"), _("Publications"))
    return spreadsheet("statistics.csv", header, found.rows if found else ())


@require_safe
def missing_page(request: HttpRequest) -> HttpResponse:
    """Which pairs of terms no publication is about, or hardly any."""
    return render(request, "research_db/missing.html", {"gaps": gaps(request.GET), "home": ResearchPage.address()})


@require_safe
def missing_csv(request: HttpRequest) -> HttpResponse:
    """The same pairs, all of them, a line for each."""
    found = gaps(request.GET)
    if found is None:
        return spreadsheet("missing.csv", (_("Publications"),), ())
    names = found.map.rows.label, found.map.columns.label
    header = (*names, _("Publications"), *(_("Publications: %(label)s") % {"label": name} for name in names))
    rows = ((one.row.label, one.column.label, one.count, one.of_row, one.of_column) for one in found.every)
    return spreadsheet("missing.csv", header, rows)
