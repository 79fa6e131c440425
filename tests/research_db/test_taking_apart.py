"""Two that became one by mistake are two again, as they were."""

from typing import Any

import pytest
from django.core import serializers
from django.test import Client

from network_site.people.models import User
from research_db.domain.merging import CannotMerge, merge, take_apart
from research_db.models import (
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
    """Two with everything that can go over, and things that name both or one."""
    facet = Facet.objects.create(key="where", label="Where")
    kept = Publication.objects.create(title="Kept", notes="Mine.")
    gone = Publication.objects.create(title="Gone", notes="Theirs.", abstract="Found.", keywords=["walks"], year=2020)
    third = Publication.objects.create(title="Third")
    gone.identifiers = [Identifier(scheme="doi", value="10.1/a")]
    gone.contributions = [Contribution(family="Okafor")]
    gone.notices = [Notice(kind="correction")]
    gone.relations = [Relation(kind="preprint-of", other=kept), Relation(kind="updates", other=third)]
    gone.terms = [Term.objects.create(facet=facet, slug="leeds", label="Leeds")]
    gone.save()
    for slug, named in (("both", (kept, gone)), ("one", (gone,))):
        reading_list = ReadingList.objects.create(slug=slug, title=slug)
        for one in named:
            ReadingListEntry.objects.create(reading_list=reading_list, publication=one, why=one.title)
    Relation.objects.create(publication=third, other=gone, kind="comment-on")
    return Publication.objects.get(pk=kept.pk), Publication.objects.get(pk=gone.pk)


def everything() -> dict[str, Any]:
    """What all that belongs to publications says, but for when it was written and under which number."""
    passing = {
        "created_at",
        "changed_at",
        "latest_revision",
        "live_revision",
        "last_published_at",
        "first_published_at",
    }
    models = (Publication, Identifier, Contribution, Notice, Relation, ReadingListEntry)
    return {
        model.__name__: sorted(
            str(sorted((name, value) for name, value in row["fields"].items() if name not in passing))
            for row in serializers.serialize("python", model._default_manager.all())
        )
        for model in models
    }


def test_both_are_as_they_were_and_so_is_what_named_them(
    two: tuple[Publication, Publication], editor: User, client: Client
) -> None:
    before = everything()
    merge(*two, by=editor)
    assert everything() != before
    take_apart(DuplicatePair.objects.get(), by=editor)
    assert everything() == before
    assert DuplicatePair.objects.get().decision == "different"
    assert client.get(two[1].get_absolute_url()).status_code == 200


def test_what_was_changed_since_is_not_taken_out_by_itself(two: tuple[Publication, Publication], editor: User) -> None:
    merge(*two, by=editor)
    kept = Publication.objects.get(pk=two[0].pk)
    kept.abstract = "Written anew."
    kept.save_revision().publish()
    with pytest.raises(CannotMerge, match="“Kept” was changed since"):
        take_apart(DuplicatePair.objects.get(), by=editor)
    assert Publication.objects.get(pk=two[1].pk).merged_into == kept


def test_nobody_takes_apart_twice_or_what_was_never_one(two: tuple[Publication, Publication], editor: User) -> None:
    merge(*two, by=editor)
    pair = DuplicatePair.objects.get()
    take_apart(pair, by=editor)
    with pytest.raises(CannotMerge):
        take_apart(pair, by=editor)


def test_an_editor_takes_them_apart_with_a_button(
    two: tuple[Publication, Publication], editor: User, client: Client
) -> None:
    merge(*two, by=editor)
    client.force_login(editor)
    address = f"/admin/research/duplicates/{DuplicatePair.objects.get().pk}/"
    assert 'value="apart"' in client.get(address).content.decode()
    assert "They are two again" in client.post(address, {"answer": "apart"}, follow=True).content.decode()
    assert 'value="apart"' not in client.get(address).content.decode()
    assert not Publication.objects.exclude(merged_into=None).exists()
