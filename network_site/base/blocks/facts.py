"""Blocks one looks things up in: figures, documents, an address."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from network_site.base.blocks.groups import FACTS, SMALL_FEATURES
from network_site.base.blocks.samples import NOWHERE, SampleDocument, link
from network_site.base.links import LinkBlock


class FigureItem(blocks.StructBlock):
    """One figure, what it counts, and who says so."""

    figure = blocks.CharBlock(label=_("Figure"), max_length=20, help_text=_("Such as “1,000”."))
    what = blocks.CharBlock(label=_("What it counts"), max_length=150)
    source = blocks.CharBlock(label=_("Source"), max_length=200, required=False)
    link = LinkBlock(label=_("Where the source can be read"), is_optional=True, required=False)


class FiguresBlock(blocks.StructBlock):
    """Figures in large type; one alone is the largest."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    items = blocks.ListBlock(FigureItem(), label=_("Figures"), min_num=1, max_num=4)

    class Meta:
        icon = "order"
        label = _("Figures")
        group = FACTS
        description = _("One to four numbers with what they count and their source.")
        template = "base/blocks/figures.html"
        preview_value = {
            "heading": "",
            "items": [
                {
                    "figure": "1,000",
                    "what": "link workers by 2020/21",
                    "source": "NHS Long Term Plan",
                    "link": link("", "#"),
                },
                {"figure": "94", "what": "people at the first conference", "source": "", "link": NOWHERE},
            ],
        }


class DocumentItem(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False, help_text=_("Empty: the document’s."))
    note = blocks.CharBlock(label=_("What is in it"), max_length=250, required=False)


class DocumentBlock(DocumentItem):
    """A file to take away, with its kind and size."""

    class Meta:
        icon = "doc-full"
        label = _("Document")
        group = FACTS
        description = _("A download; its kind, its size and its last change are shown.")
        template = "base/blocks/document.html"
        preview_value = {"document": SampleDocument(), "title": "", "note": "Twelve pages; the last has the figures."}


class DocumentsBlock(blocks.StructBlock):
    """Several files to take away, one under the other."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    items = blocks.ListBlock(DocumentItem(), label=_("Documents"), min_num=1, max_num=30)

    class Meta:
        icon = "download"
        label = _("List of documents")
        group = FACTS
        description = _("Several downloads with their kinds, sizes and last changes.")
        template = "base/blocks/documents.html"
        preview_value = {
            "heading": "To take away",
            "items": [
                {"document": SampleDocument(), "title": "", "note": "Twelve pages; the last has the figures."},
                {
                    "document": SampleDocument("A letter to adapt", "#", "Word, 24 KB"),
                    "title": "",
                    "note": "For your own practice.",
                },
            ],
        }


class AddressBlock(blocks.StructBlock):
    """Where something is, in words; no map is loaded from elsewhere."""

    name = blocks.CharBlock(label=_("Name of the place"), max_length=150)
    lines = blocks.TextBlock(label=_("Address"), help_text=_("As on an envelope, line by line."))
    directions = blocks.RichTextBlock(
        label=_("How to get there"),
        features=SMALL_FEATURES,
        required=False,
        help_text=_("Also: steps, lifts, doors, where to park."),
    )
    phone = blocks.CharBlock(label=_("Telephone"), max_length=40, required=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    map = LinkBlock(
        label=_("Map"),
        is_optional=True,
        required=False,
        help_text=_("Its words say where it leads: “On OpenStreetMap”."),
    )

    class Meta:
        icon = "home"
        label = _("Address")
        group = FACTS
        description = _("Where something is and how to get there, in words.")
        template = "base/blocks/address.html"
        preview_value = {
            "name": "The old library",
            "lines": "12 Weaver Street\nLeeds\nLS1 1AA",
            "directions": "<p>Ten minutes on foot from the station, downhill. There is a ramp at the side door.</p>",
            "phone": "0113 496 0000",
            "email": "hello@example.org",
            "map": link("See it on OpenStreetMap", "https://www.openstreetmap.org/"),
        }
