"""The demonstration's menu and footer."""

import json
from typing import Any

from wagtail.models import Site

from network_site.demo.tree import Tree
from network_site.ui.models import Footer, Navigation

MENU = (
    ("What is it?", "what-is-social-prescribing"),
    ("Research", "research"),
    ("History", "history"),
    ("Conferences", "conferences"),
    ("Courses", "courses-and-resources"),
    ("News", "news"),
    ("About", "about"),
)
COLUMNS = (
    (
        "The network",
        (
            ("About us", "about"),
            ("Our people", "people"),
            ("Our partners", "/partners/"),
            ("Our history", "history"),
        ),
    ),
    (
        "Read and learn",
        (
            ("What is social prescribing?", "what-is-social-prescribing"),
            ("Courses and resources", "courses-and-resources"),
            ("News", "news"),
        ),
    ),
    (
        "Take part",
        (
            ("Book a conference", "conferences"),
            ("Write to us", "contact"),
        ),
    ),
    ("Small print", (("Accessibility", "accessibility"), ("Privacy", "privacy"))),
)
SMALL_PRINT = "The Social Prescribing Network, since October 2015."


def make_menus(tree: Tree) -> None:
    """Put the menu and the footer in place."""
    site = Site.objects.get(is_default_site=True)
    navigation, footer = Navigation.for_site(site), Footer.for_site(site)
    navigation.items = json.dumps([{"type": "link", "value": _link(words, tree, slug)} for words, slug in MENU])
    navigation.save()
    footer.columns = json.dumps(
        [
            {
                "type": "column",
                "value": {"heading": heading, "links": [_link(words, tree, slug) for words, slug in links]},
            }
            for heading, links in COLUMNS
        ]
    )
    footer.small_print = SMALL_PRINT
    footer.save()


def _link(words: str, tree: Tree, slug: str) -> dict[str, Any]:
    """A link to a page of the tree, or to an address of ours that is no page."""
    page = tree.get(slug)
    return {"text": words, "page": page and page.pk, "url": "" if page else slug}
