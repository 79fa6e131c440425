"""The pages of the tree as search engines know them, and the pictures they are shared with."""

from dataclasses import replace

from django.utils.translation import gettext as _

from network_site.pages.models import ExplainerPage, HomePage
from network_site.sharing import cards, pictures
from network_site.sharing.cards import Card
from network_site.sharing.shared import Shared, page, tells
from network_site.sharing.structured import Node, article, describes


@tells(ExplainerPage)
def explainer(explainer_page: ExplainerPage) -> Shared:
    """Something to read from beginning to end."""
    return replace(page(explainer_page), kind="article")


@describes(ExplainerPage)
def explained(explainer_page: ExplainerPage, told: Shared) -> list[Node]:
    """An article by the network."""
    return [article(told, picture=pictures.picture(explainer_page, told).url)]


@tells(HomePage)
def home(home_page: HomePage) -> Shared:
    """The first page: its lead says what we do where nobody summed it up."""
    told = page(home_page)
    return replace(told, description=home_page.description or home_page.lead or told.description)


@cards.drawn(HomePage)
def home_card(home_page: HomePage) -> Card:
    """What we say first."""
    return Card(title=home_page.headline, mark="bight")


@cards.drawn(ExplainerPage)
def guide_card(explainer_page: ExplainerPage) -> Card:
    """A guide: three turns that hold."""
    return Card(title=str(explainer_page.title), tag=_("Guide"), lead=explainer_page.summary, mark="knot")
