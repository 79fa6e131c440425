"""Everything a page's body can hold: the blocks of every page, and those that know the rooms of the network."""

from wagtail import blocks

from network_site.base.blocks import body_blocks
from network_site.history.blocks import TimelineSliceBlock
from network_site.pages.blocks.home import KINDS, EntryBlock
from network_site.pages.blocks.network import CalloutBlock, CalloutChooser, ConferencesBlock, WritingBlock
from network_site.pages.blocks.people import (
    ContactBlock,
    FetchingChooser,
    OrganisationChooser,
    OrganisationsBlock,
    PeopleBlock,
    PersonChooser,
)

__all__ = [
    "KINDS",
    "CalloutBlock",
    "CalloutChooser",
    "ConferencesBlock",
    "ContactBlock",
    "EntryBlock",
    "FetchingChooser",
    "OrganisationChooser",
    "OrganisationsBlock",
    "PeopleBlock",
    "PersonChooser",
    "WritingBlock",
    "page_blocks",
]


def page_blocks() -> list[tuple[str, blocks.Block]]:
    """A body's blocks and those that show people, conferences, writing and what is written once for several pages."""
    return [
        *body_blocks(),
        ("people", PeopleBlock()),
        ("contact", ContactBlock()),
        ("organisations", OrganisationsBlock()),
        ("conferences", ConferencesBlock()),
        ("timeline", TimelineSliceBlock()),
        ("writing", WritingBlock()),
        ("callout", CalloutBlock()),
    ]
