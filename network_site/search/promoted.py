"""What editors put first for some words, in Wagtail's own admin."""

from dataclasses import dataclass

from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from network_site.search.of_pages import every_model, public


@dataclass(frozen=True)
class Promoted:
    """A suggestion of the editors."""

    url: str
    title: str
    text: str
    is_elsewhere: bool


def promoted(query: Query | None) -> list[Promoted]:
    """The suggestions for these words, in the editors' order; pages that not everybody may read are left out."""
    if query is None:
        return []
    picks = list(SearchPromotion.objects.filter(query=query).order_by("sort_order", "pk"))
    wanted = [pick.page_id for pick in picks if pick.page_id]
    pages = {page.pk: page for page in public(every_model()).filter(pk__in=wanted).specific()} if wanted else {}
    return [one for pick in picks if (one := _promoted(pick, pages))]


def _promoted(pick: SearchPromotion, pages: dict[int, object]) -> Promoted | None:
    if pick.page_id is None:
        return Promoted(pick.external_link_url, pick.external_link_text or "", pick.description, is_elsewhere=True)
    page = pages.get(pick.page_id)
    if page is None:
        return None
    text = pick.description or getattr(page, "summary", "")
    return Promoted(str(getattr(page, "url", "")), str(getattr(page, "title", "")), str(text), is_elsewhere=False)
