"""What editors of the demonstration put first in the search."""

from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from network_site.demo.tree import Tree

FIRST = {
    "social prescribing": ("what-is-social-prescribing", "What it is, whom it helps and what a link worker does."),
    "tickets": ("conferences", "The next conference, and how to book."),
}


def make_promotions(tree: Tree) -> None:
    """Put a page first for some words."""
    for words, (slug, why) in FIRST.items():
        SearchPromotion.objects.create(query=Query.get(words), page=tree[slug], description=why)
