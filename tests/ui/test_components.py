"""Steps, words, pictograms: the small parts."""

import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from network_site.ui.icons import ICONS
from network_site.ui.steps import Step, steps
from tests.ui.drawings import parsed


def drawn(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ 4500|pounds }}", "£45"),
        ("{{ 0|pounds }}", "Free"),
        ("{{ 0|pounds_exact }}", "£0.00"),
        ("{{ 4550|pounds_exact }}", "£45.50"),
        ("{{ moment|clock }}", "14.42"),
        ("{{ day|machine_date }}", "2027-06-16"),
        ("{{ day|machine_date:'month' }}", "2027-06"),
        ("{{ 2|in_words }}", "two"),
        ("{% number_words %}", "no,one,two,three,four,five,six,seven,eight,nine,ten"),
    ],
)
def test_words(template: str, said: str) -> None:
    facts = {"moment": datetime(2027, 6, 16, 13, 42, tzinfo=UTC), "day": date(2027, 6, 16)}
    assert drawn(template, **facts) == said


def test_steps_say_what_they_show() -> None:
    assert steps(["Places", "Names", "Check", "Pay"], current=1) == [
        Step("Places", "done", "done"),
        Step("Names", "now", "you are here"),
        Step("Check", "next", "next"),
        Step("Pay", "next", "last"),
    ]


def test_the_steps_far_ahead_are_later() -> None:
    assert [step.words for step in steps(list("abcd"), current=0)] == ["you are here", "next", "later", "last"]


def test_past_the_end_all_is_done() -> None:
    assert {step.state for step in steps(["a", "b"], current=2)} == {"done"}


def test_only_a_step_that_is_done_leads_back() -> None:
    assert [step.url for step in steps([("a", "/a/"), ("b", "/b/")], current=1)] == ["/a/", ""]


def test_progress_marks_the_step_one_is_at() -> None:
    html = drawn("{% progress labels 1 'Steps of your booking' %}", labels=[("Places", "/places/"), "Names", "Pay"])
    assert re.findall(r'<li\s+class="(is-\w+)"', html) == ["is-done", "is-now", "is-next"]
    assert html.count('aria-current="step"') == 1
    assert 'aria-label="Steps of your booking"' in html
    assert re.findall(r'<a\s+href="([^"]+)"\s*>(\w+)', html) == [("/places/", "Places")]


def test_progress_has_a_name_of_its_own() -> None:
    assert 'aria-label="Steps"' in drawn("{% progress labels 0 %}", labels=["a"])


@pytest.mark.parametrize("name", ICONS)
def test_a_pictogram_is_silent_and_as_tall_as_its_words(name: str) -> None:
    icon = parsed(drawn("{% icon name %}", name=name))
    assert (icon.get("aria-hidden"), icon.get("width"), icon.get("class")) == ("true", "1.25em", "icon")


@pytest.mark.parametrize(
    "tag",
    [
        "thread_run", "thread_run 48 18.5 30.5 24", "stitch", "stitch 48 18.5 'c-sage'", "knot", "bead 256 64.5 '2018'",
        "needle", "session_loop", "loop", "loop figure='94' unit='delegates'", "bight", "mark", "spool", "spool 'top'",
        "tangle", "loose_end", "dropped_stitch", "crossing 100 0",
    ],
)  # fmt: skip
def test_a_tag_draws_one_picture(tag: str) -> None:
    assert parsed(drawn(f"{{% {tag} %}}")).tag == "svg"


def test_the_home_loop_is_drawn_for_both_widths() -> None:
    html = drawn("{% hoop 210 400 %}")
    assert re.findall(r'<svg class="([^"]+)"', html) == ["wide", "t-run wide", "narrow"]


def test_a_hold_says_until_when_and_leaves_room_for_the_minutes() -> None:
    until = datetime(2027, 6, 16, 13, 42, tzinfo=UTC)
    html = drawn('{% include "ui/components/hold.html" %}', until=until)
    assert "Held until 14.42" in html
    assert 'data-hold-until="2027-06-16T14:42:00+01:00"' in html
