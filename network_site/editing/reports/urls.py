"""Where the reports are, and in which order the menu shows them."""

from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, path

from network_site.editing.reports.base import HouseReport
from network_site.editing.reports.files import PicturesReport, UnusedReport
from network_site.editing.reports.links import LinksReport
from network_site.editing.reports.pages import (
    DraftsReport,
    FindingsReport,
    OldestReport,
    ReviewReport,
    SummaryReport,
)


@dataclass(frozen=True)
class Entry:
    """A report under its name."""

    name: str
    view: type[HouseReport]

    @property
    def label(self) -> Any:
        """What the menu says."""
        return self.view.page_title


ENTRIES = (
    Entry("review", ReviewReport),
    Entry("findings", FindingsReport),
    Entry("links", LinksReport),
    Entry("pictures", PicturesReport),
    Entry("summaries", SummaryReport),
    Entry("drafts", DraftsReport),
    Entry("oldest", OldestReport),
    Entry("unused", UnusedReport),
)

app_name = "editing_reports"
urlpatterns: list[URLPattern] = [
    pattern
    for entry in ENTRIES
    for pattern in (
        path(f"{entry.name}/", entry.view.as_view(), name=entry.name),
        path(f"{entry.name}/results/", entry.view.as_view(results_only=True), name=f"{entry.name}_results"),
    )
]
