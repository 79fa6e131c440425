"""The demonstration fills an empty site once, through the real verbs, and the ledger balances."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page, TaskState

from events.domain.fsck import findings
from events.models import Conference, Order, Quota
from network_site.base.models import NetworkImage
from network_site.demo.sales import SALES
from network_site.demo.seed import seed
from network_site.demo.tree import STREAMS
from network_site.editing.links.asking import Answer
from network_site.editing.links.checking import check_links
from network_site.editing.reading import read_pages
from network_site.editing.reports.links import broken
from network_site.editing.reviews import due
from network_site.people.models import User


def counts() -> dict[str, int]:
    return {"conferences": Conference.objects.count(), "orders": Order.objects.count(), "users": User.objects.count()}


def test_it_fills_an_empty_site_and_only_once(real_db: str) -> None:
    assert seed()
    first = counts()
    assert first == {"conferences": 8, "orders": len(SALES), "users": 4}
    assert not seed()
    assert counts() == first
    assert findings() == []


def test_what_is_said_of_the_places_is_so(demo_db: str) -> None:
    left = {quota.name: quota.left for quota in Quota.objects.all()}
    assert left["Places in Leeds"] == 190
    assert left["Workshop: the first ten minutes"] == 0
    assert left["Student places"] == 2
    assert left["Online places"] is None


def test_an_interrupted_seed_goes_on_where_it_stopped(real_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("network_site.demo.sales.SALES", SALES[:3])
    seed()
    monkeypatch.setattr("network_site.demo.sales.SALES", SALES[:5])
    assert seed()
    assert Order.objects.count() == 5


def test_it_refuses_a_site_that_is_not_a_demonstration(settings: Settings) -> None:
    settings.IS_DEMONSTRATION = False
    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("demo", "--only-seed")


def test_the_command_seeds_and_stops(real_db: str, settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path
    out = StringIO()
    call_command("demo", "--only-seed", stdout=out)
    assert "Demonstration content is in place." in out.getvalue()


def test_every_body_is_what_an_editor_could_have_saved(demo_db: str) -> None:
    pages = Page.objects.specific().filter(depth__gt=1)
    for page in pages:
        for name in STREAMS:
            if stream := getattr(page, name, None):
                stream.stream_block.clean(stream)
    assert pages.count() == 31


def test_editors_find_something_to_do(demo_db: str) -> None:
    """Each report has something to say, and what an author sent in waits for the editor and for nobody else."""
    editor, author = (User.objects.get(email=f"{name}@example.org") for name in ("editor", "arthur"))
    assert [str(page) for page in due(editor, today=timezone.localdate())] == ["Accessibility"]
    assert [image.title for image in NetworkImage.objects.filter(description="")] == ["Ball of wool"]
    sent_in = TaskState.objects.reviewable_by(editor)
    assert sorted(str(task.workflow_state.content_object) for task in sent_in) == [
        "A list of whom to call (invented)",
        "What a kettle counted (invented)",
    ]
    assert not TaskState.objects.reviewable_by(author).exists()
    assert not Page.objects.filter(depth__gt=1, owner=None).exists()
    now = timezone.now()
    while read_pages(now):
        pass
    while check_links(now, ask=lambda address: Answer(200, address)):
        pass
    assert "/news/nobody-wrote-this/" in {link.address for link in broken(editor)}
