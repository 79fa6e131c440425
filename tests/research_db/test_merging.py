"""Two records become one, and nothing that led to either leads nowhere."""

import pytest

from network_site.base.models import AuditEntry
from network_site.people.models import User
from research_db.domain.merging import CannotMerge, keep_apart, merge
from research_db.models import (
    Contribution,
    DuplicatePair,
    Facet,
    Identifier,
    Publication,
    ReadingList,
    ReadingListEntry,
    Relation,
    Term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser(email="editor@example.org")


@pytest.fixture
def two() -> tuple[Publication, Publication]:
    kept = Publication.objects.create(title="Company on prescription", year=2024, live=True)
    gone = Publication.objects.create(title="Company on prescription.", year=2023, abstract="Found.", live=True)
    Identifier.objects.create(publication=gone, scheme="doi", value="10.1/a")
    Contribution.objects.create(publication=gone, family="Okafor", given="Ada")
    return kept, gone


def test_the_kept_one_gets_what_it_lacks(two: tuple[Publication, Publication], editor: User) -> None:
    kept, gone = two
    facet = Facet.objects.create(key="where", label="Where")
    gone.terms.add(Term.objects.create(facet=facet, slug="leeds", label="Leeds"))
    gone.save()
    merge(kept, gone, by=editor)
    kept = Publication.objects.get(pk=kept.pk)
    assert (kept.title, kept.year, kept.abstract, kept.live) == ("Company on prescription", 2024, "Found.", True)
    assert [str(one) for one in kept.contributions.all()] == ["Okafor, Ada"]
    assert [one.value for one in kept.identifiers.all()] == ["10.1/a"]
    assert [one.slug for one in kept.terms.all()] == ["leeds"]
    gone = Publication.objects.get(pk=gone.pk)
    assert (gone.live, gone.merged_into) == (False, kept)
    assert not gone.identifiers.exists()
    assert DuplicatePair.objects.get().decision == DuplicatePair.Decision.MERGED


def test_what_led_to_the_other_leads_to_the_kept_one(two: tuple[Publication, Publication], editor: User) -> None:
    kept, gone = two
    older = Publication.objects.create(title="Older", merged_into=gone, live=False)
    both, one = (ReadingList.objects.create(slug=slug, title=slug) for slug in ("both", "one"))
    for reading_list, publication in [(both, kept), (both, gone), (one, gone)]:
        ReadingListEntry.objects.create(reading_list=reading_list, publication=publication)
    third = Publication.objects.create(title="Third")
    Relation.objects.create(publication=third, other=gone, kind="updates")
    Relation.objects.create(publication=gone, other=kept, kind="preprint-of")
    merge(kept, gone, by=editor)
    older.refresh_from_db()
    assert older.merged_into == kept
    assert list(ReadingListEntry.objects.values_list("reading_list__slug", "publication").order_by("reading_list")) == [
        ("both", kept.pk),
        ("one", kept.pk),
    ]
    assert [(one.publication, one.other) for one in Relation.objects.all()] == [(third, kept)]


def test_nothing_is_merged_twice_or_under_somebodys_hands(two: tuple[Publication, Publication], editor: User) -> None:
    kept, gone = two
    merge(kept, gone, by=editor)
    third = Publication.objects.create(title="Third", live=True)
    with pytest.raises(CannotMerge):
        merge(third, Publication.objects.get(pk=gone.pk), by=editor)
    third.abstract = "Being written."
    third.save_revision()
    with pytest.raises(CannotMerge):
        merge(Publication.objects.get(pk=kept.pk), third, by=editor)


def test_two_that_are_two_stay_two(two: tuple[Publication, Publication], editor: User) -> None:
    keep_apart(*two, by=editor)
    keep_apart(*reversed(two), by=editor)
    pair = DuplicatePair.objects.get()
    assert (pair.decision, pair.decided_by) == (DuplicatePair.Decision.DIFFERENT, editor)
    assert Publication.objects.filter(live=True).count() == 2


@pytest.mark.parametrize("name", ["abstract", "volume", "pages", "publisher", "language", "licence", "url"])
def test_what_the_kept_one_says_stays_and_only_gaps_are_filled(name: str, editor: User) -> None:
    kept = Publication.objects.create(title="Kept", **{name: "https://example.org/kept"[:35]})
    empty = Publication.objects.create(title="Empty")
    others = [Publication.objects.create(title="Gone", **{name: "https://example.org/gone"}) for _one in range(2)]
    for one, gone in zip((kept, empty), others, strict=True):
        merge(one, gone, by=editor)
    told = Publication.objects.in_bulk()
    assert getattr(told[kept.pk], name) == "https://example.org/kept"
    assert getattr(told[empty.pk], name) == "https://example.org/gone"


def test_two_drafts_become_one_draft(editor: User) -> None:
    kept, gone = (Publication.objects.create(title=title, live=False) for title in ("Kept", "Gone"))
    merge(kept, gone, by=editor)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.live, gone.live, gone.merged_into) == (False, False, kept)


def test_both_keep_their_numbers_together(two: tuple[Publication, Publication], editor: User) -> None:
    kept, gone = two
    Identifier.objects.create(publication=kept, scheme="doi", value="10.1/kept")
    Identifier.objects.create(publication=gone, scheme="pmid", value="7")
    merge(Publication.objects.get(pk=kept.pk), Publication.objects.get(pk=gone.pk), by=editor)
    told = Identifier.objects.values_list("publication", "scheme", "value").order_by("scheme", "value")
    assert list(told) == [(kept.pk, "doi", "10.1/a"), (kept.pk, "doi", "10.1/kept"), (kept.pk, "pmid", "7")]


@pytest.mark.parametrize("there", [True, False])
def test_a_relation_that_is_there_already_is_not_made_twice(
    there: bool, two: tuple[Publication, Publication], editor: User
) -> None:
    kept, gone = two
    third = Publication.objects.create(title="Third")
    Relation.objects.create(publication=third, other=gone, kind="updates")
    if there:
        Relation.objects.create(publication=third, other=kept, kind="updates")
    merge(kept, gone, by=editor)
    assert Relation.objects.filter(publication=third, other=kept, kind="updates").count() == 1


def test_a_pair_that_was_kept_apart_may_be_merged_later(two: tuple[Publication, Publication], editor: User) -> None:
    keep_apart(*two, by=editor)
    merge(*two, by=editor)
    assert DuplicatePair.objects.get().decision == DuplicatePair.Decision.MERGED


def test_the_trail_says_who_merged_what(two: tuple[Publication, Publication], editor: User) -> None:
    kept, gone = two
    merge(kept, gone, by=editor)
    entry = AuditEntry.objects.get(subject=f"publication:{kept.pk}", verb="merged")
    assert (entry.by, entry.data["gone"]) == (editor, gone.code)


def test_a_merger_that_is_refused_changes_nothing(two: tuple[Publication, Publication], editor: User) -> None:
    kept, gone = two
    kept.abstract = "Being written."
    kept.save_revision()
    with pytest.raises(CannotMerge, match="Company on prescription"):
        merge(Publication.objects.get(pk=kept.pk), gone, by=editor)
    assert Identifier.objects.get().publication == gone
    assert not DuplicatePair.objects.exists()
    assert Publication.objects.filter(live=True).count() == 2
