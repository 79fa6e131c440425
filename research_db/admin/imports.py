"""Imports: choose a file, see row by row what would happen, decide, follow it, and undo it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from network_site.base.errors import HouseError
from network_site.base.models import AuditEntry
from network_site.base.safe_csv import lines
from network_site.editing.desk.menu import GuardedItem
from network_site.editing.desk.pages import Deed, DeskPage, Guarded, crumb
from network_site.editing.desk.trail import tell
from network_site.people.models import User
from research_db.imports import deciding, files
from research_db.imports.showing import shown
from research_db.models import ImportBatch, ImportRow

MAY_IMPORT = "research_db.add_importbatch"
MAY_PUBLISH = "research_db.publish_publication"
MAY_CHANGE = "research_db.change_publication"
INDEX = "research_imports:index"
ROWS_A_PAGE = 50
Stage, Verdict, Action = ImportBatch.Stage, ImportRow.Verdict, ImportRow.Action
# Rows that can be read, but of which something is said.
NOTED = "noted"
# What an editor should look at first.
ORDER = (Verdict.ALIKE, Verdict.WRONG, NOTED, Verdict.NEW, Verdict.SAME, Verdict.TWIN)
LABELS = {**dict(Verdict.choices), NOTED: gettext_lazy("Read, with a remark")}
# The trail in words: what was done, and what is noted with it.
TRAIL = {
    "uploaded": gettext_lazy("Uploaded"),
    Stage.CHOSEN: gettext_lazy("Decided to bring it in"),
    Stage.LEFT: gettext_lazy("Decided to leave it"),
    Stage.RECALLED: gettext_lazy("Decided to undo it"),
    "file": gettext_lazy("file"),
    "bytes": gettext_lazy("size"),
    "publishes": gettext_lazy("published at once"),
    "fills": gettext_lazy("gaps filled of records already here"),
}
TOLD = ("severity", "field", "sentence")
PROBLEM_COLUMNS = ("record", "line", "title", *TOLD)


class ImportIndex(Guarded, generic.IndexView):
    """Every file that was ever brought in, the newest first."""

    needs = (MAY_IMPORT,)
    model = ImportBatch
    any_permission_required = ["add"]
    page_title = gettext_lazy("Imports")
    header_icon = "upload"
    index_url_name = INDEX
    index_results_url_name = "research_imports:index_results"
    add_url_name = "research_imports:upload"
    add_item_label = gettext_lazy("Import a file")
    paginate_by = 30
    table_classname = "listing desk-table"

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", label=_("File"), url_name="research_imports:batch"),
            DateColumn("uploaded_at", label=_("Uploaded")),
            Column("uploaded_by", label=_("By")),
            Column("rows_read", label=_("Records")),
            StatusTagColumn("get_stage_display", label=_("Stage"), primary=lambda one: one.stage == Stage.READY),
        ]

    def get_base_queryset(self) -> QuerySet[ImportBatch]:
        return ImportBatch.objects.select_related("uploaded_by").order_by("-uploaded_at", "-pk")


class UploadForm(forms.Form):
    """A file of records."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "RIS, BibTeX, PubMed, Web of Science, EndNote, CSL-JSON, CSV or XLSX, of at most 100 MB and 50,000 records."
        ),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty. Export it again, and choose that file."),
        },
    )


