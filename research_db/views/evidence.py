"""The evidence map as a page and as a spreadsheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from research_db.finding.evidence import evidence
from research_db.models import ResearchPage
from research_db.views.spreadsheets import spreadsheet


@require_safe
def as_page(request: HttpRequest) -> HttpResponse:
    """What was studied against what was measured, or any other two facets."""
    return render(request, "research_db/map.html", {"map": evidence(request.GET), "home": ResearchPage.address()})


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers, a line for each pair."""
    found = evidence(request.GET)
    rows = [(line.label, cell.column, cell.count) for line in found.lines for cell in line.cells] if found else []
    header = (found.rows.label, found.columns.label, _("Publications")) if found else (_("Publications"),)
    return spreadsheet("evidence-map.csv", header, rows)
