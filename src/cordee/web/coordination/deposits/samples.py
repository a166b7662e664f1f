"""Sample photos of a session's sheet, in the demonstration: to download, and to deposit in one click."""

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.demo.samples import sample
from cordee.deposits import actions, rules
from cordee.deposits.rules import GivenFile
from cordee.planning.models import Session
from cordee.web.coordination.deposits.outcomes import tell, where_to_look
from cordee.web.pages import demo_page, page, session_or_404
from cordee.web.request import Request

_KINDS: Final[dict[str, tuple[Promise, Promise]]] = {
    "good": (_("Signed by everybody"), _("A good photo: little is left to confirm.")),
    "crooked": (_("Crooked"), _("From the side, the lamp in a corner: read all the same.")),
    "upside-down": (_("Upside down"), _("Turned by half: read all the same.")),
    "absent": (_("Somebody is absent"), _("Ticked beside the name, and not signed.")),
    "free-line": (_("Somebody more came"), _("Signed on a free line: the name is asked for.")),
    "cut": (_("Cut"), _("A corner of the page is not on the photo: it is said.")),
    "no-code": (_("A cup on the code"), _("Nothing says which session it is: filed by hand.")),
    "dark": (_("Too dark"), _("Nothing can be read: it is said, and filed by hand.")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePhoto:
    """A photo that can be had for the asking."""

    label: str
    detail: str
    url: str


def samples_of(session: Session) -> list[SamplePhoto]:
    """Return what can be had of a session."""
    return [
        SamplePhoto(
            label=str(label), detail=str(detail), url=reverse("sample_photo", args=[session.ref, kind])
        )
        for kind, (label, detail) in _KINDS.items()
    ]


@demo_page
@page()
def sample_photo(request: Request, ref: str, kind: str) -> HttpResponse:
    """Give a sample photo of the sheet of a session to be saved; deposit it, when it is sent."""
    if kind not in _KINDS:
        raise Http404
    session, actor = session_or_404(request, ref), request.viewer.actor
    if list(rules.may_deposit_at(session, actor)):
        raise PermissionDenied
    photo = GivenFile(content=sample(session=session, kind=kind, by=actor), name=f"{ref.lower()}-{kind}.png")
    if request.method != "POST":
        headers = {"Content-Disposition": f'attachment; filename="{photo.name}"'}
        return HttpResponse(photo.content, content_type="image/png", headers=headers)
    done = actions.deposit(files=[photo], session_id=session.pk, by=actor)
    tell(request, done, actor)
    here = reverse("session_deposits", args=[session.ref])
    return HttpResponseRedirect(where_to_look(done, actor, here=here))
