"""Where harvesters ask."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from research_db.harvest.answering import answer


@csrf_exempt  # it changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
def harvest(request: HttpRequest) -> HttpResponse:
    """OAI-PMH 2.0; what is wrong with a question is said within the answer, as the protocol has it."""
    content = answer(request.POST if request.method == "POST" else request.GET)
    return HttpResponse(content, content_type="text/xml; charset=utf-8", headers={"Cache-Control": "no-store"})
