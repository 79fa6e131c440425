"""Pictures that do not say what they show, and files that nothing uses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.models import ReferenceIndex

from network_site.base.models import NetworkDocument, NetworkImage
from network_site.editing.reports.base import HouseReport

# The index of references knows what is published; a file may wait in somebody’s draft.
YOUNG = timedelta(days=30)


def uses_of(model: type[Model]) -> Coalesce:
    """How often anything published refers to an object of this model."""
    kind = ContentType.objects.get_for_model(model)
    references = ReferenceIndex.objects.filter(
        to_content_type=kind, to_object_id=Cast(OuterRef("pk"), output_field=CharField())
    )
    counted = references.order_by().values("to_object_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class PicturesReport(HouseReport):
    """Pictures without a text alternative of their own, the most used first."""

    page_title = _("Pictures without a text alternative")
    header_icon = "image"
    model = NetworkImage
    lead = _(
        "Say in “Description” what each picture shows: portraits, logos and pictures in lists use it. "
        "In the body of a page the picture block asks again, because there it may be only decoration."
    )
    nothing = _("Every picture says what it shows.")
    guide_topic = "pictures"
    index_url_name = "editing_reports:pictures"
    index_results_url_name = "editing_reports:pictures_results"
    default_ordering = "-uses"
    columns = [
        TitleColumn("title", label=_("Title"), url_name="wagtailimages:edit", sort_key="title"),
        Column("uses", label=_("Used"), sort_key="uses"),
        Column("uploaded_by_user", label=_("Uploaded by")),
        DateColumn("created_at", label=_("Uploaded"), sort_key="created_at"),
    ]
    list_export = ["title", "filename", "uses", "uploaded_by_user", "created_at"]
    export_headings = {"uses": _("Used"), "filename": _("File")}

    def get_base_queryset(self) -> "QuerySet[NetworkImage]":
        found = NetworkImage.objects.filter(description="").annotate(uses=uses_of(NetworkImage))
        return found.select_related("uploaded_by_user")


@dataclass(frozen=True)
class UnusedFile:
    """A picture or a document that nothing published refers to."""

    pk: int
    kind: str
    title: str
    size: int
    created_at: datetime
    url: str


def unused(now: datetime) -> list[UnusedFile]:
    """Files uploaded a while ago that nothing published uses, the largest first."""
    sources: tuple[tuple[type[Any], Any, str], ...] = (
        (NetworkImage, _("Picture"), "wagtailimages:edit"),
        (NetworkDocument, _("Document"), "wagtaildocs:edit"),
    )
    found = [
        UnusedFile(
            row["pk"],
            str(kind),
            row["title"],
            row["file_size"] or 0,
            row["created_at"],
            reverse(name, args=[row["pk"]]),
        )
        for model, kind, name in sources
        for row in model.objects.annotate(uses=uses_of(model))
        .filter(uses=0, created_at__lt=now - YOUNG)
        .values("pk", "title", "file_size", "created_at")
    ]
    return sorted(found, key=lambda file: (-file.size, file.title))


class SizeColumn(Column):
    """How large a file is."""

    cell_template_name = "editing/reports/size_cell.html"


class UnusedReport(HouseReport):
    """What could be thrown away."""

    page_title = _("Unused files")
    header_icon = "bin"
    lead = _(
        "Nothing published uses these. A draft still may, so look before you delete; "
        "what was uploaded in the last 30 days is left out."
    )
    nothing = _("Every file is in use.")
    guide_topic = "pictures"
    index_url_name = "editing_reports:unused"
    index_results_url_name = "editing_reports:unused_results"
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda file: file.url),
        Column("kind", label=_("Kind")),
        SizeColumn("size", label=_("Size")),
        DateColumn("created_at", label=_("Uploaded")),
    ]
    list_export = ["title", "kind", "size", "created_at"]
    export_headings = {"title": _("Title"), "kind": _("Kind"), "size": _("Size in bytes"), "created_at": _("Uploaded")}

    @cached_property
    def found(self) -> list[UnusedFile]:
        """The list; pictures and documents are kept apart, so it is put together here."""
        return unused(timezone.now())

    def get_queryset(self) -> Any:
        return self.found

    def filter_queryset(self, queryset: Any) -> Any:
        return queryset
