"""Two records become one, and nothing that led to either leads nowhere."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision, Workflow

from network_site.base.models import AuditEntry
from network_site.history.models import Era, TiedPublication, TimelineEvent
from network_site.people.models import User
from research_db.domain.merging import CannotMerge, keep_apart, merge
from research_db.models import (
    Appraisal,
    Contribution,
    DuplicatePair,
    Facet,
    Identifier,
    Notice,
    Publication,
    ReadingList,
    ReadingListEntry,
    Relation,
    Term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Publication, Publication]:
    kept = Publication.objects.create(title="Company on prescription", year=2024, live=True)
    gone = Publication.objects.create(title="Company on prescription.", year=2023, abstract="Found.", live=True)
    Identifier.objects.create(publication=gone, scheme="doi", value="10.1/a")
    Contribution.objects.create(publication=gone, family="Okafor", given="Ada")
    return kept, gone


def moment(slug: str) -> TimelineEvent:
    era, _is_new = Era.objects.get_or_create(title="Ours", slug="ours", starts_on=date(2015, 1, 1))
    return TimelineEvent.objects.create(
        era=era, slug=slug, title=slug, summary="So it was.", starts_on=date(2016, 1, 1)
    )


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


def test_what_no_file_says_of_it_goes_over_too(two: tuple[Publication, Publication], editor: User) -> None:
    kept, gone = two
    kept.notes, kept.keywords, kept.extra = "Mine.", ["walks"], {"AN": ["1"]}
    kept.save()
    third = Publication.objects.create(title="Third")
    gone.plain_summary, gone.open_access = "It helps.", "gold"
    gone.notes, gone.keywords, gone.extra = "Theirs.", ["walks", "songs"], {"AN": ["2"], "notes": ["said"]}
    gone.notices = [Notice(kind="retraction", words="The figures were made up.")]
    gone.appraisals = [Appraisal(tool="mmat", judgement="low")]
    gone.relations = [Relation(kind="updates", other=third), Relation(kind="preprint-of", other=kept)]
    gone.save()
    merge(kept, gone, by=editor)
    kept = Publication.objects.get(pk=kept.pk)
    assert (kept.plain_summary, kept.open_access) == ("It helps.", "gold")
    assert (kept.notes, kept.keywords) == ("Mine.\n\nTheirs.", ["walks", "songs"])
    assert kept.extra == {"AN": ["1"], "notes": ["said"]}
    assert [one.words for one in kept.notices.all()] == ["The figures were made up."]
    assert [(one.tool, one.judgement) for one in kept.appraisals.all()] == [("mmat", "low")]
    assert [(one.kind, one.other) for one in kept.relations.all()] == [("updates", third)]


def test_what_both_say_is_said_once(editor: User) -> None:
    third = Publication.objects.create(title="Third")
    both = [Publication.objects.create(title=title) for title in ("Kept", "Gone")]
    for one in both:
        one.notices = [Notice(kind="correction")]
        one.appraisals = [Appraisal(tool="casp", judgement="high")]
        one.relations = [Relation(kind="updates", other=third)]
        one.save()
    merge(*both, by=editor)
    kept = Publication.objects.get(pk=both[0].pk)
    assert [kept.notices.count(), kept.appraisals.count(), kept.relations.count()] == [1, 1, 1]


@pytest.mark.parametrize(
    ("work", "kept_too"),
    [("locked", True), ("locked", False), ("scheduled", True), ("scheduled", False), ("moderated", False)],
)
def test_nobody_merges_what_somebody_has_begun(
    two: tuple[Publication, Publication], editor: User, work: str, *, kept_too: bool
) -> None:
    one = two[0] if kept_too else two[1]
    if work == "locked":
        Publication.objects.filter(pk=one.pk).update(locked=True)
    elif work == "scheduled":
        one.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1), changed=False)
    else:
        one.save_revision(changed=False)
        Workflow.objects.first().start(one, editor)
    with pytest.raises(CannotMerge, match="Somebody is working on"):
        merge(*two, by=editor)
    assert Publication.objects.filter(merged_into=None).count() == 2


@pytest.mark.parametrize("published_before", [True, False])
def test_what_visitors_read_does_not_go_into_what_they_cannot(editor: User, *, published_before: bool) -> None:
    gone = Publication.objects.create(title="Public", live=True)
    kept = Publication.objects.create(
        title="Draft", live=False, first_published_at=timezone.now() if published_before else None
    )
    with pytest.raises(CannotMerge, match="Visitors can read “Public”"):
        merge(kept, gone, by=editor)
    merge(gone, kept, by=editor)
    assert Publication.objects.get(live=True) == gone


def test_one_that_was_deleted_meanwhile_is_not_merged(two: tuple[Publication, Publication], editor: User) -> None:
    Publication.objects.filter(pk=two[1].pk).delete()
    with pytest.raises(CannotMerge, match="not here any more"):
        merge(*two, by=editor)


def test_the_later_of_two_opposite_answers_is_refused(two: tuple[Publication, Publication], editor: User) -> None:
    seen = [Publication.objects.get(pk=one.pk) for one in two]  # by somebody else, before
    merge(*two, by=editor)
    with pytest.raises(CannotMerge):
        merge(*reversed(seen), by=editor)
    assert Publication.objects.get(pk=two[1].pk).merged_into == two[0]


def test_a_moment_of_the_history_names_the_kept_one_once(two: tuple[Publication, Publication], editor: User) -> None:
    of_both, of_one = moment("both"), moment("one")
    for event, publication in [(of_both, two[0]), (of_both, two[1]), (of_one, two[1])]:
        TiedPublication.objects.create(event=event, publication=publication)
    merge(*two, by=editor)
    told = TiedPublication.objects.values_list("event__slug", "publication").order_by("event__slug")
    assert list(told) == [("both", two[0].pk), ("one", two[0].pk)]


def test_drafts_that_were_begun_before_name_the_kept_one(two: tuple[Publication, Publication], editor: User) -> None:
    kept, gone = two
    chosen, event, third = (
        ReadingList(slug="start", title="Start"),
        moment("one"),
        Publication(title="Third", live=True),
    )
    chosen.entries = [ReadingListEntry(publication=gone), ReadingListEntry(publication=kept)]
    event.tied_publications = [TiedPublication(publication=gone)]
    third.relations = [Relation(kind="updates", other=gone)]
    for thing in (chosen, event, third):
        thing.save()
        thing.title = "Being changed"
        thing.save_revision()
    merge(kept, gone, by=editor)
    for thing in (chosen, event, third):
        thing.get_latest_revision().publish()
    assert [one.publication for one in ReadingListEntry.objects.all()] == [kept]
    assert [one.publication for one in TiedPublication.objects.all()] == [kept]
    assert [(one.publication, one.other) for one in Relation.objects.all()] == [(third, kept)]


def test_no_old_draft_of_it_brings_a_merged_record_back(editor: User) -> None:
    kept, gone = (Publication.objects.create(title=title, live=True) for title in ("Kept", "Gone"))
    gone.relations = [Relation(kind="updates", other=kept)]
    revision = gone.save_revision(changed=False)
    kept_once = kept.save_revision(changed=False)
    merge(kept, gone, by=editor)
    assert Revision.objects.get(pk=revision.pk).as_object().merged_into == kept
    kept_once.publish()
    assert not Relation.objects.filter(publication=kept).exists()


def test_an_old_draft_of_the_kept_one_never_names_itself(editor: User) -> None:
    kept, gone = (Publication.objects.create(title=title, live=True) for title in ("Kept", "Gone"))
    kept.relations = [Relation(kind="updates", other=gone)]
    kept.save()
    revision = kept.save_revision(changed=False)
    merge(kept, gone, by=editor)
    revision.publish()
    assert not Relation.objects.exists()


def test_an_address_that_said_withdrawn_goes_on_saying_so(client: Client, editor: User) -> None:
    gone = Publication.objects.create(title="Gone", live=False, first_published_at=timezone.now())
    merge(Publication.objects.create(title="Draft", live=False), gone, by=editor)
    assert client.get(gone.get_absolute_url()).status_code == 410
