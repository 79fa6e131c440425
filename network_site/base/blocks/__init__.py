"""The body blocks every page may use.

Their names and the names inside them are kept in the database: add, never rename. None of their fields has to be filled
in before a draft can be kept (Wagtail's `required_on_save`): Wagtail keeps drafts by itself while an editor types.
"""

from wagtail import blocks

from network_site.base.blocks.facts import AddressBlock, DocumentBlock, DocumentsBlock, FiguresBlock
from network_site.base.blocks.groups import FEATURES, SMALL_FEATURES
from network_site.base.blocks.leading import CallToActionBlock, CardsBlock, CourseBlock, LinksBlock, PageToOpen
from network_site.base.blocks.picturing import GalleryBlock, PictureBlock, VideoBlock
from network_site.base.blocks.reading import DetailsBlock, NoticeBlock, QuoteBlock, StepsBlock, TextBlock
from network_site.base.blocks.table import CaptionedTable

__all__ = [
    "FEATURES",
    "SMALL_FEATURES",
    "AddressBlock",
    "CallToActionBlock",
    "CaptionedTable",
    "CardsBlock",
    "CourseBlock",
    "DetailsBlock",
    "DocumentBlock",
    "DocumentsBlock",
    "FiguresBlock",
    "GalleryBlock",
    "LinksBlock",
    "NoticeBlock",
    "PageToOpen",
    "PictureBlock",
    "QuoteBlock",
    "StepsBlock",
    "TextBlock",
    "VideoBlock",
    "body_blocks",
]


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Blocks for a page's body, in the order editors see them."""
    return [
        ("text", TextBlock()),
        ("quote", QuoteBlock()),
        ("notice", NoticeBlock()),
        ("details", DetailsBlock()),
        ("steps", StepsBlock()),
        ("picture", PictureBlock()),
        ("gallery", GalleryBlock()),
        ("video", VideoBlock()),
        ("figures", FiguresBlock()),
        ("table", CaptionedTable()),
        ("document", DocumentBlock()),
        ("documents", DocumentsBlock()),
        ("address", AddressBlock()),
        ("course", CourseBlock()),
        ("call_to_action", CallToActionBlock()),
        ("cards", CardsBlock()),
        ("links", LinksBlock()),
    ]
