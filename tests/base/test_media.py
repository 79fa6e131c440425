"""Uploaded pictures are served by the site itself, and nothing beside them."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media").mkdir()
    (tmp_path / "media/a.txt").write_text("a picture")
    (tmp_path / "secret.txt").write_text("not for you")
    return tmp_path


def test_a_picture_is_served_and_may_be_kept(client: Client, folder: Path) -> None:
    response = client.get("/media/a.txt")
    assert b"".join(response.streaming_content) == b"a picture"  # type: ignore[attr-defined]
    assert response["Cache-Control"] == "public, max-age=604800"
    response.close()


@pytest.mark.parametrize("path", ["../secret.txt", "%2e%2e/secret.txt", "nothing.txt", ""])
def test_nothing_else_is(client: Client, folder: Path, path: str) -> None:
    assert client.get(f"/media/{path}").status_code in {400, 404}


@pytest.mark.parametrize(
    "path",
    [
        "documents/minutes.pdf",
        "images/../documents/minutes.pdf",
        "Documents/minutes.pdf",
        "documents",
        "./documents/minutes.pdf",
    ],
)
def test_a_document_is_not_given_away_beside_its_own_address(client: Client, folder: Path, path: str) -> None:
    (folder / "media/documents").mkdir()
    (folder / "media/documents/minutes.pdf").write_text("for the board")
    assert client.get(f"/media/{path}").status_code in {400, 404}


def test_nothing_inside_an_uploaded_file_runs(client: Client, folder: Path) -> None:
    (folder / "media/mark.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    response = client.get("/media/mark.svg")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()
