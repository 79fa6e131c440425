"""The short way to a conference's page leads where the tree leads."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Conference, ConferencePage

Publish = Callable[[Conference], ConferencePage]


def status(client: Client, path: str) -> int:
    return client.get(path).status_code


def test_a_published_page_is_found(client: Client, publish: Publish, conference: Conference) -> None:
    publish(conference)
    assert status(client, "/conferences/closer/") == 200


def test_a_page_taken_back_is_not(client: Client, publish: Publish, conference: Conference) -> None:
    publish(conference).unpublish()
    assert status(client, "/conferences/closer/") == 404


@pytest.mark.parametrize("path", ["/conferences/further/", "/conferences/closer/deeper/", "/closer/"])
def test_nothing_is_found_beside_it(client: Client, publish: Publish, conference: Conference, path: str) -> None:
    publish(conference)
    assert status(client, path) == 404


def test_a_page_that_moved_away_leads_to_where_it_is(client: Client, publish: Publish, conference: Conference) -> None:
    page = publish(conference)
    page.move(page.get_site().root_page, pos="last-child")
    answer = client.get("/conferences/closer/")
    assert (answer.status_code, answer["Location"]) == (301, "/closer/")
