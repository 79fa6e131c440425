"""Importing moments: choose a file, see row by row what would happen, then decide."""

import base64
import json
import zlib
from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network_site.base.safe_csv import lines
from network_site.editing.desk.pages import Guarded
from network_site.history.cells import COLUMNS
from network_site.history.editing.columns import EXPLAINED
from network_site.history.editing.lists import MAY_IMPORT
from network_site.history.editing.reading import MOST_BYTES, Sheet, UnreadableFile, read
from network_site.history.editing.rehearsal import ImportFailed, Report, State, perform, rehearse

KEPT = "history_import"
MAY_PUBLISH = "history.publish_timelineevent"


class UploadForm(forms.Form):
    """A file; what it holds is `sheet` once the form is valid."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("A CSV or XLSX file of at most 2 MB, with the columns of the template."),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": gettext_lazy("The file is empty. Save the spreadsheet again and choose that file.")},
    )
    sheet: Sheet

    def clean_file(self) -> Any:
        """Read it, as far as it is worth reading."""
        file = self.cleaned_data["file"]
        try:
            self.sheet = read(file.read(MOST_BYTES + 1))
        except UnreadableFile as error:
            raise forms.ValidationError(str(error)) from error
        return file


class ImportPage(Guarded, WagtailAdminTemplateMixin):
    """What both pages share."""

    needs = MAY_IMPORT
    page_title = gettext_lazy("Import moments")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        moments = {"url": reverse("history_moments:list"), "label": _("Moments")}
        return [*super().get_breadcrumbs_items(), moments, {"url": "", "label": self.page_title}]


class Upload(ImportPage, FormView):  # type: ignore[type-arg]
    """Choose a file; nothing is written yet."""

    template_name = "history/editing/upload.html"
    form_class = UploadForm

    def form_valid(self, form: UploadForm) -> HttpResponse:
        keep(self.request, form.sheet, form.cleaned_data["file"].name)
        return redirect("history_moments:import_check")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "columns": EXPLAINED}


class Template(Guarded, View):
    """An empty spreadsheet with the columns."""

    needs = MAY_IMPORT

    def get(self, request: HttpRequest) -> HttpResponse:
        attached = {"Content-Disposition": 'attachment; filename="history-template.csv"'}
        return HttpResponse("".join(lines(COLUMNS, [])), content_type="text/csv; charset=utf-8", headers=attached)


class Check(ImportPage, TemplateView):
    """Row by row what would happen; on POST it happens."""

    template_name = "history/editing/check.html"
    report: Report

    @cached_property
    def kept(self) -> tuple[Sheet, str] | None:
        """The file that was chosen, and its name."""
        return taken(self.request)

    @cached_property
    def may_publish(self) -> bool:
        """Whether whoever imports may show moments to visitors."""
        return self.request.user.has_perm(MAY_PUBLISH)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Back to the choice of a file where there is none, or none that can be looked at."""
        if self.kept is None:
            messages.warning(request, _("Choose a file first."))
            return redirect("history_moments:import")
        try:
            self.report = rehearse(self.kept[0], by=request.user)  # type: ignore[arg-type]
        except ImportFailed as error:
            messages.error(request, str(error))
            return redirect("history_moments:import")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        if "leave" in request.POST:
            del request.session[KEPT]
            messages.success(request, _("Nothing was imported."))
            return redirect("history_moments:import")
        if self.report.seal != request.POST.get("seal"):
            messages.warning(request, _("Somebody changed the history meanwhile. Look again at what would happen now."))
            return redirect("history_moments:import_check")
        return self._perform(request, publishes=request.POST.get("as") == "published" and self.may_publish)

    def _perform(self, request: HttpRequest, *, publishes: bool) -> HttpResponse:
        assert self.kept  # noqa: S101  dispatch sees to it
        sheet, name = self.kept
        try:
            report = perform(sheet, by=request.user, publishes=publishes, name=name)  # type: ignore[arg-type]
        except ImportFailed as error:
            messages.error(request, str(error))
            return redirect("history_moments:import_check")
        del request.session[KEPT]
        messages.success(request, done(report, publishes=publishes))
        return redirect("history_moments:list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.kept  # noqa: S101  dispatch sees to it
        report = self.report
        shown = [(state, report.of(state)) for state in (State.WRONG, State.NEW, State.CHANGED, State.UNCHANGED)]
        facts = {"report": report, "shown": shown, "sheet": self.kept[0], "file_name": self.kept[1]}
        return {**super().get_context_data(**kwargs), **facts, "may_publish": self.may_publish}


def done(report: Report, *, publishes: bool) -> str:
    """What came of it, in a sentence or two."""
    written, left = report.to_write, len(report.of(State.WRONG))
    if publishes:
        said = ngettext(
            "%(n)s moment was imported and published.", "%(n)s moments were imported and published.", written
        )
    else:
        said = ngettext("%(n)s moment was imported as a draft.", "%(n)s moments were imported as drafts.", written)
    told = said % {"n": written}
    if left:
        also = ngettext("%(n)s wrong row was left out.", "%(n)s wrong rows were left out.", left)
        told += " " + also % {"n": left}
    return told


def keep(request: HttpRequest, sheet: Sheet, name: str) -> None:
    """Put the file’s rows into the session, small; nobody else can read them there."""
    packed = zlib.compress(json.dumps(asdict(sheet)).encode())
    request.session[KEPT] = {"name": name[:200], "rows": base64.b85encode(packed).decode()}


def taken(request: HttpRequest) -> tuple[Sheet, str] | None:
    """The rows kept, and the file’s name; None where there are none."""
    found = request.session.get(KEPT)
    if not found:
        return None
    return Sheet(**json.loads(zlib.decompress(base64.b85decode(found["rows"])))), str(found["name"])
