"""Files to take away: of one record, of those that were ticked, of a reading list, of all that a search finds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from network_site.base.rate_limit import allow
from research_db.domain import files, heads, reading_lists
from research_db.domain.errors import ResearchError
from research_db.domain.exporting import records_of
from research_db.domain.records import public_of
from research_db.finding import asking, index
from research_db.finding.criteria import read
from research_db.formats.text import tidy
from research_db.formats.writing import WRITERS, Target, write
from research_db.models import Publication, ReadingList
from research_db.views.standing import standing

ENDINGS = frozenset(Target)
MOST_TICKED = 500
# Nothing of such a file can be sent before all of it is made; more would outlast the patience of what is in between.
MOST_IN_EXCEL = 20_000
# What is sent at once, in bytes.
A_PIECE = 1 << 16
# More than so many publications are a large file, of which a network gets a few in ten minutes.
MANY = 5_000
LARGE_FROM_A_NETWORK = 6
TEN_MINUTES = 600
View = Callable[..., HttpResponseBase]


def in_a_format(view: View) -> View:
    """The view with the format its address ends in; what cannot be sent is explained on a page."""

    @require_safe
    @wraps(view)
    def told(request: HttpRequest, *args: str, ending: str, **named: str) -> HttpResponseBase:
        try:
            return view(request, *args, target=_target(ending), **named)
        except ResearchError as error:
            return refused(request, str(error))

    return told


def refused(request: HttpRequest, sentence: str, *, heading: str = "", status: int = 400) -> HttpResponse:
    """A page that says why there is no file, and which there are."""
    asked = request.GET.copy()
    asked.pop("r", None)
    back = f"{heads.SEARCH}?{asked.urlencode()}" if asked else heads.SEARCH
    said = {
        "heading": heading,
        "sentence": sentence,
        "labels": [writer.label for writer in WRITERS.values()],
        "back": back,
    }
    return render(request, "research_db/refused.html", said, status=status)


def _target(ending: str) -> Target:
    if ending not in ENDINGS:
        raise ResearchError(_("We do not write files that end in “.%(ending)s”.") % {"ending": tidy(ending)[:20]})
    return Target(ending)


@in_a_format
def record(request: HttpRequest, code: str, slug: str, *, target: Target) -> HttpResponseBase:
    """One record; an old title's address leads to the one of today."""

    def shown(found: Publication) -> HttpResponseBase:
        response = sent(request, [found.pk], target, name=found.slug)
        response.headers["Link"] = f'<{request.build_absolute_uri(found.get_absolute_url())}>; rel="describes"'
        return response

    return standing(request, code, slug, address=lambda kept: files.address(kept, target), shown=shown)


@in_a_format
def selection(request: HttpRequest, *, target: Target) -> HttpResponseBase:
    """The records that were ticked, in the order of the list they stood in."""
    codes = request.GET.getlist("r")
    if not codes:
        raise ResearchError(_("Nothing is ticked. Go back and tick what you want to save."))
    if len(codes) > MOST_TICKED:
        raise ResearchError(_("Tick at most %(most)s publications at once.") % {"most": MOST_TICKED})
    found, unknown = public_of(codes)
    if unknown:
        said = ngettext(
            "We have no publication with this number: %(codes)s.",
            "We have no publications with these numbers: %(codes)s.",
            len(unknown),
        )
        raise ResearchError(said % {"codes": ", ".join(tidy(code)[:20] for code in unknown[:10])})
    return sent(request, [one.pk for one in found], target, name="research-selection")


@in_a_format
def reading_list(request: HttpRequest, slug: str, *, target: Target) -> HttpResponseBase:
    """A reading list, in the order of those who made it."""
    found = get_object_or_404(ReadingList, live=True, slug=slug)
    return sent(request, reading_lists.numbers_of(found), target, name=found.slug)


@in_a_format
def search(request: HttpRequest, *, target: Target) -> HttpResponseBase:
    """All that the list of the same question shows on its pages, in the same order."""
    now = index.site().now()
    if now is None:
        return _later(request, _("The search is being prepared. Try again in a minute."), status=503, seconds=60)
    numbers = asking.every_number(read(request.GET, now.vocabulary), now)
    if len(numbers) > MANY and request.method == "GET" and not _may_have_many(request):
        return _later(request, _("Many large files went to your network just now. Wait ten minutes and try again."))
    if not numbers:
        raise ResearchError(_("No publication fits this search, so there is nothing to save."))
    return sent(request, numbers, target, name="research")


def _may_have_many(request: HttpRequest) -> bool:
    """A file of everything keeps a process at work for seconds: a network gets some of them in ten minutes."""
    network = request.META.get("REMOTE_ADDR", "")
    return allow("research-export", key=network, limit=LARGE_FROM_A_NETWORK, seconds=TEN_MINUTES)


def _later(request: HttpRequest, sentence: str, *, status: int = 429, seconds: int = TEN_MINUTES) -> HttpResponse:
    """A page that says when to come back, to people and to programs."""
    response = refused(request, sentence, heading=_("Not just now"), status=status)
    response.headers["Retry-After"] = str(seconds)
    return response


def sent(request: HttpRequest, numbers: Sequence[int], target: Target, *, name: str) -> StreamingHttpResponse:
    """The public ones of these publications as a file, in pieces while they are read.

    Raises:
        ResearchError: there are more than can be sent in this format.
    """
    if target == Target.XLSX and len(numbers) > MOST_IN_EXCEL:
        said = _("An Excel file takes at most %(most)s publications. Take CSV, which Excel opens too, or find fewer.")
        raise ResearchError(said % {"most": f"{MOST_IN_EXCEL:,}"})
    content = () if request.method == "HEAD" else in_pieces(write(records_of(numbers), target))
    response = StreamingHttpResponse(content, content_type=WRITERS[target].content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{target}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def in_pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, fewer and larger: each piece on its own costs a server and what is in between."""
    piece = bytearray()
    for part in content:
        piece += part
        if len(piece) >= A_PIECE:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)
