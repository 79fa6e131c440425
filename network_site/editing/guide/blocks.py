"""Which blocks pages are made of, read from the pages themselves, so that the guide never falls behind."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from network_site.editing import tree


@dataclass(frozen=True)
class Shown:
    """A block as editors choose it: its name, what it is for, its icon, and where a picture of it is."""

    label: str
    description: str
    icon: str
    preview: str


def blocks_by_group() -> list[tuple[str, list[Shown]]]:
    """Every block of a page's body under the heading it has when an editor adds one, each once."""
    groups: dict[str, dict[str, Shown]] = {}
    for kind in tree.kinds():
        for field in kind._meta.get_fields():
            if isinstance(field, StreamField) and field.name == "body":
                _add(field.stream_block, groups)
    return [(group, list(found.values())) for group, found in groups.items()]


def _add(stream: StreamBlock, groups: dict[str, dict[str, Shown]]) -> None:
    for name, block in stream.child_blocks.items():
        found = groups.setdefault(str(block.meta.group or ""), {})
        found.setdefault(name, _shown(block))


def _shown(block: Any) -> Shown:
    address = f"{reverse('wagtailadmin_block_preview')}?{urlencode({'id': block.definition_prefix})}"
    description = str(block.get_description() if hasattr(block, "get_description") else "")
    return Shown(str(block.label), description, block.meta.icon, address if block.is_previewable else "")
