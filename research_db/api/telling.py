"""Publications, facets and reading lists in the shapes of the answers."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from research_db.api import shapes
from research_db.domain.reading import gravest_first, subjects_of
from research_db.domain.telling import address_of, full_name, machine_when
from research_db.finding.vocabulary import Code, Vocabulary
from research_db.models import Contribution, Identifier, Notice, Publication, ReadingList, Source, Term

WITH = ("contributions", "identifiers", "notices", "terms__facet")


def whole(path: str) -> str:
    """An address with the site before it."""
    return f"{settings.SITE_URL}{path}"


def ready(found: QuerySet[Publication]) -> QuerySet[Publication]:
    """The same with all that is told of each fetched together: four queries more, however many there are."""
    return found.select_related("source").prefetch_related(*WITH)


def publication(one: Publication) -> shapes.Publication:
    """A publication; asks nothing where `ready` fetched it."""
    notices = gravest_first(one.notices.all())
    texts = (
        "abstract", "plain_summary", "volume", "issue", "pages", "article_number", "publisher", "place", "edition",
        "language", "open_access", "licence",
    )  # fmt: skip
    return shapes.Publication(
        code=one.code,
        url=whole(one.get_absolute_url()),
        api_url=whole(reverse("research:api_publication", args=[one.code])),
        is_retracted=any(notice.kind == Notice.Kind.RETRACTION for notice in notices),
        notices=[_notice(notice) for notice in notices],
        kind=one.kind,
        title=one.title,
        date=machine_when(one),
        year=one.year,
        makers=[_maker(maker) for maker in one.contributions.all()],
        source=_source(one.source),
        original_url=one.url,
        free_url=one.open_access_url,
        keywords=[str(word) for word in one.keywords],
        numbers=[_number(number) for number in one.identifiers.all()],
        terms=_subjects(one.terms.all()),
        published_at=one.first_published_at,
        **{name: getattr(one, name) for name in texts},
    )


def _source(one: Source | None) -> shapes.Source | None:
    return shapes.Source(title=one.title, issn=one.issn) if one else None


def _notice(one: Notice) -> shapes.Notice:
    on = one.on.isoformat() if one.on else None
    return shapes.Notice(kind=one.kind, on=on, words=one.words, url=one.url)


def _maker(one: Contribution) -> shapes.Maker:
    return shapes.Maker(
        role=one.role,
        name=full_name(one),
        family=one.family,
        given=one.given,
        orcid=one.orcid,
    )


def _number(one: Identifier) -> shapes.Number:
    return shapes.Number(scheme=one.scheme, value=one.value, url=address_of(one), is_of_whole=one.is_container)


def _subjects(terms: Iterable[Term]) -> list[shapes.Subject]:
    return [
        shapes.Subject(facet=subject.facet.key, slug=term.slug, label=term.label)
        for subject in subjects_of(terms)
        for term in subject.terms
    ]


def facets(vocabulary: Vocabulary) -> shapes.Facets:
    """Every facet with its terms; one query."""
    used = Term.objects.filter(retired_into=None).values_list("facet__key", "slug", "definition", "same_as")
    more = {(key, slug): (definition, same_as) for key, slug, definition, same_as in used}
    return shapes.Facets(
        facets=[
            shapes.Facet(
                key=group.key,
                label=group.label,
                takes_all=group.takes_all,
                terms=[_term(entry.code, entry.label, entry.upper, more) for entry in group.entries],
            )
            for group in vocabulary.groups
        ]
    )


def _term(code: Code, label: str, upper: Code | None, more: Mapping[Code, tuple[str, str]]) -> shapes.Term:
    definition, same_as = more.get(code, ("", ""))
    part_of = upper[1] if upper else None
    return shapes.Term(slug=code[1], label=label, definition=definition, part_of=part_of, same_as=same_as)


def list_head(found: ReadingList, count: int) -> shapes.ListHead:
    """A reading list among others."""
    return shapes.ListHead(
        slug=found.slug,
        title=found.title,
        introduction=found.introduction,
        count=count,
        url=whole(found.get_absolute_url()),
        api_url=whole(reverse("research:api_list", args=[found.slug])),
    )


def reading_list(found: ReadingList) -> shapes.ReadingList:
    """A reading list with its public publications; as many queries for one as for thirty."""
    rows = sorted(found.entries.all(), key=lambda entry: (entry.sort_order or 0, entry.pk))
    public = ready(Publication.objects.public()).in_bulk([row.publication_id for row in rows])
    return shapes.ReadingList(
        slug=found.slug,
        title=found.title,
        introduction=found.introduction,
        url=whole(found.get_absolute_url()),
        entries=[
            shapes.Entry(why=row.why, publication=publication(public[row.publication_id]))
            for row in rows
            if row.publication_id in public
        ],
    )
