"""Documents: what they are is said in words, they are sent as what they are, and only to those who may have them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import Settings
from wagtail.documents.forms import get_document_form
from wagtail.models import Collection, CollectionViewRestriction

from network_site.base.models import NetworkDocument
from network_site.people.models import User

pytestmark = pytest.mark.django_db


def stored(content: bytes = b"x" * 2048, name: str = "report.pdf", **fields: Any) -> NetworkDocument:
    return NetworkDocument.objects.create(title="The report", file=ContentFile(content, name=name), **fields)


@pytest.fixture
def on_disk(settings: Settings, tmp_path: Path) -> None:
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.pdf", "PDF"), ("a.PDF", "PDF"), ("a.docx", "Word"), ("a.xlsx", "Excel"), ("a.pptx", "PowerPoint"),
        ("a.csv", "CSV table"), ("a.ics", "calendar file"), ("a.txt", "plain text"), ("a.zip", "ZIP"), ("a", ""),
    ],
)  # fmt: skip
def test_a_document_says_what_it_is(name: str, kind: str) -> None:
    assert stored(name=name).kind == kind


@pytest.mark.parametrize(
    ("size", "words"), [(1, "PDF, 1\xa0byte"), (2048, "PDF, 2.0\xa0KB"), (1_258_291, "PDF, 1.2\xa0MB")]
)
def test_and_how_large(size: int, words: str) -> None:
    assert stored(b"x" * size).kind_and_size == words


def test_a_document_whose_file_is_lost_says_what_it_was() -> None:
    document = stored()
    document.file.storage.delete(document.file.name)
    assert NetworkDocument.objects.get(pk=document.pk).kind_and_size == "PDF"


def form(document: NetworkDocument | None, file: bytes | None, **facts: Any) -> Any:
    files = {"file": ContentFile(file, name="report.pdf")} if file else {}
    user = User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("editor@example.org")
    data = {"title": "The report", "collection": "1", **facts}
    return get_document_form(NetworkDocument)(data, files, instance=document, user=user)


def test_the_day_of_the_last_change_is_the_file_s() -> None:
    def saved(day: str, document: NetworkDocument | None, file: bytes | None, **facts: Any) -> NetworkDocument:
        with time_machine.travel(f"{day}T12:00:00Z", tick=False):
            filled = form(document, file, **facts)
            assert filled.is_valid(), filled.errors
            return filled.save()  # type: ignore[no-any-return]

    document = saved("2026-05-04", None, b"first")
    document = saved("2026-06-01", document, None, title="The report of 2026")
    assert document.changed_on == date(2026, 5, 4)
    saved("2026-07-01", document, b"second")
    assert NetworkDocument.objects.get().changed_on == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("name", "kind", "disposition"),
    [
        ("report.pdf", "application/pdf", "inline"),
        ("table.csv", "text/csv", "attachment"),
        ("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment"),
    ],
)
@pytest.mark.usefixtures("on_disk")
def test_it_is_sent_as_what_it_is(client: Client, name: str, kind: str, disposition: str) -> None:
    document = stored(name=name)
    response = client.get(document.url)
    response.close()
    assert response.status_code == 200
    assert response["Content-Type"].startswith(kind)
    assert response["Content-Disposition"].startswith(disposition)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Content-Length"] == "2048"


@pytest.mark.parametrize("name", ["page.html", "script.js", "drawing.svg", "run.exe"])
def test_what_a_browser_would_run_is_refused(name: str) -> None:
    refused = form(None, b"x")
    refused.files["file"].name = name
    assert "file" in refused.errors


@pytest.mark.usefixtures("on_disk")
def test_a_document_for_members_is_not_for_strangers(client: Client) -> None:
    members = Collection.get_first_root_node().add_child(name="For the board")
    CollectionViewRestriction.objects.create(collection=members, restriction_type=CollectionViewRestriction.LOGIN)
    document = stored(collection=members)
    answer = client.get(document.url)
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    client.force_login(User.objects.create_user("member@example.org"))
    answer = client.get(document.url)
    answer.close()
    assert answer.status_code == 200


def test_an_address_that_was_guessed_leads_nowhere(client: Client) -> None:
    document = stored()
    assert client.get(f"/documents/{document.pk}/other.pdf").status_code == 404
    assert client.get(f"/documents/{document.pk + 1}/{document.filename}").status_code == 404
