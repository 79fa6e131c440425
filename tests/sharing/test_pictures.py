"""Pictures at addresses that hold what is in them: drawn once, kept for good, only for what anybody may read."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from wagtail.models import PageViewRestriction

from network_site.pages.models import ExplainerPage, HomePage, StandardPage
from network_site.people.models import Person
from network_site.sharing import cards, pictures
from network_site.sharing.cards import Card

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
Add = Callable[..., Any]


@pytest.fixture(autouse=True)
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[Card]:
    """Every card that was drawn, in an empty storage."""
    made: list[Card] = []
    draw = Card.png

    def watched(self: Card) -> bytes:
        made.append(self)
        return draw(self)

    monkeypatch.setattr(Card, "png", watched)
    if default_storage.exists(pictures.FOLDER):
        for folder in default_storage.listdir(pictures.FOLDER)[0]:
            for name in default_storage.listdir(f"{pictures.FOLDER}/{folder}")[1]:
                default_storage.delete(f"{pictures.FOLDER}/{folder}/{name}")
    return made


def address(thing: Any) -> str:
    return pictures.address(thing, cards.card(thing))


def test_it_is_drawn_once_and_kept_for_good(add: Add, client: Client, drawings: list[Card]) -> None:
    page = add(StandardPage, title="About us")
    first, second = client.get(address(page)), client.get(address(page))
    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(BytesIO(first.content)).size == (1200, 630)
    assert first.content == second.content
    assert len(drawings) == 1
    assert first.cookies == {}


def test_asking_for_its_head_is_enough_to_know_it(add: Add, client: Client) -> None:
    assert client.head(address(add(StandardPage))).status_code == 200


def test_another_title_has_another_address_and_the_old_one_leads_there(
    add: Add, client: Client, drawings: list[Card]
) -> None:
    page = add(StandardPage, title="Before")
    old = address(page)
    client.get(old)
    page.title = "After"
    page.save()
    new = address(page)
    assert old != new
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (302, new)
    assert "immutable" not in answer["Cache-Control"]
    assert len(drawings) == 1  # a wrong address draws nothing
    client.get(new)
    _, names = default_storage.listdir(f"{pictures.FOLDER}/page-{page.pk}")
    assert names == [f"{cards.card(page).digest}.png"]


def test_guessing_draws_nothing(add: Add, client: Client, drawings: list[Card]) -> None:
    page = add(StandardPage)
    for digest in ("0" * 16, "f" * 16, "0" * 15, "x"):
        assert client.get(f"/share/page-{page.pk}-{digest}.png").status_code == 302
    for path in (
        f"/share/page-{page.pk + 999}-{'0' * 16}.png",
        f"/share/nothing-{page.pk}-{'0' * 16}.png",
        f"/share/page-{page.pk}-../../x.png",
        f"/share/page-99999999999-{'0' * 16}.png",
        f"/share/page--1-{'0' * 16}.png",
    ):
        assert client.get(path).status_code == 404, path
    assert drawings == []


def test_only_what_anybody_may_read_has_a_picture(add: Add, client: Client) -> None:
    page = add(ExplainerPage, title="A secret")
    path = address(page)
    page.unpublish()
    assert client.get(path).status_code == 404
    page.save_revision().publish()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(path).status_code == 404


def test_a_person_must_have_agreed(home: HomePage, client: Client) -> None:
    person = Person.objects.create(name="Ada Example", role="Chair", about="x", is_public=True)
    path = address(person)
    assert client.get(path).status_code == 200
    Person.objects.update(is_public=False)
    assert client.get(path).status_code == 404


def test_the_site_has_one_of_its_own(home: HomePage, client: Client) -> None:
    assert client.get(address(pictures.find("site", 0))).status_code == 200


def test_half_a_file_is_made_whole(add: Add, client: Client, drawings: list[Card]) -> None:
    """Another process is still writing it, or was killed while it did."""
    page = add(StandardPage)
    card = cards.card(page)
    name = f"{pictures.FOLDER}/page-{page.pk}/{card.digest}.png"
    default_storage.save(name, ContentFile(b"\x89PNG half"))
    assert client.get(address(page)).content.endswith(pictures.END)
    with default_storage.open(name) as file:
        assert file.read().endswith(pictures.END)


def test_only_reading(add: Add, client: Client) -> None:
    assert client.post(address(add(StandardPage))).status_code == 405


def test_files_elsewhere_keep_their_address() -> None:
    assert pictures.absolute("https://files.example.org/x.jpg") == "https://files.example.org/x.jpg"
    assert pictures.absolute("/media/x.jpg") == "http://testserver/media/x.jpg"


def test_a_card_is_in_the_language_of_its_page(add: Add, client: Client) -> None:
    """The same address for every visitor, whatever their browser asks for."""
    page = add(ExplainerPage, title="What is it?")
    paths = {client.get(page.url, headers={"accept-language": language}).content for language in ("en", "cy")}
    found = {path.decode().split("/share/")[1][:40] for path in paths}
    assert len(found) == 1
