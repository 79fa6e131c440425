"""Which page may stand where."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from events.models import ConferenceIndexPage
from network_site.pages.models import ExplainerPage, HomePage, PeoplePage, StandardPage

OURS = {HomePage, StandardPage, ExplainerPage, PeoplePage}


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        (StandardPage, {StandardPage, ExplainerPage}),
        (ExplainerPage, set()),
        (PeoplePage, set()),
    ],
)
def test_what_may_stand_under_a_page(parent: type[Page], children: set[type[Page]]) -> None:
    assert set(parent.allowed_subpage_models()) == children


def test_rooms_put_their_pages_under_home_by_themselves() -> None:
    assert {StandardPage, ExplainerPage, PeoplePage, ConferenceIndexPage} <= set(HomePage.creatable_subpage_models())
    assert HomePage not in HomePage.creatable_subpage_models()


def test_only_the_home_page_stands_at_the_root() -> None:
    assert OURS & set(Page.allowed_subpage_models()) == {HomePage}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [HomePage, PeoplePage])
def test_there_is_one_of_each(kind: type[Page], home: HomePage) -> None:
    if kind is PeoplePage:
        assert PeoplePage.can_create_at(home)
        home.add_child(instance=PeoplePage(title="People"))
        assert not PeoplePage.can_create_at(home)
    else:
        assert not HomePage.can_create_at(Page.objects.get(depth=1))


@pytest.mark.django_db
def test_every_kind_of_page_has_a_name_editors_understand() -> None:
    names = {kind: str(ContentType.objects.get_for_model(kind).model_class()._meta.verbose_name) for kind in OURS}
    assert len(set(names.values())) == len(OURS)
    assert names[StandardPage] == "page"
