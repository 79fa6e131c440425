"""Addresses of the research database; /research/ itself is a page of the tree."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView

from research_db.formats.writing import Target
from research_db.views import (
    alerts,
    api,
    evidence,
    feed,
    figures,
    files,
    harvest,
    listing,  # noqa: F401  the list is a page; a hook redirects
    lists,
    records,
    suggest,
    unapi,
)

app_name = "research"


def _to(name: str, **names: str) -> Callable[..., HttpResponseBase]:
    """To the address of this name for good, with what was asked."""
    return RedirectView.as_view(url=reverse_lazy(name, kwargs=names), query_string=True, permanent=True)


urlpatterns = [
    path("api/v1/", api.home, name="api"),
    path("api/v1/openapi.json", api.description, name="api_description"),
    path("api/v1/publications", api.publications, name="api_publications"),
    path("api/v1/publications/<slug:code>", api.publication, name="api_publication"),
    path("api/v1/counts", api.counts, name="api_counts"),
    path("api/v1/facets", api.facets, name="api_facets"),
    path("api/v1/lists", api.reading_lists, name="api_lists"),
    path("api/v1/lists/<slug:slug>", api.reading_list, name="api_list"),
    path("api/v1/docs", _to("research:api_guide")),
    re_path("^api/v1/", api.nothing, name="api_nothing"),
    path("research/api/", api.guide, name="api_guide"),
    path("oai", harvest.harvest, name="harvest"),
    # Other addresses these are known by; harvesters may post, so theirs answers itself.
    path("research/oai", harvest.harvest),
    path("research/export.json", _to("research:export", ending=Target.CSL)),
    path("research/feed.atom", feed.feed, name="feed"),
    path("research/alerts/", alerts.ask, name="alerts"),
    path("research/alerts/asked/", alerts.asked, name="asked"),
    path("research/alerts/<slug:token>/", alerts.saved, name="saved"),
    # Short, because mail programs cannot read an address in a header that had to be folded.
    path("n/r/<slug:token>/", alerts.stop, name="stop"),
    path("research/map/", evidence.as_page, name="map"),
    path("research/map.csv", evidence.as_csv, name="map_csv"),
    path("research/statistics/", figures.statistics_page, name="statistics"),
    path("research/statistics.csv", figures.statistics_csv, name="statistics_csv"),
    path("research/missing/", figures.missing_page, name="missing"),
    path("research/missing.csv", figures.missing_csv, name="missing_csv"),
    path("research/suggest/", suggest.suggest, name="suggest"),
    path("research/suggest/thank-you/", suggest.suggested, name="suggested"),
    path("research/r/<slug:code>/", records.short, name="short"),
    path("research/r/<slug:code>/<slug:slug>/", records.record, name="record"),
    path("research/r/<slug:code>/<slug:slug>.<str:ending>", files.record, name="record_file"),
    path("research/selection.<str:ending>", files.selection, name="selection"),
    path("research/export.<str:ending>", files.search, name="export"),
    path("research/lists/<slug:slug>.<str:ending>", files.reading_list, name="reading_list_file"),
    path("unapi", unapi.unapi, name="unapi"),
    path("research/lists/", lists.reading_lists, name="reading_lists"),
    path("research/lists/<slug:slug>/", lists.reading_list, name="reading_list"),
    path("doi/<path:doi>", records.by_doi, name="doi"),
]
