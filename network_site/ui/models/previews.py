"""Looking at what stands round every page before it is saved."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin


class FramePreview(PreviewableMixin):
    """A setting that is previewed on a page with nothing else on it."""

    preview_modes: ClassVar[list[tuple[str, Any]]] = [("", _("On a page"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "ui/frame_preview.html"
