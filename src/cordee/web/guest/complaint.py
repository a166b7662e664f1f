"""A participant, or the client's contact, complains on their own page; follows what they raised, and answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from cordee.kernel.actor import Actor
from cordee.network.models import Facilitator
from cordee.planning import queries as planning
from cordee.quality import actions, queries
from cordee.quality.models import Complaint
from cordee.quality.rules import Raiser
from cordee.web.complaints import ComplaintForm, WordsForm, threads
from cordee.web.guest.arrival import Arrival, own_page
from cordee.web.guest.names.door import Door, to_certificates
from cordee.web.pages import carry_out, status_of
from cordee.web.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody without an account who may complain: about what, of whom, and what they raised so far."""

    raiser: Raiser
    about: dict[str, int]
    about_what: str
    people: Sequence[Facilitator]
    own: Sequence[Complaint]
    here: str
    back_url: str
    by: Actor
    shared: bool
    """Staff hold this link, too: they handed it out on paper, or see it to send it again. That something confidential
    was told stands nowhere on its page.
    """

    @property
    def told_here(self) -> Sequence[Complaint]:
        """What they raised, as much of it as this page tells."""
        return [c for c in self.own if not (self.shared and c.confidential)]


@sensitive_post_parameters("words", "about")
@own_page
def participant_complaint(request: Request, who: Arrival) -> HttpResponse:
    """Take a complaint about the session, or an answer to what was asked back."""
    places = planning.running([who.session.pk]).get(who.session.pk, [])
    guest = Guest(
        raiser=Raiser(enrolment_id=who.person.pk),
        about={"session_id": who.session.pk},
        about_what=who.session.title,
        people=_with_coordinator([place.facilitator for place in places], who.session.mission.coordinator),
        own=queries.of_enrolment(who.person.pk),
        here=reverse("participant_complaint", args=[who.token]),
        back_url=reverse("participant", args=[who.token]),
        by=who.by,
        shared=not who.person.participant.email,
    )
    return _page(request, guest)


@sensitive_post_parameters("words", "about")
@to_certificates
def contact_complaint(request: Request, door: Door) -> HttpResponse:
    """Take a complaint of the client's contact about the mission, also once it is over."""
    mission, contact_id = door.mission, door.invitation.contact_id
    guest = Guest(
        raiser=Raiser(contact_id=contact_id),
        about={"mission_id": mission.pk},
        about_what=mission.order.title,
        people=_with_coordinator(planning.facilitators_on(mission.pk), mission.coordinator),
        own=queries.of_contact(contact_id, mission.pk),
        here=reverse("contact_complaint", args=[door.token]),
        back_url=door.url,
        by=door.by,
        shared=True,
    )
    return _page(request, guest)


def _with_coordinator(people: Sequence[Facilitator], coordinator: Facilitator | None) -> list[Facilitator]:
    return list(dict.fromkeys([*people, *([coordinator] if coordinator else [])]))


def _page(request: Request, guest: Guest) -> HttpResponse:
    """Show what they raised, and take one form or the other."""
    answering = _answering(request, guest.told_here)
    raises = request.method == "POST" and answering is None
    form = ComplaintForm(request.POST if raises else None, people=guest.people)
    answer = _answer_form(answering, request.POST) if answering else None
    said_more = _said_more(request, guest, answer, answering) if answering and answer else None
    done = said_more or _raised(request, guest, form)
    if done:
        return done
    context = {
        "guest": guest,
        "form": form,
        "threads": [
            (thread, answer if answer and thread.complaint == answering else _answer_form(thread.complaint))
            for thread in threads(guest.told_here)
        ],
        "answering": answering,
    }
    return render(request, "guest/complaint.html", context, status=status_of(answer or form))


def _answer_form(complaint: Complaint, data: QueryDict | None = None) -> WordsForm:
    """Return the form for saying more of one of several complaints: each has ids of its own."""
    return WordsForm(data, auto_id=f"{complaint.ref}-%s")


def _raised(request: Request, guest: Guest, form: ComplaintForm) -> HttpResponse | None:
    def do() -> str:
        made = actions.receive(draft=form.draft(), raiser=guest.raiser, **guest.about, by=guest.by)
        messages.success(request, _thanks(made, shared=guest.shared))
        return guest.here

    return carry_out(request, form, do) if form.is_valid() else None


def _thanks(made: Complaint, *, shared: bool) -> str:
    if shared and made.confidential:
        return _(
            "Thank you. Its number is %(ref)s: note it, it is told here this once, as others may hold this link. "
            "Those in charge of it call or meet you."
        ) % {"ref": made.ref}
    return _("Thank you. It has a number, and somebody sees to it: you find it on this page.")


def _said_more(request: Request, guest: Guest, form: WordsForm, complaint: Complaint) -> HttpResponse | None:
    def do() -> str:
        actions.answer(complaint_id=complaint.pk, words=form.cleaned_data["words"], by=guest.by)
        return guest.here

    thanks = _("Thank you, it is with who sees to it.")
    return carry_out(request, form, do, done=thanks) if form.is_valid() else None


def _answering(request: Request, own: Sequence[Complaint]) -> Complaint | None:
    """Return which of their own complaints somebody says more of; nothing when they raise one."""
    ref = request.POST.get("complaint", "")
    if not ref:
        return None
    found = next((c for c in own if c.ref == ref), None)
    if found is None:
        raise Http404
    return found
