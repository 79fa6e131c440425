"""A site with a history page, and a reader without a session."""

from collections.abc import Callable

import pytest
from django.test import Client

from network_site.history.models import TimelinePage
from network_site.pages.models import HomePage
from tests.factories.history import make_history_page
from tests.pages.reading import Html


@pytest.fixture
def page(home: HomePage) -> TimelinePage:
    return make_history_page(home, intro="From two founders to many.")


@pytest.fixture
def read(page: TimelinePage, client: Client) -> Callable[..., Html]:
    """The history page for a question such as "?theme=research"."""

    def get(question: str = "") -> Html:
        response = client.get(f"/history/{question}")
        assert response.status_code == 200
        return Html(response.content.decode())

    return get
