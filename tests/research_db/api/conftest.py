"""Publications to be asked for, found through an index of their own."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import LazySettings

from research_db.models import Facet, Identifier, Notice, Publication, ReadingList, Term
from tests.research_db.records.conftest import Make, full, make, relate  # noqa: F401  fixtures

DESCRIPTION = "/api/v1/openapi.json"


def agrees(document: dict[str, Any], shape: str, answer: Any) -> list[str]:
    """What an answer says that the description does not, or the other way round."""
    schema = {"$ref": f"#/components/schemas/{shape}", "components": document["components"]}
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(answer)]


@pytest.fixture
def several(full: Publication, make: Make, settings: LazySettings, tmp_path: Path) -> list[Publication]:  # noqa: F811
    """A full publication, a retracted one, one with next to nothing, and one about a part of a term."""
    settings.RESEARCH_INDEX = tmp_path / "index"
    facet = Facet.objects.create(key="design", label="Kind of study")
    trial = Term.objects.create(facet=facet, slug="trial", label="Trial", definition="Chance decides.")
    part = Term.objects.create(facet=facet, slug="pilot", label="Pilot", parent=trial, same_as="https://example.org/t")
    pilot = make(title="A small trial of walking", year=2019, kind="preprint")
    pilot.terms.add(part)
    pilot.save()
    retracted = make(title="Walking cures all", year=2018)
    Notice.objects.create(publication=retracted, kind="retraction", words="The data were invented.")
    Identifier.objects.create(publication=retracted, scheme="pmid", value="123")
    retracted.save()
    bare = make(title="Nothing more is known", authors=0, year=None)
    ReadingList.objects.create(slug="empty", title="Empty")
    return [full, pilot, retracted, bare]
