"""unAPI as its specification and Zotero's reader of it have it, and what pages say so that it is found."""

import re
from xml.etree import ElementTree as ET

import rispy
from django.test import Client

from research_db.models import Publication, ReadingList

MARKED = re.compile(r'<abbr class="unapi-id" title="([^"]+)"></abbr>')
SERVER = re.compile(r'<link\s+rel="unapi-server"\s+type="application/xml"\s+href="([^"]+)"')


def formats(content: bytes) -> dict[str, str]:
    return {one.attrib["name"]: one.attrib["type"] for one in ET.fromstring(content)}  # noqa: S314  # our own


FORMATS = {
    "ris": "application/x-research-info-systems",
    "bibtex": "application/x-bibtex",
    "csl": "application/vnd.citationstyles.csl+json",
}


def test_the_formats_there_are(client: Client, db: None) -> None:
    response = client.get("/unapi")
    assert (response.status_code, formats(response.content)) == (200, FORMATS)
    assert response.headers["Content-Type"].startswith("application/xml")


def test_the_formats_of_one_record(client: Client, demonstration: list[Publication]) -> None:
    code = demonstration[0].code
    response = client.get(f"/unapi?id={code}")
    assert (response.status_code, formats(response.content)) == (300, FORMATS)
    assert ET.fromstring(response.content).attrib == {"id": code}  # noqa: S314


STATUSES = {
    "id=nobody": 404,
    "id=nobody&format=ris": 404,
    "id=%22%3E%3Cx&format=ris": 404,
    "id=%00": 404,
    "id=CODE&format=mods": 406,
    "id=CODE&format=RIS": 406,
    "format=ris": 200,
    "id=CODE&format=csl": 200,
}


def test_statuses(client: Client, demonstration: list[Publication]) -> None:
    code = demonstration[0].code
    found = {asked: client.get(f"/unapi?{asked.replace('CODE', code)}").status_code for asked in STATUSES}
    assert found == STATUSES


def test_a_draft_is_not_to_be_had(client: Client, demonstration: list[Publication]) -> None:
    Publication.objects.update(live=False)
    assert client.get(f"/unapi?id={demonstration[0].code}&format=ris").status_code == 404


def pages() -> list[str]:
    return [
        "/research/",
        "/research/?sort=title&page=2",
        ReadingList.objects.filter(entries__isnull=False)[0].get_absolute_url(),
        Publication.objects.all()[0].get_absolute_url(),
    ]


def test_everything_on_every_page_is_saved_with_its_abstract(client: Client, demonstration: list[Publication]) -> None:
    by_code = {one.code: one for one in demonstration}
    for page in pages():
        html = client.get(page).content.decode()
        (server,) = SERVER.findall(html)
        codes = MARKED.findall(html)
        assert codes, page
        assert len(codes) == len(set(codes)) == (html.count('form="take"') or len(codes))
        for code in codes:
            said = b"".join(client.get(f"{server}?id={code}&format=ris")).decode()  # type: ignore[arg-type]
            (one,) = rispy.loads(said)
            assert one["title"] == by_code[code].title
            assert one["abstract"].split() == by_code[code].abstract.split()
