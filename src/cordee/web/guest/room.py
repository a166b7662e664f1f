"""In the room: the code on the facilitator's screen opens the list, people choose their name and sign; near the end
they say there how it was.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.attendance import queries, rules
from cordee.attendance.states import Way
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import Actor, ActorKind
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay, Session
from cordee.surveys import queries as surveys
from cordee.web import kept, limits
from cordee.web.guest.doors import Door
from cordee.web.guest.surveys import pass_for
from cordee.web.kept import was_kept
from cordee.web.pages import carry_out, enrolment_or_404, half_day_or_404, status_of
from cordee.web.request import Request
from cordee.web.signatures import when
from cordee.web.stay import own_form, take_with_arrival

_SALT = "cordee.web.guest.room"
PASS_LASTS = timedelta(minutes=10)
"""From the code to the signature: long enough to find one's name, too short to hand on."""
KEPT_LASTS = timedelta(days=30)
"""What was signed within that time, but found no network, is taken this long: as a question to the facilitator."""
WHO_CAME = Actor(ActorKind.LINK)
"""Somebody in the room, without a link of their own."""


@dataclass(frozen=True, slots=True)
class InTheRoom:
    """Somebody who gave a code that stood on the screen of this session."""

    token: str
    session: Session
    in_time: bool
    """Of what waited on a device for the network, tells whether it came within the ten minutes."""


class CodeForm(forms.Form):
    """The code, typed."""

    code = forms.CharField(
        label=gettext_lazy("Code on the screen"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


def by_typed_code(request: Request) -> HttpResponse:
    """Ask for the code, for whoever cannot scan it."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return _let_in(request, form.cleaned_data["code"], form)
    return render(request, "guest/room_code.html", {"form": form}, status=status_of(form))


def by_code(request: Request, code: str) -> HttpResponse:
    """Let in who scanned the code; the form explains what happened where it is no longer the one on the screen."""
    return _let_in(request, code, CodeForm({"code": code}))


def _let_in(request: Request, code: str, form: CodeForm) -> HttpResponse:
    form.is_valid()
    if limits.is_met(request, "wrong_room_code", counts=False):
        form.add_error(
            "code", _("Too many tries from here. Wait a little, or sign on the facilitator’s phone.")
        )
    elif session := queries.session_of_code(code):
        token = signing.dumps(session.pk, salt=_SALT)
        return HttpResponseRedirect(reverse("room", args=[token]))
    else:
        limits.is_met(request, "wrong_room_code")
        form.add_error(
            "code", _("This code is not on a screen now: it changes every 20 seconds. Take the new one.")
        )
    return render(request, "guest/room_code.html", {"form": form}, status=422)


def _enter(request: Request, token: str) -> InTheRoom | None:
    number, in_time = _read(token, PASS_LASTS), True
    if number is None and was_kept(request):
        number, in_time = _read(token, KEPT_LASTS), False
    session = planning.session(number) if number is not None else None
    return InTheRoom(token, session, in_time) if session else None


def _read(token: str, lasts: timedelta) -> int | None:
    try:
        number: int = signing.loads(token, salt=_SALT, max_age=lasts)
    except signing.BadSignature:
        return None
    return number


def _ended(request: HttpRequest, _token: str) -> HttpResponse:
    form = CodeForm({"code": ""})
    form.is_valid()
    form.errors["code"] = form.error_class(
        [_("Ten minutes are over: take the code that is on the screen now.")]
    )
    return render(request, "guest/room_code.html", {"form": form}, status=410)


in_the_room = Door(_enter, language=lambda who: who.session.language, ended=_ended)
"""Opens a page to whoever gave the code of a session in the last ten minutes."""


@dataclass(frozen=True, slots=True)
class OnList:
    """Somebody on the list of a half-day."""

    name: str
    signed: bool
    url: str


@in_the_room
def room(request: Request, who: InTheRoom) -> HttpResponse:
    """Show the names on the list, each leading to the box to sign in; near the end, to how it was as well."""
    people = enrolment.enrolments(who.session.pk)
    context = {
        "session": who.session,
        "halves": [
            (when(half_day, who.session), _names(who, half_day, people))
            for half_day in _open_now(who.session)
        ],
        # Who has answered is shown to nobody, so not to the room either.
        "surveys": [(person.participant.full_name, pass_for(person.pk)) for person in people]
        if surveys.opens_in_room(who.session)
        else [],
    }
    return _kept(render(request, "guest/room.html", context), who)


def _kept(response: HttpResponse, who: InTheRoom) -> HttpResponse:
    return kept.keep(response, kept.owner(f"room:{who.token}"), then=reverse("room", args=[who.token]))


def _open_now(session: Session) -> list[HalfDay]:
    return [h for h in planning.half_days(session.pk) if not list(rules.can_be_signed_now(h, ""))]


def _names(who: InTheRoom, half_day: HalfDay, people: list[Enrolment]) -> list[OnList]:
    signed = queries.signed(half_day.pk)
    return [
        OnList(
            person.participant.full_name,
            person.pk in signed,
            reverse("room_sign", args=[who.token, half_day.position, person.pk]),
        )
        for person in people
    ]


@in_the_room
def room_sign(request: Request, who: InTheRoom, position: int, enrolment_id: int) -> HttpResponse:
    """Take the signature of who chose a name."""
    half_day = half_day_or_404(who.session, position)
    person = enrolment_or_404(request, who.session, enrolment_id)
    half_day.session = who.session
    form = own_form(request, half_day)

    def do() -> str:
        given = form.given(request, Way.CODE)
        ask = not who.in_time
        take_with_arrival(
            request, form, given, half_day=half_day, enrolment_id=person.pk, ask=ask, by=WHO_CAME
        )
        return reverse("room", args=[who.token])

    name = person.participant.full_name
    if form.is_valid() and (
        answer := carry_out(
            request, form, do, done=_("Thank you %(name)s, you have signed.") % {"name": name}
        )
    ):
        return answer
    signature = queries.signed_by(person.pk).get(half_day.pk)
    context: dict[str, Any] = {
        "page_url": reverse("room", args=[who.token]),
        "own": False,
        "session": who.session,
        "organisation": request.viewer.organisation,
        "name": name,
        "when": when(half_day, who.session),
        "form": form,
        "signature": signature,
        "closed": [] if signature else list(queries.closed_to(person, half_day)),
    }
    response = render(request, "guest/sign.html", context, status=status_of(form))
    return _kept(response, who)
