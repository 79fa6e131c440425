"""What a record's page offers to take away: citations, files, and signposts for programs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from research_db.citing import Style
from research_db.citing import citing as making
from research_db.domain import citations
from research_db.domain.citations import STYLES, citing_of
from research_db.domain.telling import licence_address
from research_db.models import Contribution, Identifier, Notice, Publication
from tests.pages.reading import Html
from tests.research_db.records.conftest import Make, full, make

__all__ = ["full", "make"]  # fixtures
LINK = re.compile(r'<([^>]*)>; rel="([\w-]+)"(?:; type="([^"]+)")?')
SHOWN = re.compile(r'<p\s+class="cite__text"[^>]*>\s*(.*?)\s*</p>', re.DOTALL)


def page_of(client: Client, record: Publication, question: str = "") -> Html:
    response = client.get(record.get_absolute_url() + question)
    assert response.status_code == 200
    return Html(response.content.decode())


# --- Citing ---------------------------------------------------------------------------------------------

CITED = {
    "": "Name0, A., &amp; Name1, A. (2021). Company on prescription. <i>Journal of Invented Examples</i>",
    "?cite=harvard": "Name0, A. and Name1, A. (2021) ‘Company on prescription’",
    "?cite=ama": "Name0 A, Name1 A. Company on prescription.",
    "?cite=vancouver": "Name0 A, Name1 A. Company on prescription.",
    "?cite=latin": "Name0, A., &amp; Name1, A. (2021).",
}


@pytest.mark.parametrize(("question", "begins"), CITED.items())
def test_it_is_cited_in_the_style_that_is_asked_for(
    client: Client, full: Publication, question: str, begins: str
) -> None:
    html = page_of(client, full, question)
    (shown,) = SHOWN.findall(html)
    assert shown.startswith(Html(begins))
    cite = html[html.index('id="cite"') : html.index('id="files"')]
    assert cite.count('aria-current="true"') == 1
    assert cite.count("#cite") == len(STYLES)


def test_every_style_has_its_address(full: Publication) -> None:
    for name, style in STYLES.items():
        citing = citing_of(full, name)
        (chosen,) = [one for one in citing.choices if one.is_chosen]
        assert citing.style == style.label
        assert style.label.startswith(chosen.label)
    assert set(STYLES.values()) == set(Style)


def test_a_record_that_cannot_be_cited_has_a_page(
    client: Client, full: Publication, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_records: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setattr(citations, "cite", fails)
    html = page_of(client, full)
    assert "We could not write this citation." in html
    assert SHOWN.findall(html) == []
    assert f"The record {full.code} could not be cited as apa" in caplog.text


@pytest.mark.parametrize("facts", [{"title": "<i>a</i> & “b” ]]>"}, {"year": None, "authors": 0}, {"title": "?"}])
def test_odd_records_are_cited_safely(client: Client, make: Make, facts: dict[str, Any]) -> None:
    for name in STYLES:
        (shown,) = SHOWN.findall(page_of(client, make(**facts), f"?cite={name}"))
        assert not set(re.findall(r"<[^>]*>", shown)) - {"<i>", "</i>"}
        assert shown


def test_a_retracted_record_says_so_where_it_is_cited(client: Client, full: Publication) -> None:
    said = "This was retracted. Cite it only where you say so."
    assert said not in page_of(client, full)
    Notice.objects.create(publication=full, kind="retraction")
    assert said in page_of(client, full)


def test_a_citation_is_made_once_and_follows_every_change(full: Publication) -> None:
    making._cited.cache_clear()
    first = citing_of(full, "apa").citation
    again = citing_of(Publication.objects.get(pk=full.pk), "apa").citation
    assert first == again
    assert making._cited.cache_info().hits == 1
    Contribution.objects.filter(publication=full, sort_order=0).update(family="Okafor")
    changed = citing_of(Publication.objects.get(pk=full.pk), "apa").citation
    assert changed is not None
    assert changed.text.startswith("Okafor, A.")


@pytest.mark.parametrize("authors", [1, 3, 30])
def test_citing_asks_the_database_nothing(
    client: Client, make: Make, django_assert_num_queries: Callable[..., Any], authors: int
) -> None:
    one = Publication.objects.select_related("source").get(pk=make(authors=authors).pk)
    facts = citations.reading_of(one)
    assert (len(facts.contributions), facts.identifiers) == (authors, [])
    with django_assert_num_queries(0):
        assert citing_of(one, "apa").citation


# --- Signposts ------------------------------------------------------------------------------------------


def links(client: Client, record: Publication) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    header = client.get(record.get_absolute_url()).headers["Link"]
    for target, relation, media_type in LINK.findall(header):
        found.setdefault(relation, []).append((target, media_type))
    return found


def test_signposts(client: Client, full: Publication) -> None:
    found = links(client, full)
    assert found["cite-as"] == [("https://doi.org/10.5555/spn.1", "")]
    assert found["type"] == [("https://schema.org/AboutPage", ""), ("https://schema.org/ScholarlyArticle", "")]
    assert found["author"] == [("https://orcid.org/0000-0002-1825-0097", "")]
    assert found["license"] == [("https://creativecommons.org/licenses/by/4.0/", "")]
    for target, media_type in found["describedby"]:
        file = client.get(target.removeprefix("http://testserver").removeprefix("http://localhost:8000"))
        assert file.headers["Content-Type"].partition(";")[0] == media_type
    assert len(found["describedby"]) == 5


def test_signposts_of_next_to_nothing(client: Client, make: Make) -> None:
    one = make(kind="video")
    found = links(client, one)
    assert found["cite-as"][0][0].endswith(one.get_absolute_url())
    assert found["type"][1] == ("https://schema.org/VideoObject", "")
    assert {"author", "license"}.isdisjoint(found)


def test_a_number_with_signs_breaks_no_header(client: Client, make: Make) -> None:
    one = make()
    Identifier.objects.create(publication=one, scheme="doi", value="10.1002/(sici)1<a>\r\nx: y;2-#é")
    assert links(client, one)["cite-as"] == [("https://doi.org/10.1002/(sici)1%3Ca%3E%0D%0Ax:%20y;2-%23%C3%A9", "")]


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-nd-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("CC BY-SA 3.0 Unported", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("Creative Commons BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        (" https://example.org/terms ", "https://example.org/terms"),
        ("Open Government Licence", ""),
        ("CC BY", ""),
        ("", ""),
    ],
)
def test_licences_that_can_be_read_somewhere(licence: str, address: str) -> None:
    assert licence_address(licence) == address
