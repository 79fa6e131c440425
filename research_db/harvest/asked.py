"""What a harvester asks: a verb and its arguments, each checked before anything is looked up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from research_db.harvest import moments
from research_db.harvest.moments import Span
from research_db.harvest.refusing import Code, Refused

DC = "oai_dc"
TOKEN = "resumptionToken"  # noqa: S105  a place in the list, no secret
LISTED = {"metadataPrefix": True, "from": False, "until": False, "set": False}
# The arguments of each verb, and whether it needs them.
VERBS: Mapping[str, Mapping[str, bool]] = {
    "Identify": {},
    "ListMetadataFormats": {"identifier": False},
    "ListSets": {},
    "GetRecord": {"identifier": True, "metadataPrefix": True},
    "ListIdentifiers": LISTED,
    "ListRecords": LISTED,
}
# These may go on from a token, and then take nothing else.
GOING_ON = {"ListSets", "ListIdentifiers", "ListRecords"}
SIGNS = r"[A-Za-z0-9\-_.!~*'()]+"
SHAPES = {
    "metadataPrefix": re.compile(SIGNS),
    "set": re.compile(rf"{SIGNS}(:{SIGNS})*"),
    "identifier": re.compile(r"[A-Za-z0-9\-._~:/?@!$&'()*+,;=]+"),
}
LONGEST = 2_000


@dataclass(frozen=True)
class Question:
    """A verb with its arguments as they came, and the span of time they mean."""

    verb: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    span: Span = (None, None)

    @property
    def token(self) -> str:
        """The place in a list to go on from; empty at its beginning."""
        return self.arguments.get(TOKEN, "")


def read(asked: QueryDict) -> Question:
    """The question of an address or a form.

    Raises:
        Refused: there is no such verb, or the arguments are not the verb's.
    """
    verbs = asked.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Refused(Code.BAD_VERB, f"Give one “verb”, one of: {', '.join(VERBS)}.")
    verb = verbs[0]
    arguments = {name: _checked(verb, name, values) for name, values in asked.lists() if name != "verb"}
    if TOKEN not in arguments:
        _refuse_missing(verb, arguments)
    elif len(arguments) > 1:
        raise Refused(Code.BAD_ARGUMENT, f"“{TOKEN}” goes alone: it knows what was asked first.")
    return Question(verb, arguments, moments.span(arguments.get("from", ""), arguments.get("until", "")))


def _refuse_missing(verb: str, arguments: Mapping[str, str]) -> None:
    missing = [name for name, is_needed in VERBS[verb].items() if is_needed and name not in arguments]
    if missing:
        raise Refused(Code.BAD_ARGUMENT, f"{verb} needs: {', '.join(missing)}.")


def _checked(verb: str, name: str, values: list[str]) -> str:
    is_known = name in VERBS[verb] or (name == TOKEN and verb in GOING_ON)
    if not is_known:
        raise Refused(Code.BAD_ARGUMENT, f"{verb} has no argument “{name[:40]}”.")
    if len(values) != 1 or not 0 < len(values[0]) <= LONGEST:
        raise Refused(Code.BAD_ARGUMENT, f"Give “{name}” once, and not empty.")
    if name in SHAPES and not SHAPES[name].fullmatch(values[0]):
        raise Refused(Code.BAD_ARGUMENT, f"“{name}” has signs that none has.")
    return values[0]


def refuse_other_formats(question: Question) -> None:
    """Whatever else is asked, there is one format.

    Raises:
        Refused: another one was asked for.
    """
    if question.arguments.get("metadataPrefix", DC) != DC:
        raise Refused(Code.NO_FORMAT, f"There is one format: {DC}.")
