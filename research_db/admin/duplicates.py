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
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from network_site.base.errors import HouseError
from network_site.base.offers import Waiting, waiting
from network_site.editing.desk.menu import CountingItem
from network_site.editing.desk.pages import DeskPage, Guarded, crumb
from research_db.domain import duplicates
from research_db.domain.exporting import NEEDED, record_of
from research_db.domain.matching import said
from research_db.domain.merging import ask_again, keep_apart, merge, take_apart
from research_db.imports.showing import facts_of
from research_db.models import DuplicatePair, Publication

MAY_LOOK = "research_db.change_publication"
MAY_DECIDE = "research_db.publish_publication"
INDEX, DECIDED, PAIR = "research_duplicates:index", "research_duplicates:decided", "research_duplicates:pair"
# What takes a decision back: the verb, and the sentence that says what came of it.
BACK = {
    "apart": (take_apart, gettext_lazy("They are two again, as they were.")),
    "again": (ask_again, gettext_lazy("They are among the possible duplicates again.")),
}


@waiting.add("research duplicates")
def to_decide(request: HttpRequest) -> list[Waiting]:
    """How many pairs of records may be one, for those who may decide."""
    number = duplicates.open_pairs().count() if request.user.has_perm(MAY_DECIDE) else 0
    words = ngettext("pair of records may be one", "pairs of records may be one", number)
    return [Waiting(number, words, reverse(INDEX))] if number else []


class Pairs(Guarded, generic.IndexView):
    """A list of pairs of records."""

    needs = (MAY_LOOK,)
    model = DuplicatePair
    header_icon = "copy"
    any_permission_required = None  # `needs` says who
    paginate_by = 30
    table_classname = "listing desk-table"

    @cached_property
    def columns(self) -> list[Any]:
        two = [TitleColumn("first", label=_("One record"), url_name=PAIR), Column("second", label=_("The other"))]
        return [*two, *self.told()]

    def told(self) -> list[Column]:
        """What else the list says of each pair."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[DuplicatePair]:
        return self.get_base_queryset()


class DuplicateIndex(Pairs):
    """What is still to decide, the likest first."""

    page_title = gettext_lazy("Possible duplicates")
    index_url_name = INDEX
    index_results_url_name = "research_duplicates:index_results"
    no_results_message = gettext_lazy("Nothing is to be decided. Records are held against one another every day.")

    def told(self) -> list[Column]:
        return [
            Column("score", label=_("Alike"), accessor=lambda pair: f"{pair.score}%"),
            DateColumn("found_at", label=_("Found")),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to what was decided."""
        return [HeaderButton(_("Decided"), url=reverse(DECIDED), icon_name="history")]

    def get_base_queryset(self) -> QuerySet[DuplicatePair]:
        return duplicates.open_pairs()


class Decided(Pairs):
    """What was decided, by whom and when, the newest first; on each pair's page it can be taken back."""

    page_title = gettext_lazy("What was decided")
    index_url_name = DECIDED
    index_results_url_name = "research_duplicates:decided_results"
    no_results_message = gettext_lazy("Nothing was decided yet.")

    def told(self) -> list[Column]:
        return [
            StatusTagColumn(
                "get_decision_display", label=_("Decision"), primary=lambda pair: pair.decision == "merged"
            ),
            Column("decided_by", label=_("By")),
            DateColumn("decided_at", label=_("When")),
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(DuplicateIndex.page_title, INDEX), crumb(self.page_title)]

    def get_base_queryset(self) -> QuerySet[DuplicatePair]:
        return duplicates.decided_pairs()


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
    def are_two(self) -> bool:
        """Whether neither became part of another."""
        return not (self.pair.first.merged_into_id or self.pair.second.merged_into_id)

    @property
    def is_open(self) -> bool:
        """Whether nobody decided about these two, and neither became part of another since."""
        return not self.pair.decision and self.are_two

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        decided = [crumb(Decided.page_title, DECIDED)] if self.pair.decision else []
        listing = crumb(DuplicateIndex.page_title, INDEX)
        return [crumb(_("Home"), "wagtailadmin_home"), listing, *decided, crumb(self.page_title)]

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
            "can_be_asked_again": self.pair.decision == DuplicatePair.Decision.DIFFERENT and self.are_two,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = request.POST.get("answer", "")
        try:
            with transaction.atomic():
                said_of_it = self.decide(answer)
        except HouseError as error:
            messages.error(request, str(error))
            return redirect(request.path)
        if answer in BACK:
            messages.success(request, said_of_it)
            return redirect(request.path)
        buttons = [messages.button(request.path, _("Look at these two again"))]
        messages.success(request, said_of_it, buttons=buttons)
        following = duplicates.open_pairs().first()
        return redirect(PAIR, following.pk) if following else redirect(INDEX)

    def decide(self, answer: str) -> str:
        """Do what the button said; the sentence that says what came of it.

        Raises:
            HouseError: somebody was quicker, the two cannot be merged now, or no button says this.
        """
        get_object_or_404(DuplicatePair.objects.select_for_update(), pk=self.kwargs["pk"])  # one answer at a time
        if answer in BACK:
            take_back, said_of_it = BACK[answer]
            take_back(self.pair, by=self.request.user)  # type: ignore[arg-type]
            return str(said_of_it)
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
            path("decided/", Decided.as_view(), name="decided"),
            path("decided/results/", Decided.as_view(results_only=True), name="decided_results"),
            path("<int:pk>/", PairPage.as_view(), name="pair"),
        ]
