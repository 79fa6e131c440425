"""Finding things on the shelf, against looking at every one of them by hand."""

import random
import re
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from network_site.learning.filtering import ON_A_PAGE, Finding, Wanted, like
from network_site.learning.shelf import Item, tokens

TODAY = date(2026, 11, 21)
KINDS = ("course", "guide", "toolkit", "film", "document")
TOPICS = {"evidence": "Evidence", "policy": "Policy", "wool": "Wool"}
AUDIENCES = {"link-workers": "Link workers", "gps": "GPs"}
WORDS = ("kettle", "kitchen", "café", "Ynys Môn", "wool-gathering")


def item(number: int = 1, **facts: Any) -> Item:
    title = facts.pop("title", f"Item {number}")
    return Item(
        **{
            "pk": number, "kind": "guide", "title": title, "url": f"/x/{number}/", "summary": "", "makers": "", "provider": "", "provider_url": "",
            "is_free": True, "cost": "", "topics": {}, "audiences": {}, "found_by": frozenset(tokens(title)), **facts,
        }
    )  # fmt: skip


def some(seed: int, number: int = 60) -> list[Item]:
    """Items made by chance, the same for the same seed."""
    chance = random.Random(seed)

    def part(of: dict[str, str]) -> dict[str, str]:
        return {key: of[key] for key in sorted(of) if chance.random() < 0.4}

    return [
        item(
            n,
            title=" ".join(chance.sample(WORDS, chance.randint(1, 3))),
            kind=chance.choice(KINDS),
            topics=part(TOPICS),
            audiences=part(AUDIENCES),
            is_free=chance.random() < 0.5,
        )
        for n in range(number)
    ]


def find(items: list[Item], query: str = "", page: str = "1") -> Finding:
    return Finding(items, Wanted.of(QueryDict(query)), url="/shelf/", page=page, today=TODAY)


def by_hand(
    items: list[Item], kinds: set[str], topics: set[str], audiences: set[str], free: bool, word: str
) -> set[int]:
    """The rule in the plainest words there are."""
    chosen = set()
    for one in items:
        if kinds and one.kind not in kinds:
            continue
        if topics and not [topic for topic in one.topics if topic in topics]:
            continue
        if audiences and one.audiences and not [name for name in one.audiences if name in audiences]:
            continue
        if free and not one.is_free:
            continue
        if word and not any(part.startswith(word) for part in one.found_by):
            continue
        chosen.add(one.pk)
    return chosen


CHOICES = list(
    product(
        ((), ("course",), ("guide", "film")),
        ((), ("evidence",), ("policy", "wool")),
        ((), ("gps",), ("gps", "link-workers")),
        (False, True),
        ("", "kit", "cafe"),
    )
)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_found_and_what_each_choice_promises_is_what_counting_by_hand_gives(seed: int) -> None:
    items = some(seed)
    for kinds, topics, audiences, free, word in CHOICES:
        query = [*(("kind", k) for k in kinds), *(("topic", t) for t in topics), *(("for", a) for a in audiences)]
        query += [("free", "yes")] * free + [("q", word)] * bool(word)
        finding = find(items, "&".join(f"{name}={value}" for name, value in query))
        asked = {"kind": set(kinds), "topic": set(topics), "for": set(audiences)}
        assert {one.pk for one in finding.found} == by_hand(items, *asked.values(), free, word)
        for facet in finding.facets:
            for option in facet.options:
                only = {**asked, facet.name: {option.value}}
                is_free = free or facet.name == "free"
                wanted = by_hand(items, only["kind"], only["topic"], only["for"], is_free, word)
                assert option.number == len(wanted), (facet.name, option)
                assert option.is_chosen == ((facet.name, option.value) in query)


def test_every_chip_takes_back_one_choice_and_no_other() -> None:
    items = some(1)
    finding = find(items, "q=kettle&kind=guide&kind=film&topic=wool&for=gps&free=yes")
    assert [chip.label for chip in finding.chips] == ["“kettle”", "Films", "Guides", "Wool", "GPs", "Free"]
    assert finding.chips[0].url == "/shelf/?kind=film&kind=guide&topic=wool&for=gps&free=yes"
    assert finding.chips[2].url == "/shelf/?q=kettle&kind=film&topic=wool&for=gps&free=yes"
    assert find(items, "free=yes").chips[0].url == "/shelf/"


