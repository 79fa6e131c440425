"""Conferences of the demonstration: those that were, and one that is on sale."""

import json
from datetime import date, datetime, time
from typing import Any

from django.utils.dateparse import parse_datetime
from wagtail.models import Page

from events.domain import programme
from events.domain.ledger import keep_back
from events.models import Conference, ConferencePage, Quota, Session, TicketType, TypeQuota
from network_site.base.dates import LONDON
from network_site.demo.directory import Directory
from network_site.demo.tree import Tree, read
from network_site.people.models import Organisation, User


def make_conferences(tree: Tree, directory: Directory, *, by: User, now: datetime) -> Conference:
    """Make every conference with its page; returns the one on sale."""
    for facts in read("past_conferences.json"):
        _conference(facts, tree["conferences"], directory, status=Conference.Status.CLOSED)
    return _next(read("next_conference.json"), tree["conferences"], directory, by=by, now=now)


def _conference(
    facts: dict[str, Any], index: Page, directory: Directory, *, status: str, body: str = "[]"
) -> Conference:
    partners = facts.pop("partners", [])
    for name in ("starts_on", "ends_on"):
        if name in facts:
            facts[name] = date.fromisoformat(facts[name])
    for name in ("opens", "closes"):
        if name in facts:
            facts[name] = time.fromisoformat(facts[name])
    conference = Conference.objects.create(**facts, status=status)
    conference.partners.set(_organisations(partners, directory))
    page = index.add_child(
        instance=ConferencePage(
            title=conference.title,
            slug=conference.slug,
            conference=conference,
            body=body,
            summary=conference.strapline,
            search_description=conference.strapline,
        )
    )
    page.save_revision().publish()
    return conference


def _organisations(names: list[str], directory: Directory) -> list[Organisation]:
    return [directory.organisations[name] for name in names]


def _next(content: dict[str, Any], index: Page, directory: Directory, *, by: User, now: datetime) -> Conference:
    body = [
        {
            "type": "details",
            "value": {
                "heading": "Practical things",
                "items": [{"question": title, "answer": f"<p>{text}</p>"} for title, text in content["practical"]],
            },
        }
    ]
    facts = {**content["conference"], "partners": content["partners"]}
    conference = _conference(facts, index, directory, status=Conference.Status.DRAFT, body=json.dumps(body))
    sessions = _sessions(conference, content["sessions"])
    quotas = {spec["name"]: Quota.objects.create(conference=conference, **spec) for spec in content["quotas"]}
    for order, spec in enumerate(content["ticket_types"]):
        _ticket_type(conference, spec, sort_order=order, sessions=sessions, quotas=quotas, until=content["early_until"])
    for name, units, reason in content["kept_back"]:
        keep_back(quotas[name], units=units, reason=reason, by=by, now=now)
    programme.move(conference, to=Conference.Status.ON_SALE, by=by, now=now)
    conference.refresh_from_db()
    return conference


def _sessions(conference: Conference, rows: list[list[Any]]) -> dict[str, Session]:
    made = {}
    for day, start, end, title, summary, kind, is_highlight in rows:
        made[title] = Session.objects.create(
            conference=conference,
            starts_at=_at(day, start),
            ends_at=_at(day, end) if end else None,
            title=title,
            summary=summary,
            kind=kind,
            is_highlight=is_highlight,
        )
    return made


def _at(day: str, clock: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), tzinfo=LONDON)


def _ticket_type(
    conference: Conference,
    spec: dict[str, Any],
    *,
    sort_order: int,
    sessions: dict[str, Session],
    quotas: dict[str, Quota],
    until: str,
) -> None:
    spec = dict(spec)
    draws_on = spec.pop("quotas")
    session = spec.pop("session", None)
    ticket_type = TicketType.objects.create(
        conference=conference,
        sort_order=sort_order,
        session=sessions[session] if session else None,
        early_until=parse_datetime(until) if "early_price_pence" in spec else None,
        **spec,
    )
    for name in draws_on:
        TypeQuota.objects.create(ticket_type=ticket_type, quota=quotas[name])
