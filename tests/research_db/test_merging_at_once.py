"""Two editors who answer at the same moment, each the other way round."""

from itertools import cycle, islice

from network_site.people.models import User
from research_db.domain.merging import CannotMerge, merge
from research_db.models import Identifier, Publication
from tests.races.crowd import at_once

EDITORS = 4


def test_one_answer_counts_and_nothing_is_lost(real_db: str) -> None:
    by = User.objects.create_superuser(email="editor@example.org")
    first, second = (Publication.objects.create(title=title, live=True) for title in ("First", "Second"))
    for one in (first, second):
        Identifier.objects.create(publication=one, scheme="doi", value=f"10.1/{one.pk}")
    seen = [(first, second), (second, first)]

    def answer(kept: Publication, gone: Publication) -> str:
        try:
            merge(kept, gone, by=by)
        except CannotMerge:
            return "refused"
        return "merged"

    deeds = [lambda two=two: answer(*two) for two in islice(cycle(seen), EDITORS)]
    assert dict(at_once(deeds)) == {"merged": 1, "refused": EDITORS - 1}
    kept, gone = Publication.objects.get(merged_into=None), Publication.objects.exclude(merged_into=None).get()
    assert (kept.live, gone.live, gone.merged_into) == (True, False, kept)
    assert set(kept.identifiers.values_list("value", flat=True)) == {f"10.1/{first.pk}", f"10.1/{second.pk}"}
