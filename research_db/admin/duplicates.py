"""Records that may be one: the queue, two side by side, and what is decided about them."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet

from network_site.base.errors import HouseError
from network_site.base.offers import Waiting, waiting
from network_site.editing.desk.menu import CountingItem
from network_site.editing.desk.pages import DeskPage, Guarded, crumb
from research_db.domain import duplicates
from research_db.domain.exporting import NEEDED, record_of
from research_db.domain.matching import said
from research_db.domain.merging import keep_apart, merge, take_apart
from research_db.imports.showing import facts_of
from research_db.models import DuplicatePair, Publication

MAY_LOOK = "research_db.change_publication"
MAY_DECIDE = "research_db.publish_publication"
APART = "apart"
INDEX = "research_duplicates:index"


@waiting.add("research duplicates")
def to_decide(request: HttpRequest) -> list[Waiting]:
    """How many pairs of records may be one, for those who may decide."""
    number = duplicates.open_pairs().count() if request.user.has_perm(MAY_DECIDE) else 0
    words = ngettext("pair of records may be one", "pairs of records may be one", number)
    return [Waiting(number, words, reverse(INDEX))] if number else []


class DuplicateIndex(Guarded, generic.IndexView):
    """What is still to decide, the likest first."""

    needs = (MAY_LOOK,)
    model = DuplicatePair
    page_title = gettext_lazy("Possible duplicates")
    header_icon = "copy"
    index_url_name = INDEX
    index_results_url_name = "research_duplicates:index_results"
    any_permission_required = None  # `needs` says who
    paginate_by = 30
    table_classname = "listing desk-table"

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("first", label=_("One record"), url_name="research_duplicates:pair"),
            Column("second", label=_("The other")),
            Column("score", label=_("Alike"), accessor=lambda pair: f"{pair.score}%"),
            DateColumn("found_at", label=_("Found")),
        ]

    def get_base_queryset(self) -> QuerySet[DuplicatePair]:
        return duplicates.open_pairs()

    def get_queryset(self) -> QuerySet[DuplicatePair]:
        return self.get_base_queryset()


class PairPage(DeskPage):
    """Two records side by side, and the three answers."""

    needs = (MAY_LOOK,)
    needs_to_post = (MAY_DECIDE,)
    template_name = "research_db/admin/pair.html"
    page_title = gettext_lazy("One record or two?")
    header_icon = "copy"

    @cached_property
    def pair(self) -> DuplicatePair:
        """What is asked about, decided or not."""
        found = DuplicatePair.objects.select_related("first__source", "second__source", "decided_by")
        fetched = [f"{side}__{name}" for side in ("first", "second") for name in NEEDED]
        return get_object_or_404(found.prefetch_related(*fetched), pk=self.kwargs["pk"])

    @property
    def is_open(self) -> bool:
        """Whether nobody decided about these two, and neither became part of another since."""
        return not self.pair.decision and not (self.pair.first.merged_into_id or self.pair.second.merged_into_id)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(DuplicateIndex.page_title, INDEX), crumb(self.page_title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finder = AdminURLFinder(self.request.user)
        sides = (self.pair.first, self.pair.second)
        return {
            **super().get_context_data(**kwargs),
            "pair": self.pair,
            "reasons": [said(reason) for reason in self.pair.reasons],
            "facts": facts_of(*map(record_of, sides)),
            "sides": [(one, finder.get_edit_url(one)) for one in sides],
            "may_decide": self.may(MAY_DECIDE),
            "is_open": self.is_open,
            "can_be_taken_apart": bool(self.pair.before),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                said_of_it = self.decide(request.POST.get("answer", ""))
        except HouseError as error:
            messages.error(request, str(error))
            return redirect(request.path)
        buttons = [messages.button(request.path, _("Look at these two again"))]
        messages.success(request, said_of_it, buttons=buttons)
        following = duplicates.open_pairs().first()
        return redirect("research_duplicates:pair", following.pk) if following else redirect(INDEX)

    def decide(self, answer: str) -> str:
        """Do what the button said; the sentence that says what came of it.

        Raises:
            HouseError: somebody was quicker, the two cannot be merged now, or no button says this.
        """
        get_object_or_404(DuplicatePair.objects.select_for_update(), pk=self.kwargs["pk"])  # one answer at a time
        if answer == APART:
            take_apart(self.pair, by=self.request.user)  # type: ignore[arg-type]
            return _("They are two again, as they were.")
        if not self.is_open:
            raise HouseError(_("Somebody decided this just now. Look at what came of it."))
        first, second = self.pair.first, self.pair.second
        if answer == "two":
            keep_apart(first, second, by=self.request.user)  # type: ignore[arg-type]
            return _("They are two. Nobody is asked about them again.")
        kept, gone = self.chosen(answer, first, second)
        merge(kept, gone, by=self.request.user)  # type: ignore[arg-type]
        return _("They are one record now. The other's address leads to it.")

    @staticmethod
    def chosen(answer: str, first: Publication, second: Publication) -> tuple[Publication, Publication]:
        """Which one stays, and which one goes into it."""
        for kept, gone in ((first, second), (second, first)):
            if answer == kept.code:
                return kept, gone
        raise HouseError(_("Choose which record stays, or say that they are two."))


class DuplicatesItem(CountingItem):
    """How many pairs wait, for those who may decide."""

    right = MAY_DECIDE

    def count(self) -> int:
        return duplicates.open_pairs().count()


class DuplicateViewSet(ViewSet):
    """The addresses of the queue."""

    name = "research_duplicates"
    url_prefix = "research/duplicates"
    icon = "copy"
    menu_label = gettext_lazy("Possible duplicates")
    menu_item_class = DuplicatesItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", DuplicateIndex.as_view(), name="index"),
            path("results/", DuplicateIndex.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", PairPage.as_view(), name="pair"),
        ]
