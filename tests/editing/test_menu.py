"""The menu as a page of links, for browsers without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.admin.ui.sidebar import ActionMenuItem, LinkMenuItem, SubMenuItem

from network_site.editing.menu import parts
from network_site.people.models import User
from network_site.people.roles import RESEARCH_EDITORS
from tests.editing.conftest import member, said

MENU = "/admin/menu/"


def links(page: str) -> list[str]:
    return re.findall('<a href="([^"]+)"', page.partition("<section")[2].partition("<form")[0])


def test_what_stands_in_no_part_comes_first_and_only_links_are_shown() -> None:
    def link(name: str, url: str = "/x/") -> LinkMenuItem:
        return LinkMenuItem(name, name, url)

    items = [
        SubMenuItem("a", "A", [link("one"), SubMenuItem("b", "B", [link("two")])]),
        link("three"),
        SubMenuItem("c", "C", [link("shortcuts", "#"), ActionMenuItem("out", "out", "/out/")]),
        link("four"),
    ]
    told = [(part.label, [one.label for one in part.links]) for part in parts(items)]
    assert told == [("", ["three", "four"]), ("A", ["one", "two"])]


def test_every_link_of_an_editors_menu_opens(desk: Client) -> None:
    found = links(said(desk.get(MENU)))
    assert reverse("wagtailimages:index") in found
    assert {url: desk.get(url, follow=True).status_code for url in found} == dict.fromkeys(found, 200)


def test_each_sees_what_they_may_open(author: User, as_user: Callable[[User], Client], home: Any) -> None:
    duplicates = reverse("research_duplicates:index")
    boss = as_user(member("rita@example.org", RESEARCH_EDITORS))
    assert duplicates in links(said(boss.get(MENU)))
    assert duplicates not in links(said(as_user(author).get(MENU)))


def test_only_staff_see_it_and_every_screen_leads_to_it(desk: Client, db: None) -> None:
    answer = Client().get(MENU)
    assert (answer.status_code, "login" in answer["Location"]) == (302, True)
    assert re.search(f'<noscript>.{{0,40}}<a href="{MENU}">', said(desk.get("/admin/")))


def test_one_logs_out_from_there(desk: Client) -> None:
    address = re.search('<form method="post" action="([^"]+)"', said(desk.get(MENU)))
    assert address
    desk.post(address[1])
    assert desk.get("/admin/").status_code == 302
