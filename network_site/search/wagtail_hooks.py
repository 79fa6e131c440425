"""The report of searches in the Wagtail admin."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from network_site.search.reports import SearchesMenuItem, SearchesReport


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The report and its list alone, which filters ask for."""
    return [
        path("reports/searches/", SearchesReport.as_view(), name="what_people_search_for"),
        path(
            "reports/searches/results/",
            SearchesReport.as_view(results_only=True),
            name="what_people_search_for_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    """In the menu of reports."""
    name, address = _("What people search for"), reverse("what_people_search_for")
    return SearchesMenuItem(name, address, name="what-people-search-for", icon_name="search", order=900)


@hooks.register("construct_reports_menu")
def without_the_other(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own list of search terms says less and would be a second one."""
    items[:] = [item for item in items if item.name != "search-terms"]
