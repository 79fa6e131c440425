"""Courses and resources in the search."""

import pytest

from network_site.learning.beside import beside
from network_site.learning.models import CoursePage, LearningPage, ResourcePage
from network_site.people.models import Organisation
from network_site.search import kinds
from tests.learning.conftest import Put


def test_they_are_found_by_who_made_them_what_they_are_about_and_for_whom(put: Put) -> None:
    mill = Organisation.objects.create(name="The Mill")
    course = put("A course", provider=mill, topics=("Wool",), audiences=("GPs",), is_free=False, cost="£5")
    film = put("A film", "film")
    put("Secret", live=False)
    kind = kinds.named("learning")
    assert kind is not None
    assert set(kind.stamps()) == {str(course.pk), str(film.pk)}
    found = {document.title: document for document in kind.documents(kind.stamps())}
    assert found["A course"].line == "Course, The Mill, £5"
    assert set(found["A course"].facts) == {"The Mill", "Wool", "GPs"}
    assert found["A film"].line == "Film, Free"
    assert kind.claims == (CoursePage, ResourcePage)


@pytest.mark.django_db
def test_a_page_on_no_shelf_yet_stands_alone() -> None:
    page: LearningPage = CoursePage(title="New", lead="New.", address="https://example.org/")
    around = beside(page)
    assert around.item.title == "New"
    assert (around.box, around.from_it, around.others) == (None, (), ())


def test_a_draft_that_is_previewed_says_what_the_draft_says(put: Put) -> None:
    page = put("A course")
    page.title = "Another title"
    assert beside(page).item.title == "A course"
    assert beside(page, is_draft=True).item.title == "Another title"
