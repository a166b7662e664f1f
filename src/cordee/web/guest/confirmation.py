"""The page to which the QR code of a certificate leads: it confirms what is printed, and tells nothing else."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cordee.certificates import queries
from cordee.certificates.models import KIND_LABELS
from cordee.certificates.states import Kind
from cordee.documents.rendering import learned_words
from cordee.kernel.periods import minutes_text
from cordee.web import limits
from cordee.web.guest.doors import speak
from cordee.web.request import Request

_WRONG = "wrong_certificate_code"


@require_safe
def certificate_confirmed(request: Request, code: str) -> HttpResponse:
    """Confirm a certificate to whoever holds it; everybody else gets the same answer, whatever they tried."""
    if limits.is_met(request, _WRONG, counts=False):
        return render(request, "guest/not_confirmed.html", status=429)
    shown = queries.confirmed(code)
    if shown is None:
        limits.is_met(request, _WRONG)
        return render(request, "guest/not_confirmed.html", status=404)
    content = shown.certificate.content
    speak(request, content["language"])
    context = {
        "standing": shown.standing,
        "kind": KIND_LABELS[Kind(content["kind"])],
        "number": content["number"],
        "person": content["person"],
        "title": content["title"],
        "first_day": date.fromisoformat(content["first_day"]),
        "last_day": date.fromisoformat(content["last_day"]),
        "hours": minutes_text(content["minutes"]),
        "learned": learned_words(content, get_language() or ""),
        "issuer": content["organisation"]["name"],
        "issued_on": date.fromisoformat(content["issued_on"]),
    }
    return render(request, "guest/confirmed.html", context)
