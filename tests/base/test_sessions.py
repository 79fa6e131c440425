"""A cookie of rubbish is a visitor without a session, on every database."""

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from network_site.people.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("value", ["\0" * 32, "a" * 20 + "\0", "é" * 32, "x" * 5000, "", "'; --", "a b c d e f g h"])
def test_rubbish_is_nobody(client: Client, value: str) -> None:
    client.cookies["sessionid"] = value
    assert client.get(reverse("research:suggest")).status_code == 200
    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/admin/").status_code == 302


def test_a_session_of_ours_is_somebody(client: Client) -> None:
    client.force_login(User.objects.create_user("somebody@example.org", name="Somebody"))
    response = client.get("/accounts/login/")
    request: HttpRequest = response.wsgi_request
    assert request.user.is_authenticated
