"""The page tree of the demonstration, from the files in content/pages/."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from wagtail.models import Page, Site

from events.models import ConferenceIndexPage
from network_site.base.models import NetworkImage
from network_site.base.pages import BasePage
from network_site.demo.directory import Directory
from network_site.pages.models import ExplainerPage, HomePage, PeoplePage, StandardPage

CONTENT = Path(__file__).parent / "content"
STREAMS = ("body", "links", "writing")
Tree = dict[str, Page]
KINDS: list[tuple[type[BasePage], str, str]] = [
    (StandardPage, "about", "about"),
    (ExplainerPage, "explainer", "what-is-social-prescribing"),
    (PeoplePage, "people", "people"),
    (StandardPage, "accessibility", "accessibility"),
    (StandardPage, "privacy", "privacy"),
]


def read(name: str) -> Any:
    """One file of the demonstration's content."""
    return json.loads((CONTENT / name).read_text())


def make_tree() -> Tree:
    """Make every page that is not a room's own, with its plain words; the bodies come with `fill_tree`.

    Returns:
        The pages by slug; the home page is "home".
    """
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    tree: Tree = {"home": root.add_child(instance=HomePage(**_words("home"), slug="home"))}
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": "localhost",
            "port": 80,
            "root_page": tree["home"],
            "site_name": "Social Prescribing Network",
        },
    )
    for kind, file, slug in KINDS:
        tree[slug] = tree["home"].add_child(instance=kind(**_words(file), slug=slug))
    tree["conferences"] = tree["home"].add_child(
        instance=ConferenceIndexPage(
            title="Conferences",
            slug="conferences",
            intro="Two days a year when everybody who links people sits in one room, or in front of one screen.",
            summary="The next conference, and every one before it.",
        )
    )
    return tree


def make_pictures() -> dict[str, NetworkImage]:
    """The pictures of the demonstration, by name; one says nothing of itself, for the report of such pictures."""
    drawn = NetworkImage.objects.create(
        title="Knitting",
        description="Two needles, a half-finished piece of cloth and a ball of wool",
        credit="Drawn for the network",
        file=_picture_file("knitting.png"),
    )
    ball = NetworkImage.objects.create(title="Ball of wool", file=_picture_file("ball.png"))
    return {"knitting": drawn, "ball": ball}


def _picture_file(name: str) -> ImageFile:
    return ImageFile(BytesIO((CONTENT / name).read_bytes()), name=name)


def fill_tree(tree: Tree, directory: Directory, pictures: dict[str, NetworkImage]) -> None:
    """Put the bodies in, now that everything they may name exists, and publish."""
    find = finder(
        {"page": tree, "person": directory.people, "organisation": directory.organisations, "picture": pictures}
    )
    for file, slug in [("home", "home"), *((file, slug) for _kind, file, slug in KINDS)]:
        page = tree[slug]
        for stream, blocks in read(f"pages/{file}.json").items():
            if stream in STREAMS:
                setattr(page, stream, json.dumps(resolved(blocks, find)))
        page.save_revision().publish()
        page.refresh_from_db()


def _words(file: str) -> dict[str, Any]:
    """A page's plain fields."""
    return {key: value for key, value in read(f"pages/{file}.json").items() if key not in STREAMS}


def resolved(value: Any, find: Callable[[str], int]) -> Any:
    """The same content with every "@kind:name" replaced by the key of what it names."""
    if isinstance(value, dict):
        return {key: resolved(item, find) for key, item in value.items()}
    if isinstance(value, list):
        return [resolved(item, find) for item in value]
    return find(value) if isinstance(value, str) and value.startswith("@") else value


def finder(shelves: dict[str, dict[str, Any]]) -> Callable[[str], int]:
    """Gives the key of what "@kind:name" names, from the things of each kind by name."""

    def find(name: str) -> int:
        kind, _, key = name[1:].partition(":")
        return int(shelves[kind][key].pk)

    return find
