"""Courses and resources of the demonstration."""

import json
from datetime import UTC, date, datetime
from typing import Any

from django.utils.text import slugify

from network_site.base.models import NetworkDocument
from network_site.demo.directory import Directory
from network_site.demo.news import topic_named
from network_site.demo.papers import make_paper
from network_site.demo.tree import Tree, read
from network_site.learning.models import Audience, CoursePage, LearningIndexPage, LearningPage, ResourcePage

ADDED_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def make_learning(tree: Tree, directory: Directory) -> LearningIndexPage:
    """Make the shelf and what stands on it; adds it and each course to the tree by slug."""
    content = read("learning.json")
    index = tree["home"].add_child(
        instance=LearningIndexPage(
            slug="courses-and-resources",
            **{name: content[name] for name in ("title", "intro", "summary")},
            show_in_menus=True,
        )
    )
    tree["courses-and-resources"] = index
    for place, name in enumerate(content["audiences"]):
        Audience.objects.create(name=name, slug=slugify(name), sort_order=place)
    for facts in content["courses"]:
        tree[facts["slug"]] = _put(CoursePage, facts, index, directory)
    for facts in content["resources"]:
        own = {
            "document": _document(facts.get("document", ""), content["document"]),
            "course": tree.get(facts.get("course", "")),
        }
        _put(ResourcePage, {**facts, **own}, index, directory)
    return index


def _put(
    model: type[LearningPage], facts: dict[str, Any], index: LearningIndexPage, directory: Directory
) -> LearningPage:
    """One page on the shelf."""
    facts = dict(facts)
    topics, audiences = facts.pop("topics"), facts.pop("audiences")
    facts["body"] = json.dumps(facts["body"])
    facts["provider"] = directory.organisations.get(facts.get("provider", ""))
    for name in ("next_start_on", "review_on"):
        facts[name] = date.fromisoformat(facts[name]) if name in facts else None
    if model is ResourcePage:
        del facts["next_start_on"]
    page: LearningPage = index.add_child(instance=model(**facts, first_published_at=ADDED_AT))
    page.topics.set([topic_named(name) for name in topics])
    page.audiences.set(Audience.objects.filter(name__in=audiences))
    page.save_revision().publish()
    return page


def _document(name: str, lines: list[str]) -> NetworkDocument | None:
    return make_paper(name, title=lines[0], lines=lines[1:]) if name else None
