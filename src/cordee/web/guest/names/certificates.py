"""The certificates of a mission, for the client's contact."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cordee.certificates import queries
from cordee.certificates.states import Kind
from cordee.web.guest.names.door import Door, to_certificates
from cordee.web.papers import pdf
from cordee.web.request import Request


@to_certificates
@require_safe
def contact_certificates(request: Request, door: Door) -> HttpResponse:
    """Offer what was certified, each kind in one file."""
    context = {"order": door.mission.order, "token": door.token, "kinds": queries.kinds_on(door.mission.pk)}
    return render(request, "guest/names/certificates.html", context)


@to_certificates
@require_safe
def contact_certificates_file(request: Request, door: Door, certified: str) -> HttpResponse:
    """Give all certificates of a kind that stand."""
    if certified not in set(Kind):
        raise Http404
    certificates = list(queries.on_mission(door.mission.pk, Kind(certified)))
    if not certificates:
        raise Http404
    return pdf(queries.drawn(certificates), _("certificates-%(ref)s") % {"ref": door.mission.ref})
