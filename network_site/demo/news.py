"""News of the demonstration."""

import json
from datetime import date
from typing import Any

from wagtail.models import Page

from network_site.base.models import NetworkImage, Topic
from network_site.demo.directory import Directory
from network_site.demo.tree import Tree, read
from network_site.news.models import Authorship, NewsIndexPage, NewsPage
from network_site.people.models import Person


def make_news(tree: Tree, directory: Directory) -> NewsIndexPage:
    """Make the list of news and its articles, the oldest first; adds the list to the tree as "news"."""
    content = read("news.json")
    index = tree["home"].add_child(
        instance=NewsIndexPage(
            slug="news", **{name: content[name] for name in ("title", "intro", "summary")}, show_in_menus=True
        )
    )
    tree["news"] = index
    for facts in content["authors"]:
        directory.people[facts["name"]] = Person.objects.create(sort_order=99, **facts)
    for facts in reversed(content["articles"]):
        write_article(facts, index, directory).save_revision().publish()
    return index


def write_article(facts: dict[str, Any], index: Page, directory: Directory) -> NewsPage:
    """An article on the list; a draft if it says that it is not `live`."""
    facts = dict(facts)
    topics, authors, related = (facts.pop(name) for name in ("topics", "authors", "related"))
    page = NewsPage(
        **{
            **facts,
            "published_on": date.fromisoformat(facts["published_on"]),
            "picture": NetworkImage.objects.filter(title=facts.get("picture")).first(),
            "body": json.dumps(facts["body"]),
            "related": json.dumps(_pages(related)),
        }
    )
    page.authorships = [
        Authorship(person=directory.people[name], sort_order=place) for place, name in enumerate(authors)
    ]
    index.add_child(instance=page)
    page.topics.set([topic_named(name) for name in topics])
    return page


def _pages(slugs: list[str]) -> list[dict[str, Any]]:
    """Pages to read on, as a stream; what the demonstration does not have is left out."""
    found = dict(Page.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    return [{"type": "page", "value": found[slug]} for slug in slugs if slug in found]


def topic_named(name: str) -> Topic:
    """The topic, made when it is first spoken of."""
    return Topic.objects.get_or_create(name=name, defaults={"slug": name.lower().replace(" ", "-")})[0]
