"""Suggestions: taken in, led to what is here already, decided, and forgotten who made them."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from network_site.base import audit
from network_site.base.offers import forgetting
from network_site.mail import outbox
from network_site.people.models import User
from research_db.crossref import Work
from research_db.domain import drafts
from research_db.domain.errors import ResearchError
from research_db.formats import identifiers
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.models import Identifier as Known
from research_db.models import Publication, Suggestion

State = Suggestion.State
DECIDED = "research.suggestion"
WEB = ("http://", "https://")
# A number alone, one that says what it is, or PubMed's address of one.
PUBMED = re.compile(r"(?:PMID:?\s*)?\d{1,9}$|https?://[\w.]*pubmed[\w.]*/", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """What somebody suggests, checked by the form."""

    title: str = ""
    scheme: str = ""
    value: str = ""
    url: str = ""
    authors: str = ""
    year: int | None = None
    why: str = ""
    name: str = ""
    email: str = ""


def understood(pasted: str) -> dict[str, str]:
    """What somebody pasted as a number or as an address; nothing where it is neither.

    A DOI wherever it stands, if it is no longer than numbers are; a PubMed number by itself or in PubMed's address;
    any other address of the web.
    """
    text = pasted.strip()
    is_address = text.lower().startswith(WEB) and _can_be_asked_for(text)
    if doi := _doi(text):
        return {"scheme": "doi", "value": doi, **({"url": text} if is_address and "doi.org" not in text else {})}
    if pmid := identifiers.normal("pmid", text) if PUBMED.match(text) else "":
        return {"scheme": "pmid", "value": pmid}
    return {"url": text} if is_address else {}


def _doi(text: str) -> str:
    doi = identifiers.normal("doi", text)
    return doi if len(doi) <= drafts.LONGEST_NUMBER else ""


def _can_be_asked_for(address: str) -> bool:
    """Whether an address is one that a record can have."""
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return False
    return True


def known(scheme: str, value: str) -> Publication | None:
    """The public record that has this number."""
    same = Known.objects.filter(scheme=scheme, value=value, is_container=False, publication__live=True)
    found = same.select_related("publication").first() if value else None
    return found.publication if found else None


def receive(words: Words, *, now: datetime) -> Suggestion:
    """Keep a suggestion; the same words again are the same suggestion, whatever became of it."""
    facts = asdict(words)
    key = hashlib.sha256(json.dumps(facts, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
    found, _is_new = Suggestion.objects.get_or_create(key=key, defaults={**facts, "received_at": now})
    return found


def accept(suggestion: Suggestion, *, by: User, now: datetime, work: Work | None = None) -> Publication:
    """Take it in as a draft that editors go on with, and tell whoever suggested it.

    Args:
        suggestion: what waits.
        by: who decides.
        now: when.
        work: what Crossref says of it, where it was asked; that is surer than what a visitor typed.

    Raises:
        ResearchError: it was decided already, or a record has its number.
    """
    try:
        with transaction.atomic():
            waiting = _waiting(suggestion)
            record = replace(work.record, notes=_notes(waiting)) if work else record_of(waiting)
            notices = work.notices if work else ()
            made = drafts.keep_one(record, notices=notices, origin=Publication.Origin.SUGGESTION)
            _decide(waiting, State.ACCEPTED, publication=made, by=by, now=now)
    except IntegrityError as error:
        raise ResearchError(_("A record with this number is here already. Say so instead.")) from error
    return made


def refuse(suggestion: Suggestion, *, reason: str, by: User, now: datetime) -> None:
    """Say no, and why. Raises ResearchError where it was decided already."""
    with transaction.atomic():
        _decide(_waiting(suggestion), State.REFUSED, reason=reason, by=by, now=now)


def call_duplicate(suggestion: Suggestion, *, of: Publication, by: User, now: datetime) -> None:
    """Say that it is here already. Raises ResearchError where it was decided already."""
    with transaction.atomic():
        _decide(_waiting(suggestion), State.DUPLICATE, publication=of, by=by, now=now)


def record_of(suggestion: Suggestion) -> Record:
    """What a suggestion says, as a record of the formats; without a title its number or its address is the title."""
    numbers = (Identifier(suggestion.scheme, suggestion.value),) if suggestion.value else ()
    names = [name.strip() for name in suggestion.authors.split(";")]
    return Record(
        kind=Publication.Kind.OTHER,
        title=str(suggestion),
        contributors=tuple(Contributor(Name(literal=name)) for name in names if name),
        date=PartialDate(suggestion.year) if suggestion.year else None,
        identifiers=numbers,
        urls=(suggestion.url,) if suggestion.url else (),
        notes=_notes(suggestion),
    )


def _notes(suggestion: Suggestion) -> tuple[str, ...]:
    return (suggestion.why,) if suggestion.why else ()


def _waiting(suggestion: Suggestion) -> Suggestion:
    found = Suggestion.objects.select_for_update().filter(pk=suggestion.pk, state=State.NEW).first()
    if found is None:
        raise ResearchError(_("Somebody decided this just now."))
    return found


def _decide(
    suggestion: Suggestion,
    state: str,
    *,
    by: User,
    now: datetime,
    publication: Publication | None = None,
    reason: str = "",
) -> None:
    if suggestion.email:
        key, payload = f"{DECIDED}:{suggestion.pk}", {"suggestion": suggestion.pk}
        outbox.queue(DECIDED, to=suggestion.email, dedupe_key=key, payload=payload)
    suggestion.state, suggestion.publication, suggestion.reason = state, publication, reason
    suggestion.decided_at, suggestion.decided_by = now, by
    suggestion.name = suggestion.email = ""
    suggestion.save()
    audit.record(f"suggestion {state}", subject=f"research:suggestion:{suggestion.pk}", by=by)


@forgetting.add("research_db.suggestions")
def forget_who(email: str, *, by: User | None) -> int:
    """Forget who suggested what, for somebody who asks for it; returns how many suggestions."""
    number = Suggestion.objects.filter(email__iexact=email).update(name="", email="")
    if number:
        audit.record("forgot who suggested", subject="research:suggestions", by=by, number=number)
    return number
