"""Writing a moment: an address that stays, notes that stop nobody, a new one after the others of its date."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network_site.history.editing.checks import needing_attention, notes, titles_besides
from network_site.history.editing.forms import free_slug
from network_site.history.models import Era, Theme, TimelineEvent
from research_db.models import Publication
from tests.factories.conferences import ConferenceFactory
from tests.history.editing.conftest import Make, filled, picture

ADD = "history_moments:add"


def edit(event: TimelineEvent) -> str:
    return reverse("history_moments:edit", args=[event.pk])


def publish(event: TimelineEvent) -> TimelineEvent:
    event.save_revision().publish()
    return TimelineEvent.objects.get(pk=event.pk)


def words(event: TimelineEvent, today: date = date(2026, 1, 1)) -> list[str]:
    return [note.field for note in notes(event, today=today, titles=titles_besides(event))]


def test_a_draft_is_made_with_an_address_of_its_own(editor: Client, era: Era) -> None:
    assert editor.get(reverse(ADD)).status_code == 200
    answer = editor.post(reverse(ADD), filled(era, slug=""))
    event = TimelineEvent.objects.get()
    assert (event.slug, event.starts_on, event.precision) == ("the-first-conference", date(2016, 1, 1), "month")
    assert (event.live, event.latest_revision is not None) == (False, True)
    assert answer["Location"] == edit(event)
    assert editor.get(edit(event)).status_code == 200


def test_the_same_title_gets_another_address(editor: Client, era: Era) -> None:
    for _n in range(3):
        editor.post(reverse(ADD), filled(era, slug=""))
    assert sorted(TimelineEvent.objects.values_list("slug", flat=True)) == [
        "the-first-conference",
        "the-first-conference-2",
        "the-first-conference-3",
    ]


@pytest.mark.parametrize(("title", "slug"), [("Ŵyl 2016", "wyl-2016"), ("???", "moment"), ("x" * 120, "x" * 76)])
def test_addresses_are_made_of_any_title(db: None, title: str, slug: str) -> None:
    assert free_slug(title, besides=None) == slug


def test_an_address_somebody_has_is_refused(editor: Client, era: Era, moment: Make) -> None:
    moment("Another", slug="taken")
    answer = editor.post(reverse(ADD), filled(era, slug="taken"))
    assert "slug" in answer.context["form"].errors


def test_the_address_stays_once_visitors_have_seen_it(editor: Client, era: Era, moment: Make) -> None:
    event = publish(moment())
    page = editor.get(edit(event))
    assert page.context["form"].fields["slug"].disabled
    assert "Kept as it is" in page.content.decode()
    editor.post(edit(event), filled(era, slug="another", title="Another title", **{"action-publish": "1"}))
    event.refresh_from_db()
    assert (event.title, event.slug) == ("Another title", "the-first-conference")


def test_before_that_the_address_may_change(editor: Client, era: Era, moment: Make) -> None:
    event = moment(live=False)
    editor.post(edit(event), filled(era, slug="better"))
    event.refresh_from_db()
    assert event.slug == "better"


def test_what_is_wrong_with_a_date_is_said_and_nothing_is_saved(editor: Client, era: Era) -> None:
    wrong = filled(era, precision="day", starts_on_day="30", starts_on_month="2")
    answer = editor.post(reverse(ADD), wrong)
    assert "There is no 30 February 2016. Correct the day." in answer.content.decode()
    assert not TimelineEvent.objects.exists()


def test_saving_in_the_background_tells_the_address_and_what_is_missing(editor: Client, era: Era) -> None:
    accepts = {"HTTP_ACCEPT": "application/json"}
    made = editor.post(reverse(ADD), filled(era, slug=""), **accepts).json()
    assert made["success"]
    assert made["field_updates"]["slug"] == "the-first-conference"
    event = TimelineEvent.objects.get()
    saved = editor.post(edit(event), filled(era, summary="word " * 61), **accepts).json()
    assert saved["success"]
    assert "The summary has 61 words" in saved["html"]
    assert 'data-w-teleport-target-value="#before-you-publish-notes"' in saved["html"]
    opened = editor.get(edit(event), {"_w_hydrate_create_view": "1"}).content.decode()
    assert "Add a link to a source" in opened


def test_a_draft_may_leave_a_picture_undescribed_and_publishing_may_not(editor: Client, era: Era) -> None:
    image = picture(description="")
    asked = filled(era, image=str(image.pk))
    answer = editor.post(reverse(ADD), {**asked, "action-publish": "1"})
    assert "alt" in answer.context["form"].errors
    editor.post(reverse(ADD), asked)
    event = TimelineEvent.objects.get()
    assert not event.live
    assert "Say what the picture shows" in editor.get(edit(event)).content.decode()
    too_long = editor.post(reverse(ADD), {**asked, "alt": "x" * 251})
    assert "alt" in too_long.context["form"].errors


def test_a_new_moment_comes_after_the_others_of_its_date(editor: Client, era: Era, moment: Make) -> None:
    moment("One", tie_order=4)
    editor.post(reverse(ADD), filled(era))
    assert TimelineEvent.objects.get(slug="the-first-conference").tie_order == 5
    editor.post(reverse(ADD), filled(era, slug="alone", starts_on_year="1999"))
    assert TimelineEvent.objects.get(slug="alone").tie_order == 0


def test_a_copy_begins_without_address_and_unpublished(editor: Client, moment: Make, theme: Theme) -> None:
    event = publish(moment(themes=[theme]))
    form = editor.get(reverse("history_moments:copy", args=[event.pk])).context["form"]
    assert (form["title"].value(), form["slug"].value()) == ("The first conference", "")
    assert not form.fields["slug"].disabled


@pytest.mark.parametrize("name", ["inspect", "usage", "history", "delete", "workflow_history"])
def test_the_other_pages_of_a_moment_open(editor: Client, moment: Make, theme: Theme, name: str) -> None:
    assert editor.get(reverse(f"history_moments:{name}", args=[publish(moment(themes=[theme])).pk])).status_code == 200


def test_a_good_moment_needs_nothing(editor: Client, moment: Make) -> None:
    event = moment()
    assert words(event) == []
    assert "Nothing is missing." in editor.get(edit(event)).content.decode()


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"summary": "word " * 60}, []),
        ({"summary": "word " * 61}, ["summary"]),
        ({"summary": "  "}, ["summary"]),
        ({"links": []}, ["links"]),
        ({"starts_on": date(2026, 1, 1)}, []),
        ({"starts_on": date(2026, 1, 2)}, ["starts_on"]),
        ({"title": "SECOND  moment"}, ["title"]),
    ],
)
def test_each_thing_to_look_at_is_noted(moment: Make, facts: dict[str, Any], fields: list[str]) -> None:
    moment("Second moment", slug="second")
    assert words(moment(**{"slug": "this", **facts})) == fields


def test_a_date_to_come_is_fine_where_a_conference_announces_it(moment: Make) -> None:
    assert words(moment(starts_on=date(2027, 6, 16), conference=ConferenceFactory())) == []


@pytest.mark.parametrize(
    ("facts", "fields"),
    [({}, ["alt"]), ({"alt": "Hands"}, []), ({"is_decorative": True}, [])],
)
def test_a_picture_needs_its_words_decided(moment: Make, facts: dict[str, Any], fields: list[str]) -> None:
    assert words(moment(image=picture(description=""), **facts)) == fields
    assert words(moment("Described", image=picture(description="Hands at work"), **facts)) == []


def test_the_list_finds_what_needs_attention_in_one_query(moment: Make, django_assert_num_queries: Any) -> None:
    bad = [moment("Bad", links=[]), moment("Twin", slug="twin-1"), moment("twin", slug="twin-2")]
    moment("Good")
    with django_assert_num_queries(1):
        assert sorted(needing_attention(timezone.localdate())) == [event.pk for event in bad]


def test_a_moment_can_wait_for_its_time(editor: Client, era: Era) -> None:
    later = timezone.now() + timedelta(days=2)
    editor.post(reverse(ADD), filled(era, go_live_at=f"{later:%Y-%m-%d %H:%M}", **{"action-publish": "1"}))
    event = TimelineEvent.objects.get()
    assert (event.live, event.approved_schedule) == (False, True)
    assert "scheduled" in editor.get(reverse("history_moments:list")).content.decode().lower()


@pytest.mark.parametrize(
    ("model", "names", "slug"), [(Era, "history_eras", "across-the-world"), (Theme, "history_themes", "awards")]
)
def test_eras_and_themes_are_made_with_their_address(editor: Client, model: Any, names: str, slug: str) -> None:
    facts = {
        "title": "Across the world", "years": "2021 to today", "starts_on": "2021-01-01",
        "name": "Awards", "icon": "ribbon", "colour": "ochre",
    }  # fmt: skip
    editor.post(reverse(f"{names}:add"), {**facts, "slug": ""})
    made = model.objects.get()
    assert made.slug == slug
    assert editor.get(reverse(f"{names}:list")).status_code == 200
    assert editor.get(reverse(f"{names}:edit", args=[made.pk])).status_code == 200
    again = editor.post(reverse(f"{names}:add"), {**facts, "slug": slug})
    assert "slug" in again.context["form"].errors
    assert model.objects.count() == 1


def test_an_era_with_moments_cannot_be_deleted(editor: Client, era: Era, moment: Make) -> None:
    moment()
    answer = editor.post(reverse("history_eras:delete", args=[era.pk]), follow=True)
    assert answer.status_code in {200, 403}
    assert Era.objects.filter(pk=era.pk).exists()


def tied(era: Era, *publications: Publication) -> dict[str, object]:
    """The form with these publications chosen, in this order."""
    chosen: dict[str, object] = {"tied_publications-TOTAL_FORMS": str(len(publications))}
    for place, one in enumerate(publications):
        name = f"tied_publications-{place}"
        chosen |= {f"{name}-publication": str(one.pk), f"{name}-ORDER": str(place + 1), f"{name}-id": ""}
    return filled(era, **{"action-publish": "1"}, **chosen)


def test_publications_are_chosen_and_keep_their_order(editor: Client, era: Era) -> None:
    one, other = (Publication.objects.create(title=title) for title in ("One", "Other"))
    assert "tied_publications-TOTAL_FORMS" in editor.get(reverse(ADD)).content.decode()
    editor.post(reverse(ADD), tied(era, other, one))
    event = TimelineEvent.objects.get()
    assert [str(tie) for tie in event.tied_publications.all()] == ["Other", "One"]


def test_a_publication_chosen_twice_is_refused_in_a_sentence(editor: Client, era: Era) -> None:
    one = Publication.objects.create(title="One")
    answer = editor.post(reverse(ADD), tied(era, one, one))
    assert answer.status_code == 200
    assert "correct the duplicate" in answer.content.decode()
    assert not TimelineEvent.objects.exists()
