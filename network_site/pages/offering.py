"""What the tree of pages offers to the home page: its newest explainers."""

from collections.abc import Sequence

from django.utils import timezone

from network_site.base.offers import Writing, newest_writing
from network_site.pages.models import ExplainerPage


@newest_writing.add("pages")
def newest_explainers(most: int) -> Sequence[Writing]:
    """Explainers anybody may read, the last published first."""
    found = ExplainerPage.readable().exclude(first_published_at=None)
    return [_writing(page) for page in found.order_by("-first_published_at")[:most]]


def _writing(page: ExplainerPage) -> Writing:
    return Writing(
        published_on=timezone.localdate(page.first_published_at),
        url=str(page.url or ""),
        title=str(page.title),
        text=page.summary,
        kind="guide",
    )
