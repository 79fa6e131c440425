"""Pages of the tree as something to be found."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from django.apps import apps
from django.db.models import Model, Q
from django.utils import timezone
from wagtail.blocks import Block, StreamValue, StructValue
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index

from network_site.base.pages import BasePage
from network_site.search import kinds
from network_site.search.kinds import Document, Kind, Words

TOP = 2
# What changes when what readers see of a page changes; saving a draft changes none of it.
STAMP = (
    "pk", "title", "url_path", "search_description", "live_revision_id", "last_published_at", "expire_at",
    "content_type_id",
)  # fmt: skip


def page_kind(
    key: str,
    *,
    label: Words,
    one: Words,
    models: tuple[type[Page], ...] = (),
    yarn: str = "teal",
    order: int = 50,
    published_on: Callable[[Any], date | None] = lambda _page: None,
    line: Callable[[Any], str] | None = None,
    facts: Callable[[Any], tuple[str, ...]] = lambda _page: (),
    named: tuple[type[Model], ...] = (),
) -> Kind:
    """A kind made of the live pages of these models that anybody may read; not registered yet.

    Args:
        key: its name in addresses.
        label: what several are called.
        one: what one is called.
        models: whose pages; none: every page that no other kind claims.
        yarn: the colour of the tag.
        order: its place in the filter.
        published_on: the date of a page that is shown to readers.
        line: the line of fact under the title; usually the pages above it.
        facts: names that find it as well as its title does.
        named: what the names in its facts and its line are names of: when one gets another name, so do they.
    """

    def chosen() -> tuple[type[Page], ...]:
        return models or plain_models()

    def stamps() -> Mapping[str, str]:
        rows = list(public(chosen()).values_list(*STAMP, "path"))
        above = titles_above({row[0]: row[-1] for row in rows}) if line is None else {}
        names = names_in(*named)
        return {str(pk): "|".join([*map(str, (pk, *row)), above.get(pk, ""), names]) for pk, *row in rows}

    def documents(keys: Collection[str]) -> Iterable[Document]:
        found = list(public(chosen()).filter(pk__in=keys).specific())
        above = titles_above({page.pk: page.path for page in found}) if line is None else {}
        for page in found:
            words = line(page) if line else above[page.pk]
            yield document_of(page, line=words, facts=facts(page), published_on=published_on(page))

    return Kind(key, label, one, stamps, documents, yarn=yarn, order=order, claims=models)


def every_model() -> tuple[type[Page], ...]:
    """Every model of pages."""
    return tuple(model for model in apps.get_models() if issubclass(model, BasePage))


def plain_models() -> tuple[type[Page], ...]:
    """Every model of pages that no kind claims."""
    taken = kinds.claimed()
    return tuple(model for model in every_model() if model not in taken)


def public(models: tuple[type[Page], ...]) -> PageQuerySet:
    """The pages of these models that anybody may read now."""
    still = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    return Page.objects.live().public().filter(still).exact_type(*models)


def document_of(
    page: Page, *, line: str = "", facts: tuple[str, ...] = (), published_on: date | None = None
) -> Document:
    """A page as the search sees it: all the words of its search fields."""
    return Document(
        key=str(page.pk),
        title=page.title,
        url=page.url or "",
        summary=str(getattr(page, "summary", "") or page.search_description),
        text="\n".join(words_of(page)),
        facts=facts,
        line=line,
        published_on=published_on,
        until=page.expire_at,
    )


def words_of(page: Page) -> Iterator[str]:
    """What the page's own search fields say, field by field."""
    for field in page.get_search_fields():
        if isinstance(field, index.SearchField) and field.field_name not in {"title", "summary"}:
            value = getattr(page, field.field_name, None)
            yield from (
                in_block(value.stream_block, value) if isinstance(value, StreamValue) else flat(field.get_value(page))
            )


def in_block(block: Block, value: Any) -> Iterator[str]:
    """The words editors wrote in a block; what they chose from a list, such as the side of a picture, is no word."""
    inside = parts_of(block, value)
    if inside is not None:
        for inner, part in inside:
            yield from in_block(inner, part)
    elif value is not None and not isinstance(block, BaseChoiceBlock):
        yield from flat(block.get_searchable_content(value))


def parts_of(block: Block, value: Any) -> list[tuple[Block, Any]] | None:
    """The blocks inside a block with their values; None where it has none."""
    match value:
        case StreamValue():
            return [(child.block, child.value) for child in value]
        case ListValue():
            return [(block.child_block, item) for item in value]
        case StructValue():  # a picture’s value is the picture
            return [(inner, value.get(name)) for name, inner in block.child_blocks.items()]
    return None


def flat(value: object) -> Iterator[str]:
    """Every text in a value that may be a list of texts."""
    if isinstance(value, list | tuple):
        for part in value:
            yield from flat(part)
    elif value is not None and str(value).strip():
        yield str(value)


def names_in(*models: type[Model]) -> str:
    """A short text that changes when anything of these kinds is called something else; one query a kind."""
    said = [list(model._default_manager.order_by("pk").values_list("pk", "name")) for model in models]
    return hashlib.sha256(repr(said).encode()).hexdigest() if said else ""


def titles_above(paths: Mapping[int, str]) -> dict[int, str]:
    """For each place in the tree the titles of the pages above it, from below the home page: "About us / Partners"."""
    above = {pk: _places_above(path) for pk, path in paths.items()}
    titles = dict(Page.objects.filter(path__in=set(chain(*above.values()))).values_list("path", "title"))
    return {pk: " / ".join(titles[place] for place in places if place in titles) for pk, places in above.items()}


def _places_above(path: str) -> list[str]:
    return [path[:end] for end in range(Page.steplen * (TOP + 1), len(path), Page.steplen)]
