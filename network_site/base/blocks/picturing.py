"""Blocks one looks at: a picture, several, a film."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import BlockGroup
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from network_site.base import video
from network_site.base.blocks.groups import PICTURES
from network_site.base.blocks.samples import CLOTH, CUPS, NOWHERE, WOOL
from network_site.base.links import LinkBlock
from network_site.base.pictures import SamplePicture


class DecidedPicture(ImageBlock):
    """A picture with its text alternative, or the decision that it is only decoration; Wagtail insists on one."""

    def normalize(self, value: Any) -> Any:
        """A sample stays as it is."""
        return value if isinstance(value, SamplePicture) else super().normalize(value)


class PictureBlock(blocks.StructBlock):
    """A picture with its text alternative decided, and its credit."""

    image = DecidedPicture(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)
    size = blocks.ChoiceBlock(
        label=_("Size"), choices=[("column", _("As wide as the text")), ("small", _("Half as wide"))], default="column"
    )
    narrow = ImageChooserBlock(
        label=_("Another picture for phones"),
        required=False,
        help_text=_("Such as a closer view, taller than wide. It must show the same thing: the words are the same."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        group = PICTURES
        description = _("A picture; say what it shows, or that it is only decoration.")
        template = "base/blocks/picture.html"
        form_layout = BlockGroup(children=["image", "caption"], settings=["size", "narrow"])
        preview_value = {
            "image": WOOL,
            "caption": "On Tuesdays the wool comes out first, and then the stories.",
            "size": "column",
            "narrow": None,
        }


class GalleryItem(blocks.StructBlock):
    """One of several pictures."""

    image = DecidedPicture(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=150, required=False)


class GalleryBlock(blocks.StructBlock):
    """Two to six pictures beside one another."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(GalleryItem(), label=_("Pictures"), min_num=2, max_num=6)
    shape = blocks.ChoiceBlock(
        label=_("Shape"),
        choices=[("alike", _("All cut alike, round their focal point")), ("own", _("Each in its own shape"))],
        default="alike",
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """A credit that all the pictures share is said once, below them."""
        images = [item["image"] for item in value["items"] if item["image"]]
        owners = {(image.credit, image.licence) for image in images}
        shared = images[0] if len(owners) == 1 else None
        return {**super().get_context(value, parent_context=parent_context), "shared": shared}

    class Meta:
        icon = "grid"
        label = _("Several pictures")
        group = PICTURES
        description = _("Two to six pictures beside one another, each with its words.")
        template = "base/blocks/gallery.html"
        form_layout = BlockGroup(children=["heading", "items"], settings=["shape"])
        preview_value = {
            "heading": "An afternoon at the mending table",
            "items": [
                {"image": WOOL, "caption": "What people brought"},
                {"image": CLOTH, "caption": "What they made"},
                {"image": CUPS, "caption": "What they came for"},
            ],
            "shape": "alike",
        }


class VideoBlock(blocks.StructBlock):
    """A film hosted elsewhere; nothing is loaded from there until the reader asks for it."""

    address = blocks.URLBlock(label=_("YouTube address"), help_text=_("Such as https://www.youtube.com/watch?v=…"))
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    duration = blocks.CharBlock(label=_("How long"), max_length=40, required=False, help_text=_("Such as “3 minutes”."))
    summary = blocks.TextBlock(label=_("What it shows"), required=False)
    poster = ImageChooserBlock(
        label=_("Picture of our own"),
        required=False,
        help_text=_("From our own library, so that nothing is asked of YouTube. Empty: a drawn one."),
    )
    transcript = LinkBlock(label=_("Transcript"), is_optional=True, required=False)

    def clean(self, value: Any) -> Any:
        """Only a video's own address is of use."""
        cleaned = super().clean(value)
        if cleaned.get("address") and not video.number(cleaned["address"]):
            wrong = ValidationError(_("This is not the address of a YouTube video. Copy it from the “Share” button."))
            raise StructBlockValidationError({"address": wrong})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return {
            **super().get_context(value, parent_context=parent_context),
            "number": video.number(value["address"]),
            "watch_address": video.watch_address(value["address"]),
        }

    class Meta:
        icon = "media"
        label = _("Film on YouTube")
        group = PICTURES
        description = _("Loads nothing from YouTube until the reader presses play.")
        template = "base/blocks/video.html"
        preview_value = {
            "address": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
            "title": "Social prescribing in three minutes",
            "duration": "3 minutes",
            "summary": "A drawn film: who a link worker is, and whom they meet.",
            "poster": None,
            "transcript": NOWHERE,
        }
