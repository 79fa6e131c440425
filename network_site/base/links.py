"""A link an editor makes: to a page of ours or to an address elsewhere, never to both."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

SCHEMES = frozenset({"https", "http", "mailto", "tel"})


def safe_address(address: str) -> None:
    """Refuse what is neither a path on this site nor a web, mail or telephone address."""
    on_this_site = address.startswith("/") and not address.startswith("//") and "\\" not in address
    if not on_this_site and urlsplit(address).scheme not in SCHEMES:
        raise ValidationError(_("Start the address with https://, or with / for a page of this site."))


class LinkValue(blocks.StructValue):
    """A link that knows its address and its words."""

    @property
    def address(self) -> str:
        """Where it goes; empty when its page is gone or not published."""
        page = self.get("page")
        if page:
            return str(page.url or "") if page.live else ""
        return str(self.get("url") or "")

    @property
    def words(self) -> str:
        """What it says: its own words, or the page's title."""
        page = self.get("page")
        return str(self.get("text") or (page.title if page else self.get("url") or ""))


class LinkBlock(blocks.StructBlock):
    """Words and where they lead."""

    text = blocks.CharBlock(label=_("Words"), required=False, max_length=120, help_text=_("Empty: the page’s title."))
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    url = blocks.CharBlock(
        label=_("or an address"),
        required=False,
        max_length=500,
        validators=[safe_address],
        help_text=_("Such as https://example.org/, or /conferences/ for a place on this site."),
    )

    def clean(self, value: Any) -> Any:
        """Exactly one of page and address; none where the link may be left out."""
        cleaned = super().clean(value)
        chosen = [name for name in ("page", "url") if cleaned.get(name)]
        if len(chosen) > 1:
            raise StructBlockValidationError({"url": ValidationError(_("Choose a page or an address, not both."))})
        if not chosen and not (self.meta.is_optional or self.is_deferred_validation):
            raise StructBlockValidationError({"page": ValidationError(_("Choose a page, or give an address."))})
        return cleaned

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue
        is_optional = False
