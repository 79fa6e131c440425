"""Saved searches at the desk: how many there are and of what, and their end where a person asks for it."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.viewsets.base import ViewSet

from network_site.editing.desk.menu import GuardedItem
from network_site.editing.desk.pages import Deed, DeskPage, crumb
from research_db.alerts.saving import stop_all
from research_db.domain.heads import SEARCH
from research_db.models import SavedSearch

MAY_SEE = "research_db.view_savedsearch"
MAY_STOP = "research_db.delete_savedsearch"
INDEX = "research_alerts:index"
SHOWN = 200
ON, PAUSED, ASKED = (
    Q(next_at__isnull=False),
    Q(paused_at__isnull=False),
    Q(confirmed_at=None),
)


class SavedSearches(DeskPage):
    """What people want to be told of, the most wanted first; whose searches they are is nobody's business."""

    needs = (MAY_SEE,)
    page_title = gettext_lazy("Saved searches")
    header_icon = "mail"
    template_name = "research_db/admin/alerts.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(self.page_title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = {
            "on": Count("pk", filter=ON),
            "paused": Count("pk", filter=PAUSED),
            "asked": Count("pk", filter=ASKED),
        }
        searches: Any = SavedSearch.objects.order_by().values("query", "words").annotate(**counts)
        return {
            **super().get_context_data(**kwargs),
            "totals": SavedSearch.objects.aggregate(people=Count("email", distinct=True), **counts),
            "searches": searches.order_by("-on", "-paused", "-asked", "words")[:SHOWN],
            "shown": SHOWN,
            "list": SEARCH,
            "may_stop": self.may(MAY_STOP),
        }


class AddressForm(forms.Form):
    """Whose."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


class StopAll(Deed):
    """End every saved search of one address."""

    needs = (MAY_SEE, MAY_STOP)
    page_title = gettext_lazy("Stop the letters to an address")
    header_icon = "bin"
    form_class = AddressForm
    yes = gettext_lazy("Stop them, and forget the address")
    is_serious = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(_("Saved searches"), INDEX), crumb(self.page_title)]

    def sentences(self) -> list[Any]:
        return [
            _("For somebody who asks for it and cannot use the link in their letters."),
            _("Their saved searches and their address are deleted, also from the letters we keep. This is final."),
        ]

    def do(self, form: Any) -> str:
        number = stop_all(form.cleaned_data["email"], by=self.request.user)
        said = ngettext("%(number)s saved search is stopped.", "%(number)s saved searches are stopped.", number)
        return said % {"number": number}

    def back(self) -> str:
        return reverse(INDEX)


class SavedSearchViewSet(ViewSet):
    """The addresses of this desk."""

    name = "research_alerts"
    url_prefix = "research/alerts"
    icon = "mail"
    menu_label = gettext_lazy("Saved searches")
    menu_order = 600
    menu_item_class = GuardedItem.for_right(MAY_SEE)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", SavedSearches.as_view(), name="index"),
            path("stop/", StopAll.as_view(), name="stop"),
        ]
