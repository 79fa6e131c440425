"""The index follows the database whatever happens to it: each pitfall of the engine once."""

import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from research_db.finding import changes, index
from research_db.finding.changes import Mark
from research_db.finding.index import Held, Index
from research_db.models import Contribution, Facet, Notice, Publication, SearchChange, Source, Term
from tests.research_db.finding.conftest import ask


def make(title: str, **facts: object) -> Publication:
    return Publication.objects.create(title=title, **facts)


def numbers(words: str) -> tuple[int, ...]:
    return ask(f"q={words}").numbers


def size(found: Index) -> int:
    now = found.now()
    assert now is not None
    return now.reader.size


@pytest.mark.django_db
def test_files_are_read_again_only_where_they_are_others(found: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    make("Zebras")
    mine, another = Index(found.root), Index(found.root)
    assert [size(mine), size(another)] == [1, 1]
    read: list[Path] = []
    plain = index._read
    monkeypatch.setattr(index, "_read", lambda file: read.append(file) or plain(file))
    assert size(mine) == 1
    assert read == []
    make("Okapis")
    assert size(another) == 2
    monkeypatch.setattr(mine, "_catch_up", lambda: pytest.fail("the other one had taken it in"))
    assert size(mine) == 2
    another.make_anew()
    assert size(mine) == 2
    assert mine._held is not None
    assert another._held is not None
    assert mine._held.name == another._held.name


@pytest.mark.django_db
def test_what_is_put_in_place_while_it_is_read_is_seen_by_the_next_look(
    found: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("Zebras")
    mine, another = Index(found.root), Index(found.root)
    assert size(another) == 1
    plain = mine._opened

    def late(*read: Any) -> Held:
        make("Okapis")
        another.now()
        return plain(*read)

    monkeypatch.setattr(mine, "_opened", late)
    mine._open()
    assert mine._mark != another._mark
    monkeypatch.undo()
    mine._open()
    assert mine._mark == another._mark


@pytest.mark.django_db
class TestWhatIsFound:
    def test_nothing_yet(self, found: Index) -> None:
        assert ask().count == 0
        assert size(found) == 0

    def test_by_every_part_of_it(self, found: Index) -> None:
        facet = Facet.objects.create(key="population", label="Who")
        term = Term.objects.create(facet=facet, slug="carers", label="Carers", synonyms="caregivers")
        one = make(
            "Zebras",
            abstract="quagga",
            plain_summary="plainly",
            keywords=["printed"],
            source=Source.objects.create(title="Annals of Stripes", short_title="Ann Str"),
        )
        one.contributions.add(Contribution(family="Müller", given="Ada"), Contribution(literal="Stripes Council"))
        one.terms.add(term)
        one.save()
        for words in ("zebra", "QUAGGA", "plainly", "printed", "annals", "str", "muller ada", "council", "caregiver"):
            assert numbers(words) == (one.pk,), words

    def test_only_what_is_public(self, found: Index) -> None:
        one = make("Zebras", live=False)
        assert numbers("zebras") == ()
        one.live = True
        one.save()
        assert numbers("zebras") == (one.pk,)
        one.delete()
        assert numbers("zebras") == ()

    def test_a_change_takes_the_place_of_what_was(self, found: Index) -> None:
        """Deleting by an unsigned number would delete nothing."""
        one = make("Zebras")
        assert numbers("zebras") == (one.pk,)
        for title in ("Giraffes", "Okapis"):
            one.title = title
            one.save()
            assert numbers(title) == (one.pk,)
            assert numbers("zebras") == ()
        assert size(found) == 1

    def test_a_new_name_of_a_journal_or_a_term(self, found: Index) -> None:
        source = Source.objects.create(title="Old annals")
        facet = Facet.objects.create(key="population", label="Who")
        upper = Term.objects.create(facet=facet, slug="adults", label="Adults")
        term = Term.objects.create(facet=facet, slug="carers", label="Carers", parent=upper)
        one = make("Zebras", source=source)
        one.terms.add(term)
        one.save()
        assert numbers("annals") == numbers("carers") == (one.pk,)
        source.title = "New leaflets"
        source.save()
        term.label = "Helpers"
        term.save()
        assert numbers("annals") == numbers("carers") == ()
        assert numbers("leaflets") == numbers("helpers") == (one.pk,)

    def test_a_term_moved_or_replaced_takes_its_publications_along(self, found: Index) -> None:
        facet = Facet.objects.create(key="population", label="Who")
        adults, everyone, carers, helpers = (
            Term.objects.create(facet=facet, slug=slug, label=slug)
            for slug in ("adults", "everyone", "carers", "helpers")
        )
        one = make("Zebras")
        one.terms.add(carers)
        one.save()
        carers.parent = adults
        carers.save()
        assert ask("population=adults").count == 1
        helpers.parent = everyone
        helpers.save()
        carers.retired_into = helpers
        carers.save()
        counts = ask().counts["population"]
        assert counts == {"helpers": 1, "everyone": 1}
        helpers.parent = None
        helpers.save()
        assert ask().counts["population"] == {"helpers": 1}

    def test_terms_in_circles_come_to_an_end(self, found: Index) -> None:
        facet = Facet.objects.create(key="population", label="Who")
        one, other = (Term.objects.create(facet=facet, slug=slug, label=slug) for slug in ("one", "other"))
        Term.objects.filter(pk=one.pk).update(parent=other, retired_into=other)
        Term.objects.filter(pk=other.pk).update(parent=one, retired_into=one)
        publication = make("Zebras")
        publication.terms.add(one)
        publication.save()
        assert ask("population=one").count == 1

    def test_the_marks_of_a_publication(self, found: Index) -> None:
        one = make("Zebras", open_access="gold", plain_summary="In short.")
        one.notices.add(Notice(kind="retraction"))
        one.save()
        assert ask().counts["only"] == {"free": 1, "plain": 1, "retracted": 1}
        assert ask("only=free&only=retracted").count == 1

    def test_many_changes_take_the_same_number_of_queries(
        self, found: Index, django_assert_num_queries: Callable[..., object]
    ) -> None:
        make("Zebras")
        ask()
        for number in (1, 3, 30):
            for place in range(number):
                make(f"Giraffe {place}")
            with django_assert_num_queries(13):
                found.now()


@pytest.mark.django_db
class TestWhenSomethingIsInTheWay:
    def test_another_writes_so_what_there_is_answers(self, found: Index) -> None:
        make("Zebras")
        ask()
        held = found._held
        assert held is not None
        with held.store.writing():
            make("Giraffes")
            assert numbers("zebras") != ()
            assert numbers("giraffes") == ()
        assert numbers("giraffes") != ()

    def test_another_database_of_the_same_numbers(self, found: Index) -> None:
        make("Zebras")
        ask()
        SearchChange.objects.update(at=timezone.now() - timedelta(days=1))
        Publication.objects.update(title="Giraffes")
        assert numbers("zebras") == ()
        assert numbers("giraffes") != ()

    def test_an_index_ahead_of_its_database(self, found: Index) -> None:
        for title in ("Zebras", "Giraffes", "Okapis"):
            make(title)
        ask()
        SearchChange.objects.exclude(publication=Publication.objects.get(title="Zebras").pk).delete()
        Publication.objects.filter(title="Okapis").delete()
        Publication.objects.exclude(title="Zebras").update(title="Quaggas")
        assert numbers("giraffes") == ()
        assert numbers("quaggas") != ()

    def test_changes_it_had_not_read_are_pruned(self, found: Index) -> None:
        make("Zebras")
        ask()
        for title in ("Giraffes", "Okapis"):
            make(title)
        SearchChange.objects.update(at=timezone.now() - timedelta(days=8))
        assert changes.prune(now=timezone.now()) == 2
        assert changes.prune(now=timezone.now()) == 0
        assert numbers("giraffes") != ()

    @pytest.mark.parametrize("damage", ["meta.json", "*.store", "*.idx", "*.fast", "CURRENT", "everything"])
    def test_a_damaged_directory_is_made_anew(self, damage: str, found: Index) -> None:
        make("Zebras")
        ask()
        if damage == "everything":
            shutil.rmtree(found.root)
        for file in found.root.rglob(damage):
            half = file.read_bytes()[: file.stat().st_size // 2]
            file.unlink()  # this process reads the old file's memory; the damage is for whoever opens it next
            file.write_bytes(half)
        again = Index(found.root)
        if damage != "*.fast":  # what a reader needs only later is found out by the next writer
            assert size(again) == 1
        make("Giraffes")
        again.now()
        again.now()
        assert size(Index(found.root)) == 2

    def test_an_empty_meta_file_does_not_begin_an_empty_index(self, found: Index) -> None:
        make("Zebras")
        ask()
        next(found.root.rglob("meta.json")).unlink()
        assert size(Index(found.root)) == 1

    def test_an_index_of_other_fields_is_made_anew(self, found: Index) -> None:
        from network_site.search.engine import Store

        make("Zebras")
        ask()
        directory = found.root / (found.root / "CURRENT").read_text()
        shutil.rmtree(directory)
        directory.mkdir()
        Store(path=str(directory))
        assert size(Index(found.root)) == 1

    def test_the_old_one_answers_while_a_new_one_is_made(self, found: Index, monkeypatch: pytest.MonkeyPatch) -> None:
        make("Zebras")
        ask()
        seen = []
        every_entry = index.documents.every_entry

        def slowly() -> object:
            seen.append(numbers("zebras"))
            yield from every_entry()

        monkeypatch.setattr(index.documents, "every_entry", slowly)
        before = (found.root / "CURRENT").read_text()
        found.make_anew()
        assert seen != [()]
        assert (found.root / "CURRENT").read_text() != before
        assert [one.name for one in found.root.iterdir() if one.is_dir()] == [(found.root / "CURRENT").read_text()]

    def test_two_do_not_make_it_at_once(self, found: Index) -> None:
        make("Zebras")
        ask()
        before = (found.root / "CURRENT").read_text()
        with found._making(wait=False) as is_ours:
            assert is_ours
            Index(found.root).make_anew()
        assert (found.root / "CURRENT").read_text() == before

    def test_too_many_to_write_in_a_request_wait_for_the_worker(
        self, found: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index, "FEW", 1)
        make("Zebras")
        make("Giraffes")
        assert found.now() is None
        found.catch_up_with_all()
        assert numbers("zebras") != ()

    def test_a_backlog_is_read_bit_by_bit_and_whole_by_the_worker(
        self, found: Index, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index, "AT_ONCE", 2)
        make("Zebras")
        ask()
        for place in range(5):
            make(f"Giraffe {place}")
        assert [size(found) for _search in range(3)] == [3, 5, 6]
        for place in range(9):
            make(f"Okapi {place}")
        found.catch_up_with_all()
        assert size(found) == 15
        before = (found.root / "CURRENT").read_text()
        monkeypatch.setattr(index, "TOO_MANY", 1)
        make("Quagga")
        make("Quagga")
        found.catch_up_with_all()
        assert (found.root / "CURRENT").read_text() != before
        assert size(found) == 17

    def test_it_stays_in_few_pieces(self, found: Index) -> None:
        for place in range(40):
            make(f"Zebra {place}")
            ask()
        assert found._held is not None
        assert found._held.reader.searcher.num_segments < 20


def test_nothing_is_read_within_an_open_transaction(real_db: str, found: Index) -> None:
    """SQLite gives a number that was taken back once more."""
    make("Zebras")
    assert size(found) == 1
    with transaction.atomic():
        make("Giraffes")
        assert size(found) == 1
        transaction.set_rollback(True)
    make("Okapis")
    assert numbers("okapis") != ()
    assert numbers("giraffes") == ()


@pytest.mark.postgres
def test_a_change_cannot_become_visible_after_a_later_one(real_db: str, found: Index) -> None:
    entered, order = threading.Event(), []

    def second() -> None:
        entered.set()
        make("Second")
        order.append("second")
        connection.close()

    with transaction.atomic():
        make("First")
        thread = threading.Thread(target=second)
        thread.start()
        entered.wait(5)
        thread.join(0.2)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    titles = dict(Publication.objects.values_list("pk", "title"))
    assert [titles[number] for number in SearchChange.objects.values_list("publication", flat=True)] == [
        "First",
        "Second",
    ]


def test_many_threads_and_indexes_at_once(real_db: str, found: Index) -> None:
    """Each stands for a process: all write to one directory, and nobody fails or misses what was saved before."""
    make("Zebras")
    failures: list[BaseException] = []

    def visitor(own: Index) -> None:
        try:
            for _visit in range(4):
                one = make("Giraffe")
                own.now()
                assert Publication.objects.filter(pk=one.pk).exists()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=visitor, args=[Index(found.root)]) for _visitor in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    found.catch_up_with_all()
    assert ask("q=giraffe").count == 12


def test_a_mark_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "mark.json").write_text('{"wrong": 1}')
    assert Index(tmp_path)._read_mark("one") == Mark()
