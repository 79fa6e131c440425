"""The history of the demonstration: its page, eras, themes and moments."""

import json
from datetime import date
from typing import Any

from django.db import transaction

from events.models import Conference
from network_site.base.models import NetworkImage
from network_site.demo.directory import Directory
from network_site.demo.tree import Tree, read
from network_site.history.models import Era, Theme, TiedPublication, TimelineEvent, TimelinePage
from research_db.models import Publication

PLAIN = (
    "slug",
    "title",
    "summary",
    "precision",
    "is_circa",
    "is_milestone",
    "is_sold_out",
    "is_around_us",
    "delegates",
    "delegates_words",
    "live",
)


@transaction.atomic
def make_history(tree: Tree, directory: Directory) -> TimelinePage:
    """Tell the whole history; the conferences, publications and pages it names are there already.

    Returns:
        The page, which is also put into the tree as "history".
    """
    content = read("history.json")
    for spec in content["eras"]:
        Era.objects.create(**spec)
    for spec in content["themes"]:
        Theme.objects.create(**spec)
    for spec in content["moments"]:
        write_moment(spec, tree, directory).save_revision().publish()
    page = tree["home"].add_child(instance=TimelinePage(slug="history", **content["page"]))
    page.save_revision().publish()
    tree["history"] = page
    return page


def write_moment(spec: dict[str, Any], tree: Tree, directory: Directory) -> TimelineEvent:
    """A moment of an era and themes that exist; a draft if it says that it is not `live`."""
    moment = TimelineEvent(
        **{name: spec[name] for name in PLAIN if name in spec},
        starts_on=date.fromisoformat(spec["date"]),
        ends_on=date.fromisoformat(spec["end_date"]) if "end_date" in spec else None,
        when_words=spec.get("when", ""),
        era=Era.objects.get(slug=spec["era"]),
        conference=Conference.objects.filter(slug=spec.get("conference", "")).first(),
        image=NetworkImage.objects.filter(title__iexact=spec["picture"]).first() if "picture" in spec else None,
        links=json.dumps([_link(link, tree) for link in spec.get("links", [])]),
    )
    moment.themes = list(Theme.objects.filter(slug__in=spec["themes"]))
    moment.people = [directory.people[name] for name in spec.get("people", [])]
    moment.tied_publications = _tied(spec.get("publications", []))
    moment.save()
    return moment


def _tied(codes: list[str]) -> list[TiedPublication]:
    """Ties to the publications with these codes."""
    known = {one.code: one for one in Publication.objects.filter(code__in=codes)}
    return [TiedPublication(publication=known[code], sort_order=place) for place, code in enumerate(codes)]


def _link(link: dict[str, str], tree: Tree) -> dict[str, Any]:
    """A link as a stream holds it; "@page:about" is a page of the tree."""
    page = tree[link["page"].removeprefix("@page:")].pk if "page" in link else None
    return {"type": "link", "value": {"text": link["text"], "page": page, "url": link.get("url", "")}}
