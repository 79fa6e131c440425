"""What the search finds of conferences: each one's page, with its facts and its programme."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.translation import gettext_lazy as _

from events.models import Conference, ConferencePage, Session
from network_site.base.freshness import touch_words
from network_site.search import kinds
from network_site.search.kinds import Document
from network_site.search.of_pages import page_kind

FACTS = (
    ("title", "series", "strapline", "mode", "venue", "town", "starts_on", "ends_on", "precision"),
    ("partners__name",),
    ("sessions__title", "sessions__summary"),
)

pages = page_kind("conferences", label=_("Conferences"), one=_("Conference"), models=(ConferencePage,), order=20)


def stamps() -> Mapping[str, str]:
    """The pages' own stamps, each with what its conference says."""
    said: dict[str, set[str]] = {}
    for facts in FACTS:
        for page, *row in Conference.objects.filter(page__isnull=False).values_list("page", *facts):
            said.setdefault(str(page), set()).add("|".join(map(str, row)))
    return {key: "|".join([stamp, *sorted(said.get(key, ()))]) for key, stamp in pages.stamps().items()}


def documents(keys: Collection[str]) -> Iterable[Document]:
    """These pages, each with what its conference says; two more queries however many there are."""
    written = list(pages.documents(keys))
    found = Conference.objects.filter(page__in=[document.key for document in written])
    by_page = {str(one.page.pk): one for one in found.select_related("page").prefetch_related("partners", "sessions")}
    for document in written:
        yield with_facts(document, by_page[document.key])


def with_facts(document: Document, conference: Conference) -> Document:
    """A page's document with its conference's facts."""
    partners = [partner.name for partner in conference.partners.all()]
    programme = [f"{session.title}. {session.summary}".strip() for session in conference.sessions.all()]
    return replace(
        document,
        summary=document.summary or conference.strapline,
        text="\n".join([document.text, conference.strapline, *programme]),
        facts=tuple(filter(None, [conference.title, conference.series, conference.venue, conference.town, *partners])),
        line=", ".join(filter(None, [conference.when, conference.where])),
    )


def facts_changed(**kwargs: Any) -> None:
    """A conference, its partners or a line of its programme was saved; sales save none of them."""
    touch_words()


for model in (Conference, Session):
    post_save.connect(facts_changed, sender=model, dispatch_uid="events.findable")
    post_delete.connect(facts_changed, sender=model, dispatch_uid="events.findable")
m2m_changed.connect(facts_changed, sender=Conference.partners.through, dispatch_uid="events.findable")
kinds.register(replace(pages, stamps=stamps, documents=documents))
