"""Numbers of a page as a file for spreadsheets."""

from collections.abc import Iterable

from django.http import HttpResponse

from network_site.base import safe_csv


def spreadsheet(name: str, header: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A CSV file of this name to be saved; no cell runs in the program that opens it."""
    response = HttpResponse("".join(safe_csv.lines(header, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
