"""Everything the demonstration answers is as it is described."""

from pathlib import Path

from django.conf import LazySettings
from django.test import Client

from tests.research_db.api.conftest import DESCRIPTION, agrees


def test_the_demonstration_answers_as_described(
    demo_db: str, client: Client, settings: LazySettings, tmp_path: Path
) -> None:
    settings.RESEARCH_INDEX = tmp_path / "index"
    document = client.get(DESCRIPTION).json()
    home = client.get("/api/v1/").json()
    addresses = {"Home": "/api/v1/", "Counts": home["counts"], "Facets": home["facets"], "Lists": home["lists"]}
    for shape, address in addresses.items():
        assert agrees(document, shape, client.get(address).json()) == []
    following, seen = home["publications"], []
    while following:
        page = client.get(following).json()
        assert agrees(document, "Page", page) == []
        seen += [one["code"] for one in page["publications"]]
        following = page["next"]
    assert len(seen) == len(set(seen)) == page["count"] > 20
    one = client.get(page["publications"][0]["api_url"]).json()
    assert one == page["publications"][0]
    for found in client.get(home["lists"]).json()["lists"]:
        entries = client.get(found["api_url"]).json()
        assert agrees(document, "ReadingList", entries) == []
        assert len(entries["entries"]) == found["count"]
