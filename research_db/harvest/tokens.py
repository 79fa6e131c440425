"""Places in a list, given to the harvester to keep: nothing is remembered here, and nobody can make one up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

from research_db.harvest.moments import Span
from research_db.harvest.refusing import Code, Refused

SALT = "research_db.harvest"
EPOCH = datetime(1, 1, 1, tzinfo=UTC)
A_MICROSECOND = timedelta(microseconds=1)
# A publication's moment and number; the next page begins behind them, whatever came or went meanwhile.
Place = tuple[datetime, int]


@dataclass(frozen=True)
class Course:
    """A list that is being read: what was asked at its beginning, and how far it came.

    `cursor`: how many were given; `after`: the last of them.
    """

    verb: str
    set: str = ""
    span: Span = (None, None)
    after: Place | None = None
    cursor: int = 0


def token_of(course: Course) -> str:
    """The course as a token."""
    after = (_number(course.after[0]), course.after[1]) if course.after else None
    facts = [course.verb, course.set, *map(_number, course.span), after, course.cursor]
    return signing.Signer(salt=SALT).sign_object(facts)


def course_of(token: str, *, verb: str) -> Course:
    """The course of a token.

    Raises:
        Refused: it is not one of ours, or of another verb.
    """
    try:
        was, chosen, start, until, after, cursor = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise Refused(Code.BAD_TOKEN, "This is no token of ours. Begin the list again.") from error
    if was != verb:
        raise Refused(Code.BAD_TOKEN, f"This token goes on with {was}.")
    place = (EPOCH + after[0] * A_MICROSECOND, after[1]) if after else None
    return Course(was, chosen, (_moment(start), _moment(until)), place, cursor)


def _number(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - EPOCH) // A_MICROSECOND


def _moment(number: int | None) -> datetime | None:
    return None if number is None else EPOCH + number * A_MICROSECOND
