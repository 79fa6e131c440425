"""Pictures and documents with the facts that publishing them needs."""

from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition

# What people call a file, by how its name ends; anything else is called by its ending.
KINDS = {
    "csv": _("CSV table"),
    "docx": _("Word"),
    "ics": _("calendar file"),
    "pptx": _("PowerPoint"),
    "txt": _("plain text"),
    "xlsx": _("Excel"),
}


class NetworkImage(AbstractImage):
    """A picture; `description` (Wagtail's) is its text alternative, `credit` and `licence` say whose it is."""

    is_decoration = models.BooleanField(
        _("only decoration"), default=False, help_text=_("It says nothing that a listener would miss.")
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True, help_text=_("Such as “CC BY 4.0”."))

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decoration",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def clean(self) -> None:
        """Whoever adds a picture decides what a listener hears instead of it."""
        super().clean()
        if not self.description and not self.is_decoration:
            raise ValidationError(
                {"description": _("Say what the picture shows, or tick below that it is only decoration.")}
            )

    @property
    def default_alt_text(self) -> str:
        """What a listener hears where nothing else was written; nothing where it is decoration."""
        return "" if self.is_decoration else str(self.description or self.title)


class NetworkRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(NetworkImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter")
        ]


class NetworkDocument(AbstractDocument):
    """A file people can take away."""

    changed_on = models.DateField(_("file last changed"), default=timezone.localdate, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def _set_document_file_metadata(self) -> None:
        """Wagtail's forms call this whenever another file takes the place of the last one."""
        super()._set_document_file_metadata()
        self.changed_on = timezone.localdate()

    @property
    def kind(self) -> str:
        """What people call such a file: "PDF", "Word"."""
        return str(KINDS.get(self.file_extension.lower(), self.file_extension.upper()))

    @property
    def kind_and_size(self) -> str:
        """Such as "PDF, 1.2 MB"; the kind alone where the file is gone."""
        size = self.get_file_size()
        return f"{self.kind}, {filesizeformat(size)}" if size else self.kind