@pytest.mark.parametrize(
    "query",
    [
        "kind=banana",
        "topic=nothing",
        "for=nobody",
        "free=no",
        "free=",
        "kind=",
        "q=",
        "q=+++",
        "x=1",
        "kind=%00",
        "free=YES",
    ],
)
def test_what_nobody_can_choose_chooses_nothing(query: str) -> None:
    items = some(1)
    finding = find(items, query)
    assert len(finding.found) == len(items)
    assert not finding.is_narrowed
    assert finding.chips == []


def test_a_choice_that_fits_and_one_that_is_unknown_is_the_choice_that_fits() -> None:
    items = some(1)
    assert find(items, "kind=guide&kind=banana").found == find(items, "kind=guide").found


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ("café", True), ("CAFE", True), ("caf", True), ("kettle cafe", True), ("ketle", False), ("afe", False),
        ("Ynys Mon", True), ("Môn", True), ("gathering", True), ("wool-gath", True), ("'; drop table", False),
        ("!!!", True), ("(kettle", True), ("*", True), ("kettle kettle", True),
    ],
)  # fmt: skip
def test_words_are_found_from_their_beginning_without_case_and_accents(asked: str, is_found: bool) -> None:
    one = item(title="The café kettle, Ynys Môn: wool-gathering")
    query = QueryDict(mutable=True)
    query["q"] = asked
    assert bool(Finding([one], Wanted.of(query), url="/", today=TODAY).found) == is_found


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=10))
def test_whatever_is_typed_gives_an_answer_and_addresses_that_ask_the_same_again(
    words: str, kind: str, page: str
) -> None:
    query = QueryDict(mutable=True)
    query.update({"q": words, "kind": kind})
    finding = Finding(some(1, 5), Wanted.of(query), url="/shelf/", page=page, today=TODAY)
    again = Wanted.of(QueryDict(finding.address(finding.wanted.query).partition("?")[2]))
    assert again == finding.wanted
    assert len(finding.wanted.words) <= 100
    assert "\x00" not in finding.wanted.words
    for chip in finding.chips:
        assert re.fullmatch(r"/shelf/(\?[\w=&%+.~*-]*)?", chip.url)


def test_courses_come_by_their_next_start_then_the_others_then_resources_newest_first() -> None:
    soon, later = TODAY + timedelta(days=1), TODAY + timedelta(days=90)
    items = [
        item(1, title="Guide 2016", year=2016), item(2, title="Guide", year=None), item(3, title="guide 2020", year=2020),
        item(4, title="Past", kind="course", starts="on_dates", next_start_on=TODAY - timedelta(days=1)),
        item(5, title="Unknown", kind="course", starts="on_dates"),
        item(6, title="B any time", kind="course", starts="any_time"),
        item(7, title="a any time", kind="course", starts="any_time"),
        item(8, title="Later", kind="course", starts="on_dates", next_start_on=later),
        item(9, title="Soon", kind="course", starts="on_dates", next_start_on=soon),
        item(10, title="Today", kind="course", starts="on_dates", next_start_on=TODAY),
    ]  # fmt: skip
    random.Random(4).shuffle(items)
    assert [one.pk for one in find(items).found] == [10, 9, 8, 7, 6, 4, 5, 3, 1, 2]


def test_pages_hold_everything_once_and_keep_the_question() -> None:
    items = some(7, ON_A_PAGE * 2 + 5)
    seen = [one.pk for page in "123" for one in find(items, page=page).page.object_list]
    assert sorted(seen) == [one.pk for one in items]
    for page in ("0", "99", "x", "", "-3"):
        assert find(items, page=page).page.object_list
    few = find([item(n) for n in range(ON_A_PAGE + 1)], "kind=guide")
    assert [(link.label, link.url, link.is_here) for link in few.links] == [
        ("1", "/shelf/?kind=guide", True), ("2", "/shelf/?kind=guide&page=2", False),
    ]  # fmt: skip


def test_nothing_on_the_shelf_offers_nothing_to_choose_but_the_cost() -> None:
    finding = find([])
    assert finding.found == []
    assert [facet.name for facet in finding.facets if facet.options] == ["free"]


def test_things_are_alike_that_share_topics_the_most_first() -> None:
    this = item(1, topics={"a": "A", "b": "B"})
    others = [
        item(2, title="One", topics={"a": "A"}), item(3, title="Two", topics={"a": "A", "b": "B", "c": "C"}),
        item(4, title="None", topics={"c": "C"}), item(5, title="Another one", topics={"b": "B"}), item(6, topics={"a": "A"}),
    ]  # fmt: skip
    assert [one.pk for one in like(this, [this, *others])] == [3, 5, 6]
    assert like(item(9), others) == []
