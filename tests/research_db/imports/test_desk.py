"""The desk of imports, as an editor uses it."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network_site.people.models import User
from research_db.imports import deciding
from research_db.models import ImportBatch, Publication
from tests.research_db.imports.conftest import record, upload

pytestmark = pytest.mark.django_db
DESK = "/admin/research/imports/"
TWO = record("Company on prescription: a review of many studies", AU="Okafor, Ada", PY="2024") + record(
    "Does a link worker change how often people see a doctor?", AU="Price, Bo"
)


def logged(client: Client, *rights: str) -> User:
    """Somebody of the staff with these rights of the room."""
    user = User.objects.create_user(email="staff@example.org")
    names = ["access_admin", *rights]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


def send(client: Client, text: str, name: str = "some.ris") -> HttpResponse:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(f"{DESK}new/", {"file": file}, follow=True)  # type: ignore[return-value]


def words(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_only_those_who_may_come_in(client: Client) -> None:
    logged(client)
    batch = upload(TWO)
    for address in ("", "new/", f"{batch.pk}/", f"{batch.pk}/original/", f"{batch.pk}/problems/", f"{batch.pk}/undo/"):
        assert client.get(DESK + address).status_code in {302, 403}, address


def test_a_file_is_brought_in_and_taken_back(client: Client) -> None:
    logged(client, "add_importbatch")
    page = send(client, TWO + record(AU="Nobody"))
    batch = ImportBatch.objects.get()
    assert "Bring in 2 records" in words(page)
    assert "published at once" not in words(page)
    wrong = client.get(f"{DESK}{batch.pk}/?verdict=wrong")
    assert "It has no title" in words(wrong)
    page = client.post(f"{DESK}{batch.pk}/decide/", {"as": "published", "fills": "1"}, follow=True)
    assert "2 records were brought in." in words(page)
    assert not Publication.objects.filter(live=True).exists()  # whoever may not publish does not
    page = client.post(f"{DESK}{batch.pk}/undo/", follow=True)
    assert "The import is undone." in words(page)
    assert "To bring the file in again, download it below" in words(page)
    assert not Publication.objects.exists()
    assert "some.ris" in words(client.get(DESK))


def test_whoever_may_publish_can_publish_at_once(client: Client) -> None:
    client.force_login(User.objects.create_superuser(email="boss@example.org"))
    assert "published at once" in words(send(client, TWO))
    client.post(f"{DESK}{ImportBatch.objects.get().pk}/decide/", {"as": "published"})
    assert Publication.objects.filter(live=True).count() == 2


def test_from_an_import_one_goes_on_to_what_it_made(client: Client) -> None:
    client.force_login(User.objects.create_superuser(email="boss@example.org"))
    Publication.objects.create(title="Here before")
    send(client, TWO)
    batch = ImportBatch.objects.get()
    page = client.post(f"{DESK}{batch.pk}/decide/", {"as": "drafts"}, follow=True)
    way = f"/admin/research/publications/?batch={batch.pk}"
    assert f'href="{way}"' in words(page)
    made = words(client.get(way))
    assert "Company on prescription: a review of many studies" in made
    assert "Here before" not in made
    client.post(f"{DESK}{batch.pk}/undo/")
    assert "See these records" not in words(client.get(f"{DESK}{batch.pk}/"))


def test_choices_are_kept_row_by_row(client: Client) -> None:
    logged(client, "add_importbatch")
    send(client, TWO)
    batch = ImportBatch.objects.get()
    page = client.post(f"{DESK}{batch.pk}/choose/", {"row-1": "skip", "row-2": "", "here": "?verdict=new"}, follow=True)
    assert "Your choices are kept" in words(page)
    assert "Bring in 1 record " in words(page)
    page = client.post(f"{DESK}{batch.pk}/choose/", {"row-1": "fill"}, follow=True)
    assert "not possible" in words(page)
    client.post(f"{DESK}{batch.pk}/decide/", {"leave": "1"})
    page = client.post(f"{DESK}{batch.pk}/decide/", {}, follow=True)
    assert "Somebody was quicker" in words(page)
    assert not Publication.objects.exists()


def test_what_is_left_out_and_what_has_a_remark_is_said_before_one_decides(client: Client) -> None:
    logged(client, "add_importbatch")
    rows = [
        "title,year,kind,doi,audience",
        "A table for people who grieve and what we learnt from it,2020,report,,carers",
        "A table for people who grieve and what we learnt from it,2020,report,,carers",
        "Singing for breath with people who cannot climb stairs,soon,papyrus,10.5555/1,",
        "Why link workers stay in their work and why they go,2021,article,10.5555/2,,and more",
    ]
    page = words(send(client, "\n".join(rows), "some.csv"))
    assert "<strong>2</strong> Read, with a remark" in page
    assert "1 record stands in the file before. It is left out unless you choose otherwise" in page
    assert "Bring in 3 records" in page
    noted = words(client.get(f"{DESK}{ImportBatch.objects.get().pk}/?verdict=noted"))
    for said in (
        "“soon” is no date with a year.",
        "“papyrus” is no kind we know, so it is “Other”.",
        "This row has more cells than there are columns",
        "Not decided: bring in as new",
    ):
        assert said in noted, said
    twins = words(client.get(f"{DESK}{ImportBatch.objects.get().pk}/?verdict=twin"))
    assert "Not decided: leave out" in twins
    assert "goes without saying" not in twins


def test_an_empty_file_and_one_without_records_are_told(client: Client) -> None:
    logged(client, "add_importbatch")
    assert "The file is empty" in words(send(client, ""))
    assert "The file is empty" in words(send(client, "  \n "))
    assert "No column is called “title”" in words(send(client, "nothing to see\n", "a.txt"))


def test_a_large_file_is_the_workers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    logged(client, "add_importbatch")
    monkeypatch.setattr(deciding, "FEW_BYTES", 10)
    page = send(client, TWO)
    assert "You can leave this page" in words(page)
    batch = ImportBatch.objects.get()
    assert "Reading: 0 records so far" in words(client.get(f"{DESK}{batch.pk}/progress/"))
    deciding.work(batch.uploaded_at)
    assert "It is finished" in words(client.get(f"{DESK}{batch.pk}/progress/"))


def test_the_original_and_its_problems_come_back(client: Client) -> None:
    logged(client, "add_importbatch")
    text = TWO + record(AU="=SUM(A1)")
    send(client, text, "a “b”\r\n.ris")
    batch = ImportBatch.objects.get()
    original = client.get(f"{DESK}{batch.pk}/original/")
    assert b"".join(original.streaming_content) == text.encode()  # type: ignore[attr-defined]
    assert original["Content-Disposition"].startswith("attachment")
    problems = client.get(f"{DESK}{batch.pk}/problems/")
    assert b"It has no title" in b"".join(problems.streaming_content)  # type: ignore[attr-defined]


def test_as_many_statements_for_three_rows_as_for_thirty(client: Client) -> None:
    logged(client, "add_importbatch", "change_publication")
    counts = []
    for number in (3, 30):
        texts = [record(f"A study of its own kind: part {one} of {number}", AU=f"Author{one}") for one in range(number)]
        batch = upload(*texts)
        client.get(f"{DESK}{batch.pk}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{DESK}{batch.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_trail_says_what_was_done_as_people_say_it(client: Client) -> None:
    by = logged(client, "add_importbatch")
    batch = upload(TWO, by=by)
    deciding.bring_in(batch, by=by, publishes=False, fills=True)
    ImportBatch.objects.update(stage=ImportBatch.Stage.DONE)
    deciding.recall(batch, by=by)
    page = words(client.get(f"{DESK}{batch.pk}/"))  # type: ignore[arg-type]
    for said in ("Uploaded", "file: some.ris", "Decided to bring it in", "published at once: no", "Decided to undo it"):
        assert said in page
    assert "gaps filled of records already here: yes" in page
    assert f"size: {batch.size}" in page.replace("\xa0", " ")
    for raw in ("chosen", "recalled", "publishes", "True", "False", "bytes: "):
        assert raw not in page
