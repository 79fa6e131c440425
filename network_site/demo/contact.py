"""The demonstration's contact page: what one can write about, a few messages, and what readers thought of pages."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from network_site.contact.domain.messages import Words, receive
from network_site.contact.models import ContactPage, ContactTopic, Opinion
from network_site.demo.tree import Tree, read


def make_contact(tree: Tree, *, now: datetime) -> ContactPage:
    """Make the page, its topics, and what visitors told us before `now`; the tree gets it as "contact"."""
    content = read("contact.json")
    facts = {**content["page"], "ways": json.dumps(content["page"]["ways"])}
    page: ContactPage = tree["home"].add_child(instance=ContactPage(**facts))
    page.save_revision().publish()
    tree["contact"] = page
    topics = {topic.label: topic for topic in _topics(content["topics"], tree)}
    for message in content["messages"]:
        _message(message, topics, now=now)
    for about in content["opinions"]:
        _opinions(about, tree, now=now)
    return page


def _topics(rows: list[dict[str, Any]], tree: Tree) -> list[ContactTopic]:
    made = []
    for number, row in enumerate(rows):
        facts = {key: value for key, value in row.items() if key not in {"help", "group"}}
        group = Group.objects.get_or_create(name=row["group"])[0] if "group" in row else None
        made.append(
            ContactTopic.objects.create(**facts, group=group, help_page=tree.get(row["help"]), sort_order=number)
        )
    return made


def _message(row: dict[str, Any], topics: dict[str, ContactTopic], *, now: datetime) -> None:
    words = Words(**{name: row[name] for name in ("name", "email", "organisation", "text")})
    at = now - timedelta(hours=row["hours_ago"])
    receive(words, form="demonstration", topic=topics[row["topic"]], signs=row.get("signs", ()), now=at)


def _opinions(row: dict[str, Any], tree: Tree, *, now: datetime) -> None:
    """One answer a day, the sentences first."""
    today = timezone.localdate(now)
    answers = [False] * row["no"] + [True] * row["yes"]
    comments = [*row["comments"], *[""] * len(answers)]
    Opinion.objects.bulk_create(
        Opinion(page=tree[row["page"]], given_on=today - timedelta(days=day), is_useful=is_useful, comment=comment)
        for day, (is_useful, comment) in enumerate(zip(answers, comments, strict=False))
    )
