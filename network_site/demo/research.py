"""The research of the demonstration: vocabularies, invented publications and reading lists."""

from datetime import datetime
from typing import Any

from django.db import transaction

from network_site.demo.tree import Tree, read
from research_db.domain import vocabularies
from research_db.models import (
    Appraisal,
    Contribution,
    Identifier,
    Notice,
    Publication,
    ReadingList,
    ReadingListEntry,
    Relation,
    ResearchPage,
    SearchChange,
    Source,
    Term,
)

Spec = dict[str, Any]
Records = dict[str, Publication]
PLAIN = (
    *("code", "kind", "title", "abstract", "plain_summary", "volume", "issue", "pages", "publisher", "place"),
    *("language", "open_access", "licence", "keywords"),
)
NUMBERS = {"doi": ("doi", False), "isbn": ("isbn", False), "book_isbn": ("isbn", True)}


@transaction.atomic
def make_research(tree: Tree, *, now: datetime) -> None:
    """Fill the database and put its page into the tree as "research"."""
    content = read("research.json")
    vocabularies.lay_out(vocabularies.content())
    records = _publications(content["publications"], now=now)
    _hang_on(content["publications"], records)
    for one, kind, other in content["relations"]:
        Relation.objects.create(publication=records[one], kind=kind, other=records[other])
    for spec in content["reading_lists"]:
        _reading_list(spec, records, now=now)
    SearchChange.note(record.pk for record in records.values())
    tree["research"] = tree["home"].add_child(instance=ResearchPage(slug="research", **content["page"]))
    tree["research"].save_revision().publish()


def _publications(specs: list[Spec], *, now: datetime) -> Records:
    """Written in few statements, as an import writes them."""
    titles = sorted({spec["source"] for spec in specs if "source" in spec})
    sources = {title: Source.objects.create(title=title) for title in titles}
    made = [_publication(spec, sources, now=now) for spec in specs]
    Publication.objects.bulk_create(made)
    return {spec["key"]: record for spec, record in zip(specs, made, strict=True)}


def _publication(spec: Spec, sources: dict[str, Source], *, now: datetime) -> Publication:
    year, month, day = [*map(int, spec["date"].split("-")), None, None][:3]
    free = f"https://example.org/{spec['key']}" if spec.get("is_free") else ""
    return Publication(
        **{name: spec[name] for name in PLAIN if name in spec},
        source=sources.get(spec.get("source", "")),
        year=year,
        month=month,
        day=day,
        open_access_url=free,
        first_published_at=now,
        last_published_at=now,
    )


def _hang_on(specs: list[Spec], records: Records) -> None:
    """Who made them, their numbers, what they are about, and how they stand."""
    terms = {term.slug: term for term in Term.objects.all()}
    link = Publication.terms.through
    people, numbers, links = [], [], []
    for spec in specs:
        record = records[spec["key"]]
        people += [
            Contribution(publication=record, sort_order=place, **name) for place, name in enumerate(spec["authors"])
        ]
        numbers += [
            Identifier(publication=record, scheme=scheme, value=spec[name], is_container=is_book)
            for name, (scheme, is_book) in NUMBERS.items()
            if name in spec
        ]
        links += [link(publication=record, term=terms[slug]) for slug in spec["terms"]]
    Contribution.objects.bulk_create(people)
    Identifier.objects.bulk_create(numbers)
    link.objects.bulk_create(links)
    _judge(specs, records)


def _judge(specs: list[Spec], records: Records) -> None:
    judged = [spec for spec in specs if "appraisal" in spec]
    noticed = [spec for spec in specs if "notice" in spec]
    Appraisal.objects.bulk_create(Appraisal(publication=records[spec["key"]], **spec["appraisal"]) for spec in judged)
    Notice.objects.bulk_create(Notice(publication=records[spec["key"]], **spec["notice"]) for spec in noticed)


def _reading_list(spec: Spec, records: Records, *, now: datetime) -> None:
    words = {name: spec[name] for name in ("slug", "title", "introduction")}
    made = ReadingList.objects.create(**words, first_published_at=now, last_published_at=now)
    ReadingListEntry.objects.bulk_create(
        ReadingListEntry(reading_list=made, sort_order=place, publication=records[key], why=why)
        for place, (key, why) in enumerate(spec["entries"])
    )