class Upload(Guarded, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Choose a file. Nothing is written until somebody looked at what would happen."""

    needs = (MAY_IMPORT,)
    template_name = "research_db/admin/imports/upload.html"
    form_class = UploadForm
    page_title = gettext_lazy("Import a file")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(_("Imports"), INDEX), crumb(self.page_title)]

    def form_valid(self, form: UploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            # In one transaction, so that the worker does not begin with a small file that is read at once.
            with transaction.atomic():
                batch = files.take_in(file.chunks(), name=file.name, by=self.request.user)  # type: ignore[arg-type]
                deciding.at_once(batch)
        except HouseError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        return redirect("research_imports:batch", batch.pk)


class OfBatch(Guarded):
    """A page about one import."""

    needs: tuple[str, ...] = (MAY_IMPORT,)
    kwargs: dict[str, Any]

    @cached_property
    def batch(self) -> ImportBatch:
        """The import."""
        return get_object_or_404(ImportBatch.objects.select_related("uploaded_by", "decided_by"), pk=self.kwargs["pk"])

    @property
    def by(self) -> User:
        """Whoever does it."""
        return self.request.user  # type: ignore[return-value]

    def back(self) -> str:
        """The import's page."""
        return reverse("research_imports:batch", args=[self.batch.pk])


class BatchPage(OfBatch, DeskPage):
    """One import: how far it is, what would happen or what happened, row by row."""

    template_name = "research_db/admin/imports/batch.html"
    page_title = gettext_lazy("Import")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(_("Imports"), INDEX), crumb(self.batch.name)]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows of each verdict, and how many with a remark."""
        found = self.batch.rows.order_by().values_list("verdict").annotate(Count("pk"))
        return {**dict(found), NOTED: self.noted.count()}

    @property
    def noted(self) -> QuerySet[ImportRow]:
        """The rows that can be read, but of which something is said."""
        return self.batch.rows.exclude(problems=[]).exclude(verdict=Verdict.WRONG)

    @property
    def verdict(self) -> str:
        """Which rows are looked at."""
        asked = self.request.GET.get("verdict", "")
        there = [verdict for verdict in ORDER if self.counts.get(verdict)]
        return asked if asked in there else next(iter(there), "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch, page, finder = self.batch, self.page(), AdminURLFinder(self.request.user)
        undecided = batch.rows.filter(verdict=Verdict.ALIKE, action="").count()
        return {
            **super().get_context_data(**kwargs),
            "batch": batch,
            "verdict": self.verdict,
            "verdicts": [(one, LABELS[one], self.counts.get(one, 0)) for one in ORDER if self.counts.get(one)],
            "twins": batch.rows.filter(verdict=Verdict.TWIN, action="").count(),
            "page": page,
            "rows": [(shown(row), finder.get_edit_url(row.publication)) for row in page],
            "actions": Action,
            "undecided": undecided,
            "to_create": batch.rows.filter(verdict=Verdict.NEW, action="").count()
            + batch.rows.filter(action=Action.CREATE).count(),
            **(progress(batch) if batch.is_at_work else {}),
            "created": batch.rows.filter(publication__isnull=False, before={}).count(),
            "filled": batch.rows.filter(publication__isnull=False).exclude(before={}).count(),
            "may_publish": self.may(MAY_PUBLISH),
            "may_change": self.may(MAY_CHANGE),
            "trail": tell(
                AuditEntry.objects.filter(subject=f"import:{batch.pk}").select_related("by")[:20], words=TRAIL
            ),
        }

    def page(self) -> Page[ImportRow]:
        """The rows of one verdict, or those with a remark, a page of them."""
        rows = self.noted if self.verdict == NOTED else self.batch.rows.filter(verdict=self.verdict)
        rows = rows.select_related("match__source", "publication")
        found = rows.prefetch_related("match__contributions", "match__identifiers").order_by("number")
        return Paginator(found, ROWS_A_PAGE).get_page(self.request.GET.get("p"))


class Progress(OfBatch, DeskPage):
    """The part of the page that changes while the worker is at it."""

    template_name = "research_db/admin/imports/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **progress(self.batch)}


def progress(batch: ImportBatch) -> dict[str, Any]:
    """How far the worker is."""
    if batch.stage == Stage.WAITING:
        return {"batch": batch, "now": batch.bytes_read, "most": batch.size}
    written = batch.rows.exclude(done_at=None).count()
    return {"batch": batch, "now": written, "most": batch.rows_read}


class Choose(OfBatch, DeskPage):
    """Decide about the rows of a page, or about every row of a verdict."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                self.choose(request)
        except HouseError as error:
            messages.error(request, str(error))
        except ValueError:
            messages.error(request, _("One of these choices is not possible. Look at the rows again."))
        else:
            messages.success(request, _("Your choices are kept. Nothing is written yet."))
        asked = request.POST.get("here", "")
        return redirect(self.back() + (asked if asked.startswith("?") else ""))

    def choose(self, request: HttpRequest) -> None:
        """What was chosen for each row of the page."""
        wanted = {name[4:]: str(value) for name, value in request.POST.items() if name.startswith("row-")}
        for row in self.batch.rows.filter(number__in=[number for number in wanted if number.isdecimal()]):
            deciding.choose(row, wanted[str(row.number)])


