"""The description and the answers are one: neither says what the other does not."""

import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

with warnings.catch_warnings():  # what it imports in turn minds newer names of one another
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.generation import GenerationMode

from research_db.models import Publication
from tests.research_db.api.conftest import DESCRIPTION, agrees

pytestmark = pytest.mark.django_db
PATHS = [
    "/api/v1/",
    "/api/v1/publications",
    "/api/v1/publications/{code}",
    "/api/v1/counts",
    "/api/v1/facets",
    "/api/v1/lists",
    "/api/v1/lists/{slug}",
]


@pytest.fixture
def application() -> Iterator[WSGIHandler]:
    """The site as servers have it, but for closing the connection that the test has open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", PATHS)
def test_schemathesis_finds_nothing(
    several: list[Publication], application: WSGIHandler, path: str, mode: GenerationMode
) -> None:
    """It asks what the description allows, or what it does not, and compares the answers with the description."""
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, application)
    if mode == GenerationMode.NEGATIVE and not schema[path]["GET"].query and "{" not in path:
        return  # there is nothing to ask wrongly

    @settings(max_examples=20, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(case=schema[path]["GET"].as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        case.call_and_validate()

    check()


def test_the_description_names_facets_terms_and_licence(several: list[Publication], client: Client) -> None:
    document = client.get(DESCRIPTION).json()
    assert document["openapi"] == "3.1.0"
    assert document["info"]["license"] == {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    search = {one["name"]: one["schema"] for one in document["paths"]["/api/v1/publications"]["get"]["parameters"]}
    assert search["design"]["items"]["enum"] == search["not.design"]["items"]["enum"] == ["pilot", "trial"]
    assert search["all"]["items"]["enum"] == ["kind", "population", "design"]
    assert "page" not in {one["name"] for one in document["paths"]["/api/v1/counts"]["get"]["parameters"]}


def test_a_wrong_answer_would_be_seen(several: list[Publication], client: Client) -> None:
    document, page = client.get(DESCRIPTION).json(), client.get("/api/v1/publications").json()
    assert agrees(document, "Page", page) == []
    del page["publications"][0]["is_retracted"]
    page["publications"][1]["colour"] = "red"
    assert len(agrees(document, "Page", page)) == 2
