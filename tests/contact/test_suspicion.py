"""What looks like a machine is held and never lost; what a person writes goes through."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network_site.contact.domain.suspicion import LONGEST, SALT, SHORTEST, SIGNS, new_token, signs_of
from tests.contact.conftest import NOW

PATIENT = {"trap": "", "words": "A question."}


def token(age: timedelta = timedelta(minutes=1)) -> str:
    return new_token(now=NOW - age)


def signs(**facts: Any) -> list[str]:
    return signs_of(**{"token": token(), "now": NOW, **PATIENT, **facts})


def test_a_person_is_not_suspected() -> None:
    assert signs() == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"trap": "x"}, ["trap"]),
        ({"trap": "  "}, []),
        ({"token": token(SHORTEST)}, []),
        ({"token": token(SHORTEST - timedelta(seconds=1))}, ["quick"]),
        ({"token": token(timedelta(0))}, ["quick"]),
        ({"token": token(LONGEST)}, []),
        ({"token": token(LONGEST + timedelta(seconds=1))}, ["old"]),
        ({"token": ""}, ["forged"]),
        ({"token": "a" * 10_000}, ["forged"]),
        ({"token": token()[:-1]}, ["forged"]),
        ({"token": signing.dumps([1, 2], salt="another")}, ["forged"]),
        ({"token": signing.dumps("text", salt=SALT)}, ["forged"]),
        ({"token": signing.dumps(["soon", ""], salt=SALT)}, ["forged"]),
        ({"token": signing.dumps([[1], ""], salt=SALT)}, ["forged"]),
        ({"words": "https://a.example.org and www.b.example.org"}, []),
        ({"words": "http://a.org HTTPS://b.org www.c.org"}, ["links"]),
        ({"words": "<a href=x>[url=y]"}, ["links"]),
        ({"trap": "x", "token": "", "words": "www. www. www."}, ["trap", "forged", "links"]),
    ],
)
def test_signs(facts: dict[str, Any], found: list[str]) -> None:
    assert signs(**facts) == found


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_no_token_of_a_stranger_is_ours(made_up: str) -> None:
    assert signs(token=made_up) == ["forged"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.text())
def test_every_sign_can_be_explained(trap: str, words: str) -> None:
    assert set(signs(trap=trap, words=words)) <= set(SIGNS)


def test_two_forms_of_one_second_are_told_apart() -> None:
    assert new_token(now=NOW) != new_token(now=NOW)
