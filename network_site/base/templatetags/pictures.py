"""Pictures the way the house shows them."""

from django import template
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage

from network_site.base import pictures

register = template.Library()


@register.simple_tag
def house_picture(
    image: pictures.Picture | None,
    use: str = "column",
    *,
    alt: str | None = None,
    first: bool = False,
    css: str = "",
    narrow: AbstractImage | None = None,
) -> SafeString | str:
    """A picture for one of the uses in `pictures.USES`: `{% house_picture page.image "column" first=True %}`.

    `alt` replaces the picture's own alternative, `first` says a reader sees it at once, `narrow` is another picture
    for small screens. Nothing where there is no picture.
    """
    if not image:
        return ""
    return pictures.picture(image, pictures.Shown(use, alt=alt, is_first=bool(first), css=css, narrow=narrow))


@register.filter
def licence_address(licence: str) -> str:
    """Where a Creative Commons licence can be read; empty for anything else."""
    return pictures.licence_address(licence)
