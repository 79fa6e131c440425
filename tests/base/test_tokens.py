"""Secrets cannot be guessed and references can be read aloud."""

from network_site.base.models import AuditEntry, Freshness, Incident
from network_site.base.tokens import READABLE, reference, secret


def test_secrets_are_long_and_never_the_same() -> None:
    made = {secret() for _ in range(200)}
    assert len(made) == 200
    assert {len(one) for one in made} == {22}


def test_references_have_no_letter_that_can_be_misread() -> None:
    assert set("".join(reference() for _ in range(500))) <= set(READABLE)
    assert not set("0O1IL5S8B2Z") & set(READABLE)
    assert (len(reference()), len(reference(9))) == (6, 9)


def test_rows_name_themselves() -> None:
    assert str(AuditEntry(verb="cancelled", subject="order:A")) == "cancelled order:A"
    assert str(Incident(kind="mismatch", subject="order:A")) == "mismatch: order:A"
    assert str(Freshness(version=3)) == "3"
