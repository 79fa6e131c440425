"""News in the search: what is public, with its authors and topics, and nothing else."""

from network_site.news.models import NewsPage
from network_site.news.reading import reading_of
from network_site.people.models import Person
from network_site.search import kinds
from tests.news.conftest import Write, text


def test_an_article_is_found_by_its_words_its_authors_and_its_topics(write: Write) -> None:
    ada = Person.objects.create(name="Ada Weaver")
    page = write("The wool", "2026-11-05", topics=("Evidence",), authors=(ada,), body=text("<p>About kettles.</p>"))
    draft = write("Secret", live=False)
    kind = kinds.named("news")
    assert kind is not None
    assert set(kind.stamps()) == {str(page.pk)}
    (found,) = kind.documents([str(page.pk), str(draft.pk)])
    assert (found.title, found.url, found.line) == ("The wool", "/news/the-wool/", "5 November 2026")
    assert found.published_on == page.published_on
    assert set(found.facts) == {"Ada Weaver", "Evidence"}
    assert "About kettles." in found.text
    assert NewsPage in kind.claims


def test_an_article_that_is_nowhere_yet_has_no_neighbours(write: Write) -> None:
    write("Another")
    reading = reading_of(NewsPage(title="New", lead="New."))
    assert (reading.earlier, reading.later, reading.related) == (None, None, ())
