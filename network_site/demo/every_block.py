"""A page of the demonstration with every block an editor can use."""

import json
from typing import Any

from network_site.base.models import NetworkImage
from network_site.demo.directory import Directory
from network_site.demo.papers import make_paper
from network_site.demo.tree import Tree, finder, read, resolved
from network_site.pages.callouts import Callout
from network_site.pages.models import StandardPage

SLUG = "every-block"
PAPER = ["It has a title and these words, and it was set by the site itself.", "Made up for the demonstration."]


def make_every_block(tree: Tree, directory: Directory, pictures: dict[str, NetworkImage]) -> StandardPage:
    """Make the page below "About", with a document and a callout to show."""
    content: dict[str, Any] = read("pages/every_block.json")
    shelves: dict[str, dict[str, Any]] = {
        "page": tree,
        "person": directory.people,
        "organisation": directory.organisations,
        "picture": pictures,
        "document": {"sample": make_paper("sample", title="A sample document", lines=PAPER)},
        "callout": {"help": _callout()},
    }
    page = StandardPage(slug=SLUG, **{key: value for key, value in content.items() if key != "body"})
    page.body = json.dumps(resolved(content["body"], finder(shelves)))
    tree["about"].add_child(instance=page)
    page.save_revision().publish()
    return page


def _callout() -> Callout:
    return Callout.objects.create(
        name="Help now",
        tone=Callout.Tone.WARN,
        heading="If you need help now",
        text="<p>Call <b>999</b> in an emergency, or Samaritans on <b>116 123</b> at any hour.</p>",
    )
