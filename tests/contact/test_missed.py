"""Addresses asked for in vain are counted by path alone, within bounds, and become redirects."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from network_site.contact import middleware
from network_site.contact.domain import missed
from network_site.contact.domain.missed import is_worth_counting, note
from network_site.contact.models import MissedAddress
from network_site.pages.models import StandardPage
from tests.contact.conftest import PERMISSIONS, with_rights

TODAY = date(2027, 1, 4)
OURS = "network_site.contact.middleware.MissedAddresses"
REDIRECTS = "wagtail.contrib.redirects.middleware.RedirectMiddleware"


@pytest.fixture(autouse=True)
def _counting(settings: Any) -> None:
    """The middleware where it belongs: above that of redirects, once."""
    others = [name for name in settings.MIDDLEWARE if name != OURS]
    at = others.index(REDIRECTS)
    settings.MIDDLEWARE = [*others[:at], OURS, *others[at:]]


def counted() -> dict[str, int]:
    return dict(MissedAddress.objects.values_list("path", "times"))


@pytest.mark.parametrize(
    "path",
    [
        "/old-page/",
        "/news/2019/what-is-social-prescribing-and-who-pays/",
        "/conference-2019-in-westminster/",
        "/caf%C3%A9/",
        "/café/",
        "/",
    ],
)
def test_what_a_person_may_have_asked_for(path: str) -> None:
    assert is_worth_counting(path)


@pytest.mark.parametrize(
    "path",
    [
        "/wp-login.php",
        "/blog/wp-admin/",
        "/.env",
        "/.git/config",
        "/cgi-bin/luci",
        "/favicon.png",
        "/feed.xml",
        "/backup.zip",
        "/admin/secret/",
        "/orders/ABC346/abcdefghijklmnopqrstuv/",
        "/places/abcdefghijklmnopqrstuv/",
        "/media/x",
        "/hello/ada@example.org/",
        "/hello/ada%40example.org/",
        "/x/abcDEF123456ghiJKL7890/",
        "/x/\x00",
        "/x/\n",
        "/x/\ufffd",
        "/" + "a" * 255,
    ],
)
def test_what_machines_ask_for_or_says_who_somebody_is(path: str) -> None:
    assert not is_worth_counting(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_any_path_can_be_asked_about(path: str) -> None:
    assert is_worth_counting(path) in {True, False}


@pytest.mark.django_db
def test_a_visit_is_counted_by_day_and_path(client: Client, about: StandardPage) -> None:
    for path in ("/old/", "/old", "/old/?who=ada&x=1", "/other/", "/about/"):
        client.get(path, follow=True)
    assert counted() == {"/old": 3, "/other": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["head", "post", "put"])
def test_only_reading_counts(client: Client, about: StandardPage, method: str) -> None:
    getattr(client, method)("/old/")
    assert counted() == {}


@pytest.mark.django_db
def test_what_a_redirect_catches_is_not_missed(client: Client, about: StandardPage) -> None:
    Redirect.add_redirect("/old/", about)
    assert client.get("/old/").status_code == 301
    assert counted() == {}


@pytest.mark.django_db
def test_the_answer_comes_whatever_becomes_of_the_counting(
    client: Client, about: StandardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(path: str, *, today: date) -> bool:
        raise OperationalError("gone")

    monkeypatch.setattr(middleware, "note", away)
    assert client.get("/old/").status_code == 404


@pytest.mark.django_db
def test_a_machine_cannot_fill_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed, "MOST_A_DAY", 3)
    assert [note(f"/page-{number}/", today=TODAY) for number in range(5)] == [True] * 3 + [False] * 2
    assert note("/page-0/", today=TODAY), "what is known is counted on"
    assert note("/page-4/", today=TODAY + timedelta(days=1)), "tomorrow there is room again"
    assert MissedAddress.objects.count() == 4


@pytest.mark.django_db
def test_a_flood_does_not_keep_the_database_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed, "MOST_A_MINUTE", 2)
    assert [note("/page/", today=TODAY) for _ in range(4)] == [True, True, False, False]
    assert counted() == {"/page": 2}


# --- the report ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_report_adds_the_days_and_leads_to_the_form(desk: Client, about: StandardPage) -> None:
    for days, times in ((0, 2), (1, 5)):
        MissedAddress.objects.create(path="/old & <new>", asked_on=TODAY - timedelta(days=days), times=times)
    MissedAddress.objects.create(path="/rare", asked_on=TODAY)
    words = desk.get("/admin/asked-for-in-vain/").content.decode()
    assert words.index("/old &amp; &lt;new&gt;") < words.index("/rare")
    assert "/admin/asked-for-in-vain/redirect/?old_path=%2Fold+%26+%3Cnew%3E" in words
    form = desk.get("/admin/asked-for-in-vain/redirect/?old_path=%2Fold+%26+%3Cnew%3E").content.decode()
    assert 'value="/old &amp; &lt;new&gt;"' in form


@pytest.mark.django_db
def test_a_redirect_made_there_works_and_the_address_is_no_longer_missed(
    desk: Client, client: Client, about: StandardPage
) -> None:
    client.get("/old/")
    facts = {"old_path": "/old", "redirect_page": about.pk, "is_permanent": "on", "site": "", "redirect_link": ""}
    response = desk.post("/admin/asked-for-in-vain/redirect/", facts)
    assert (response.status_code, response["Location"]) == (302, "/admin/asked-for-in-vain/")
    assert counted() == {}
    assert client.get("/old/")["Location"] == "/about/"


@pytest.mark.django_db
def test_the_spreadsheet_runs_nothing(desk: Client) -> None:
    MissedAddress.objects.create(path="=cmd()", asked_on=TODAY)
    body = b"".join(desk.get("/admin/asked-for-in-vain/?export=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=cmd()" in body


@pytest.mark.django_db
def test_who_may_not_make_redirects_sees_the_list_only() -> None:
    rights = [name for name in PERMISSIONS if not name.startswith("wagtailredirects.")]
    client = Client()
    client.force_login(with_rights("reader@example.org", *rights))
    MissedAddress.objects.create(path="/old", asked_on=TODAY)
    words = client.get("/admin/asked-for-in-vain/").content.decode()
    assert "/old" in words
    assert "redirect/?old_path" not in words
    assert client.get("/admin/asked-for-in-vain/redirect/").status_code == 302