class Decide(OfBatch, DeskPage):
    """Bring it in, or leave it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                self.decide(request)
        except HouseError as error:
            messages.error(request, str(error))
        return redirect(self.back())

    def decide(self, request: HttpRequest) -> None:
        """What the button said."""
        if "leave" in request.POST:
            deciding.leave(self.batch, by=self.by)
            return
        publishes = request.POST.get("as") == "published" and self.may(MAY_PUBLISH)
        deciding.bring_in(self.batch, by=self.by, publishes=publishes, fills="fills" in request.POST)
        deciding.at_once(self.batch)


class Undo(OfBatch, Deed):
    """Take the whole import back."""

    page_title = gettext_lazy("Undo this import")
    header_icon = "undo"
    yes = gettext_lazy("Yes, take it back")
    is_serious = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        one = crumb(self.batch.name, "research_imports:batch", self.batch.pk)
        return [crumb(_("Home"), "wagtailadmin_home"), crumb(_("Imports"), INDEX), one, crumb(_("Undo"))]

    def sentences(self) -> list[Any]:
        return [
            _("Drafts that this import made are deleted, and what it filled in is taken out again."),
            _("Records that visitors could read are withdrawn: their addresses say so. Their numbers are free again."),
            _("Records that somebody changed since, or that something else names, are kept, and the rows say so."),
            _("The file is kept: you can look at it, and bring it in again."),
        ]

    def do(self, form: Any) -> str:
        with transaction.atomic():
            deciding.recall(self.batch, by=self.by)
            deciding.at_once(self.batch)
        return _("The import is undone.") if self.batch.stage == Stage.UNDONE else _("The import is being undone.")


class Original(OfBatch, View):
    """The file as it came."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        response = StreamingHttpResponse(files.contents(self.batch), content_type="application/octet-stream")
        response["Content-Disposition"] = attached(self.batch.name)
        response["X-Content-Type-Options"] = "nosniff"
        return response


class Problems(OfBatch, View):
    """Everything that was found wrong, as a table to send to whoever made the file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        rows = self.batch.rows.exclude(problems=[]).order_by("number").iterator(chunk_size=500)
        told = (
            [row.number, one["line"], row.title, one["severity"], one["field"], one["sentence"]]
            for row in rows
            for one in row.problems
        )
        response = StreamingHttpResponse(lines(PROBLEM_COLUMNS, told), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = attached(f"{self.batch.name}-problems.csv")
        return response


def attached(name: str) -> str:
    """A header that saves a file under this name, whatever is in it."""
    return str(content_disposition_header(as_attachment=True, filename=name))


class ImportsItem(GuardedItem):
    """Imports, for those who may."""

    right = MAY_IMPORT


class ImportViewSet(ViewSet):
    """The addresses of imports."""

    name = "research_imports"
    url_prefix = "research/imports"
    icon = "upload"
    menu_label = gettext_lazy("Imports")
    menu_item_class = ImportsItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", ImportIndex.as_view(), name="index"),
            path("results/", ImportIndex.as_view(results_only=True), name="index_results"),
            path("new/", Upload.as_view(), name="upload"),
            path("<int:pk>/", BatchPage.as_view(), name="batch"),
            path("<int:pk>/progress/", Progress.as_view(), name="progress"),
            path("<int:pk>/choose/", Choose.as_view(), name="choose"),
            path("<int:pk>/decide/", Decide.as_view(), name="decide"),
            path("<int:pk>/undo/", Undo.as_view(), name="undo"),
            path("<int:pk>/original/", Original.as_view(), name="original"),
            path("<int:pk>/problems/", Problems.as_view(), name="problems"),
        ]
