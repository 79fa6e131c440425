"""Forms without a token are taken from this site's pages and refused from others'."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from network_site.base.same_origin import same_origin


@same_origin
def order(request: HttpRequest, *, number: int) -> HttpResponse:
    """A form anybody may send."""
    return HttpResponse(f"{request.method} {number}")


urlpatterns = [path("order/<int:number>/", order)]
HERE = "http://testserver"
pytestmark = pytest.mark.urls(__name__)


def post(**headers: str) -> HttpResponse:
    return Client(enforce_csrf_checks=True).post("/order/2/", headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
        {"origin": HERE},
    ],
)
def test_our_own_form_is_taken_without_a_token(headers: dict[str, str]) -> None:
    answer = post(**headers)
    assert (answer.status_code, answer.content) == (200, b"POST 2")
    assert not answer.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": HERE},
        {"sec-fetch-site": ""},
        {"origin": "https://elsewhere.example"},
        {"origin": "http://testserver.elsewhere.example"},
        {"origin": "http://testserver:8001"},
        {"origin": "null"},
    ],
)
@pytest.mark.django_db
def test_another_sites_form_is_refused_with_a_page(headers: dict[str, str]) -> None:
    answer = post(**headers)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "This form came from another site" in page
    assert "Nothing was sent, changed or booked." in page
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


@override_settings(CSRF_TRUSTED_ORIGINS=["https://booking.example.org"])
def test_a_trusted_origin_may_send() -> None:
    assert post(**{"sec-fetch-site": "cross-site", "origin": "https://booking.example.org"}).status_code == 200


def test_reading_is_open_to_links_from_anywhere() -> None:
    request = RequestFactory().get("/order/2/", headers={"sec-fetch-site": "cross-site"})
    assert order(request, number=2).content == b"GET 2"


def test_the_view_keeps_its_name() -> None:
    assert (order.__name__, order.__doc__) == ("order", "A form anybody may send.")
