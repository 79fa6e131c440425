"""Writing to us, and saying whether a page helped; no cookie is needed for either."""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from network_site.base.pages import BasePage
from network_site.base.rate_limit import allow
from network_site.base.same_origin import same_origin
from network_site.contact.domain.errors import ContactError
from network_site.contact.domain.messages import receive
from network_site.contact.domain.opinions import Place, give
from network_site.contact.forms import ContactForm, OpinionForm, offered_topics
from network_site.contact.models import ContactPage, Message

TEN_MINUTES = 600
# An office of many people shares one address.
MESSAGES_PER_ADDRESS = 10
OPINIONS_PER_ADDRESS = 60
PRIVATE = "private, no-store"
THANKS = "thank-you"


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Take a message and go on to the thanks; what needs help comes back with everything that was typed."""
    page = get_object_or_404(ContactPage.objects.live())
    if request.method != "POST":
        return redirect(str(page.get_url(request)))
    form = ContactForm(request.POST, topics=offered_topics())
    if not form.is_valid():
        return _form_again(request, page, form, status=422)
    if not _may(request, "contact", limit=MESSAGES_PER_ADDRESS):
        form.add_error(None, _("Many messages came from your network just now. Wait ten minutes and send it again."))
        return _form_again(request, page, form, status=429)
    return _receive(request, page, form)


def _receive(request: HttpRequest, page: ContactPage, form: ContactForm) -> HttpResponse:
    try:
        message = receive(form.words, form=form.token, topic=form.chosen, signs=form.signs(), now=timezone.now())
    except ContactError as error:
        form.add_error(None, str(error))
        return _form_again(request, page, form, status=503)
    return _see_other(reverse("contact:sent", args=[_signer().sign(message.reference)]))


def _form_again(request: HttpRequest, page: ContactPage, form: ContactForm, *, status: int) -> HttpResponse:
    context = {**page.get_context(request), "form": form}
    return _show(request, page.template, context, status=status)


@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, with the reference; looking at it again changes nothing."""
    try:
        reference = _signer().unsign(token)
    except BadSignature as error:
        raise Http404 from error
    message = get_object_or_404(Message.objects.select_related("topic"), reference=reference)
    page = ContactPage.objects.live().first()
    return _show(request, "contact/sent.html", {"message": message, "contact_page": page}, status=200)


def _signer() -> Signer:
    return Signer(salt="network_site.contact.sent", sep=".")


@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take an answer and go back to the page, or tell the page's script; GET is the question on a page of its own."""
    page = _readable_or_404(page_id)
    if request.method != "POST":
        return _question(request, page, OpinionForm(), status=200)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _question(request, page, form, status=422)
    if not _may(request, "opinion", limit=OPINIONS_PER_ADDRESS):
        form.add_error(None, _("Many answers came from your network just now. Wait ten minutes and send it again."))
        return _question(request, page, form, status=429)
    give(
        page, is_useful=form.found_it_useful, comment=form.cleaned_data["comment"], place=_place(request),
        today=timezone.localdate(),
    )  # fmt: skip
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"said": _("Thank you. Your answer helps us to make this page better.")})
    return _see_other(f"{page.get_url(request)}#{THANKS}")


def _readable_or_404(page_id: int) -> Page:
    page = get_object_or_404(Page.objects.live().public(), pk=page_id).specific
    if not isinstance(page, BasePage) or not page.is_for_reading:
        raise Http404
    return page


def _question(request: HttpRequest, page: Page, form: OpinionForm, *, status: int) -> HttpResponse:
    return _show(request, "contact/question.html", {"about": page, "form": form}, status=status)


def _place(request: HttpRequest) -> Place:
    return Place(address=request.META.get("REMOTE_ADDR", ""), browser=request.headers.get("User-Agent", ""))


def _may(request: HttpRequest, bucket: str, *, limit: int) -> bool:
    return allow(bucket, key=request.META.get("REMOTE_ADDR", ""), limit=limit, seconds=TEN_MINUTES)


def _show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = PRIVATE
    response["X-Robots-Tag"] = "noindex"
    return response


def _see_other(address: str) -> HttpResponse:
    """303: the browser fetches the next page, whatever was sent before."""
    response = redirect(address)
    response.status_code = 303
    response["Cache-Control"] = PRIVATE
    return response
