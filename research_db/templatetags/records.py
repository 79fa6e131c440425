"""What pages say of publications."""

from django import template
from django.urls import reverse

from network_site.base.crumbs import Crumb
from research_db.domain import files, heads, telling
from research_db.domain.citations import citing_of
from research_db.domain.reading import Reading, reading_of
from research_db.domain.reading_lists import entries_of
from research_db.models import Publication

register = template.Library()
register.filter("entries_of", entries_of)
register.filter("source_line", heads.source_line)
register.simple_tag(reading_of, name="reading_of")
register.simple_tag(citing_of, name="citing_of")
register.simple_tag(files.of_record, name="files_of")
register.simple_tag(files.of_list, name="files_of_list")
register.filter("full_name", telling.full_name)
register.filter("address_of", telling.address_of)
register.filter("when", telling.when)
register.filter("machine_when", telling.machine_when)
register.filter("place_in_source", telling.place_in_source)
register.filter("published_by", telling.published_by)


@register.simple_tag
def meta_tags(facts: Reading) -> list[tuple[str, str]]:
    """Names and contents for the head, as reference managers and scholarly search engines read them."""
    return heads.meta_tags(facts)


@register.simple_tag
def coins(facts: Reading) -> str:
    """The record as a COinS title."""
    return heads.coins(facts)


@register.simple_tag
def way_to(*titles: str) -> list[Crumb]:
    """From home through the database to what is shown; each further step is "title|address" or a title alone."""
    return heads.way([title for title in titles if title])


@register.simple_tag
def narrowed(facet: str, term: str) -> str:
    """The search narrowed to one term."""
    return f"{heads.SEARCH}?{facet}={term}"


@register.simple_tag
def edit_address(record: Publication) -> str:
    """Where editors change it."""
    return reverse("research_publications:edit", args=[record.pk])
