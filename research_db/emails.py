"""The letters of saved searches, written when they are sent: what was withdrawn meanwhile is not in them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network_site.mail.errors import MailError
from network_site.mail.kinds import letter_kind
from network_site.mail.letters import Block, Button, Entry, Facts, Heading, Letter, Link, Note, Paragraph
from research_db.alerts.saving import ALERT, ASKED
from research_db.domain.heads import SEARCH
from research_db.domain.suggestions import DECIDED
from research_db.domain.telling import short_names
from research_db.models import Contribution, Publication, SavedSearch, Suggestion, ToldOf

MOST = 10
WORDS_OF_EACH = 35
LONGEST_SUBJECT = 60
What = ToldOf.What


@letter_kind(ASKED, gettext_lazy("Saved search to confirm"))
def asked(payload: dict[str, Any]) -> Letter:
    """Asks whether this address wants the letters; where they come already, says so."""
    search = _search(payload)
    if search.confirmed_at:
        return _there_already(search)
    said = _("Somebody, we hope you, asked us to write to this address when the research database has something new.")
    blocks: tuple[Block, ...] = (
        Heading(_("Shall we tell you of new research?")),
        Paragraph(said),
        _what_for(search),
        Button(_("Look at it and say yes"), _own_page(search)),
        Note(_("If it was not you, do nothing. We then write no more, and forget your address after a week.")),
    )
    return Letter(_("Please confirm: new research about %(search)s") % _short(search), blocks, preheader=said)


def _there_already(search: SavedSearch) -> Letter:
    said = _("You asked to be told of new research, and you already are: there is nothing to confirm.")
    blocks: tuple[Block, ...] = (
        Heading(_("You are told of this already")),
        Paragraph(said),
        _what_for(search),
        Button(_("Change, pause or stop it"), _own_page(search)),
    )
    return Letter(_("You are told of this already: %(search)s") % _short(search), blocks, preheader=said)


@letter_kind(ALERT, gettext_lazy("New publications for a saved search"))
def alert(payload: dict[str, Any]) -> Letter:
    """What is new since the last letter, and which of those told of before were retracted since."""
    search = _search(payload)
    told = ToldOf.objects.filter(search=search, letter=payload["letter"])
    new = _public(told.filter(what=What.NEW))
    # Those that are new and retracted at once are among the new ones.
    retracted = _public(told.filter(what=What.RETRACTED).exclude(publication__in=[one.pk for one in new]))
    subject = _subject(search, new, retracted)
    blocks: list[Block] = [Heading(subject), *_new(search, new), *_retracted(retracted)]
    if not (new or retracted):
        blocks.append(Paragraph(_("What we were about to tell you of has been withdrawn meanwhile.")))
    blocks += _foot(search)
    preheader = ". ".join(one.title for one in [*new, *retracted][:3])
    return Letter(subject, tuple(blocks), preheader=preheader, stop_url=_full("research:stop", search.token))


def _subject(search: SavedSearch, new: list[Publication], retracted: list[Publication]) -> str:
    about = _short(search)
    if new:
        said = ngettext("%(number)s new publication: %(search)s", "%(number)s new publications: %(search)s", len(new))
        return said % {"number": len(new), **about}
    return _("Retracted: %(search)s") % about if retracted else _("Nothing new: %(search)s") % about


def _new(search: SavedSearch, new: list[Publication]) -> Iterable[Block]:
    if not new:
        return
    yield Heading(_("New in the research database"))
    yield from map(_entry, new[:MOST])
    more = len(new) - MOST
    if more > 0:
        said = ngettext("And %(number)s more.", "And %(number)s more.", more)
        yield Paragraph(said % {"number": more})
    joint = "&" if search.query else "?"
    address = f"{settings.SITE_URL}{SEARCH}{search.query}{joint}sort=added"
    yield Button(_("See the whole list, the latest first"), address)


def _retracted(retracted: list[Publication]) -> Iterable[Block]:
    if retracted:
        yield Heading(_("Retracted since we told you"))
        yield Paragraph(_("Do not rely on these any more. Each page says who retracted it, and why."))
        yield from map(_entry, retracted[:MOST])


def _foot(search: SavedSearch) -> Iterable[Block]:
    said = _("You get this letter because you asked us to tell you of: %(search)s. %(often)s.")
    yield Note(said % _facts(search))
    yield Link(_("Change how often, or pause"), _own_page(search))
    yield Link(_("Stop these letters"), _full("research:stop", search.token))


def _public(told: Any) -> list[Publication]:
    """Those that are public now, the latest first, with what a letter says of them."""
    found = Publication.objects.public().filter(pk__in=told.values("publication")).select_related("source")
    return list(found.prefetch_related("contributions", "notices").order_by("-first_published_at", "-pk"))


def _entry(publication: Publication) -> Entry:
    makers = [one for one in publication.contributions.all() if one.role == Contribution.Role.AUTHOR]
    kind = str(publication.get_kind_display())
    is_retracted = any(notice.kind == "retraction" for notice in publication.notices.all())
    about = [
        _("RETRACTED") if is_retracted else "",
        f"{kind}, {publication.year}" if publication.year else kind,
        short_names(makers),
        publication.source.title if publication.source else "",
    ]
    words = Truncator(publication.plain_summary or publication.abstract).words(WORDS_OF_EACH)
    address = f"{settings.SITE_URL}{publication.get_absolute_url()}"
    return Entry(publication.title, address, about=". ".join(filter(None, about)), words=words)


def _search(payload: dict[str, Any]) -> SavedSearch:
    found = SavedSearch.objects.filter(pk=payload["search"]).first()
    if found is None:
        raise MailError(_("The saved search was stopped, so there is nothing to send."))
    return found


def _what_for(search: SavedSearch) -> Facts:
    return Facts(((_("What for"), search.words), (_("How often"), str(search.get_frequency_display()))))


def _facts(search: SavedSearch) -> dict[str, str]:
    return {"search": search.words, "often": search.get_frequency_display()}


def _short(search: SavedSearch) -> dict[str, str]:
    return {"search": Truncator(search.words).chars(LONGEST_SUBJECT)}


def _own_page(search: SavedSearch) -> str:
    return _full("research:saved", search.token)


def _full(name: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[token])}"


@letter_kind(DECIDED, gettext_lazy("What became of a suggestion"))
def suggestion_decided(payload: dict[str, Any]) -> Letter:
    """To who suggested a publication: what an editor decided. It names nobody: who they were is forgotten."""
    found = Suggestion.objects.select_related("publication").get(pk=payload["suggestion"])
    said = {
        Suggestion.State.ACCEPTED: _("We took it in. It appears in the database once an editor has described it."),
        Suggestion.State.DUPLICATE: _("It is in the database already."),
    }.get(Suggestion.State(found.state), _("We did not take it in: %(reason)s") % {"reason": found.reason})
    blocks: list[Block] = [Heading(_("What became of your suggestion")), Paragraph(str(found)), Paragraph(said)]
    if found.publication and found.publication.live:
        blocks.append(Button(_("Read about it"), settings.SITE_URL + found.publication.get_absolute_url()))
    blocks.append(Note(_("This is the only letter about it. Your address is no longer kept with the suggestion.")))
    return Letter(_("Your suggestion for the research database"), tuple(blocks), preheader=said)
