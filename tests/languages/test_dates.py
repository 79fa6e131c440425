"""Dates in Welsh, and lists whose names Django has wrong."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from django.utils.formats import date_format

from network_site.base.dates import when
from network_site.ui import capacity

DAY, NEXT, LATER = date(2027, 7, 15), date(2027, 7, 16), date(2028, 1, 2)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"start": DAY}, "15 Gorffennaf 2027"),
        ({"start": DAY, "weekday": True}, "Dydd Iau 15 Gorffennaf 2027"),
        ({"start": DAY, "end": NEXT}, "15 – 16 Gorffennaf 2027"),
        ({"start": DAY, "end": LATER}, "15 Gorffennaf 2027 – 2 Ionawr 2028"),
        ({"start": DAY, "precision": "month"}, "Gorffennaf 2027"),
        ({"start": DAY, "end": LATER, "precision": "month"}, "Gorffennaf 2027 – Ionawr 2028"),
        ({"start": DAY, "precision": "season"}, "Haf 2027"),
        ({"start": LATER, "precision": "season"}, "Gaeaf 2027 – 2028"),
        ({"start": DAY, "end": LATER, "precision": "year"}, "2027 – 2028"),
    ],
)
def test_dates_in_welsh(facts: dict[str, Any], words: str) -> None:
    with translation.override("cy"):
        assert when(**facts) == words


def test_every_month_has_its_welsh_name() -> None:
    names = ["Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref"]
    names += ["Tachwedd", "Rhagfyr"]
    with translation.override("cy"):
        assert [when(date(2027, month, 1), precision="month") for month in range(1, 13)] == [f"{n} 2027" for n in names]
        assert date_format(DAY, "j F Y") == "15 Gorffennaf 2027"


def test_numbers_and_places_in_welsh() -> None:
    with translation.override("cy"):
        assert capacity.in_words(4) == "pedwar"
        assert capacity.left_in_words(taken=1, size=1) == ("Wedi gwerthu allan", "")
        assert capacity.left_in_words(taken=49, size=50) == ("Y lle olaf", "")
        assert capacity.left_in_words(taken=48, size=50) == ("Y dau le olaf", "")
        assert capacity.left_in_words(taken=12, size=50) == ("38 o 50", "o leoedd ar ôl")
    assert capacity.in_words(4) == "four"
