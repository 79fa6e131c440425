"""The gateway's messages, and the page on which practice money is paid."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from network_site.base.same_origin import same_origin
from network_site.payments import practice_gateway, webhooks
from network_site.payments.errors import BadSignature, PaymentBusy
from network_site.payments.forms import ChoiceForm
from network_site.payments.gateway import SessionState, current_gateway
from network_site.payments.models import PracticeSession

log = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Answer 200 once a message is stored, 400 when it is not Stripe's, 503 when it could not be stored."""
    try:
        webhooks.receive(request.body, signature=request.headers.get("Stripe-Signature", ""))
    except BadSignature as error:
        log.warning("A message with a bad signature was refused: %s", error.detail)
        return HttpResponse("The signature is not Stripe's.", status=400, content_type="text/plain")
    except PaymentBusy:
        return HttpResponse("Busy; send it again.", status=503, content_type="text/plain")
    return HttpResponse("Thank you.", content_type="text/plain")


@same_origin
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def practice_page(request: HttpRequest, session_id: str) -> HttpResponseBase:
    """Pay, decline or abandon; leads back as the real gateway would."""
    if current_gateway().name != "practice":
        raise Http404
    session = get_object_or_404(PracticeSession, pk=session_id)
    form = ChoiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        choice = form.cleaned_data["choice"]
        is_paid = practice_gateway.decide(session_id, choice)
        return HttpResponseRedirect(practice_gateway.way_on(session, choice=choice, is_paid=is_paid))
    context = {
        "session": session,
        "bill": practice_gateway.bill(session),
        "form": form,
        "is_open": practice_gateway.state(session) == SessionState.OPEN,
    }
    return render(request, "payments/practice.html", context, status=400 if form.errors else 200)
