"""Enrolling people on a session: e-mails first, names just after; pasted, checked, then enrolled."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.enrolment import actions, queries
from cordee.enrolment.actions import Enrolled
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person, is_somebody, list_is_open
from cordee.enrolment.states import MOST_AT_ONCE
from cordee.kernel.names import normal_email, tidy
from cordee.kernel.refusals import Refused
from cordee.missions.rules import can_run, is_running
from cordee.planning.models import Session
from cordee.planning.queries import is_on_session
from cordee.planning.rules import is_planned
from cordee.web.coordination.refusals import with_ways_out
from cordee.web.pages import (
    HouseForm,
    attempt,
    carry_out,
    need_to_run,
    only_post,
    page,
    session_or_404,
    status_of,
)
from cordee.web.request import Request

EMPTY_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One person to be enrolled, as typed, with what is wrong and what is worth knowing."""

    number: int
    email: str = ""
    first: str = ""
    last: str = ""
    problems: tuple[str, ...] = ()
    note: str = ""

    @property
    def person(self) -> Person:
        return Person(email=normal_email(self.email), first_name=tidy(self.first), last_name=tidy(self.last))

    @property
    def is_empty(self) -> bool:
        return not (self.email.strip() or self.first.strip() or self.last.strip())


class EnrolForm(HouseForm):
    """A list to be read; the rows beside it are read by `typed_rows`."""

    text = forms.CharField(
        label=gettext_lazy("Paste the list"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 5, "spellcheck": "false", "placeholder": "nadia.benali@example.org"}
        ),
        help_text=gettext_lazy(
            "One person per line, as it comes: an address alone, “Name &lt;address&gt;”, "
            "or columns copied from a table."
        ),
    )


@page()
def enrol(request: Request, ref: str) -> HttpResponse:
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    blockers = [*is_running(session.mission), *is_planned(session), *list_is_open(session)]
    if blockers or request.method != "POST":
        return _show(request, session, EnrolForm(), [], refusals=with_ways_out(blockers, _ways_out(session)))
    form = EnrolForm(request.POST)
    rows = typed_rows(request)
    text = request.POST.get("text", "")
    reading = bool(text.strip()) or request.POST.get("step") != "enrol"
    if reading:
        try:
            rows += [
                Row(number=0, email=row.email, first=row.first_name, last=row.last_name)
                for row in (queries.read_paste(text).rows if text.strip() else ())
            ]
        except Refused as refused:
            form.refuse(refused)
            return _show(request, session, form, annotated(session, rows))
    rows = annotated(session, rows)
    if not rows:
        form.add_error("text", _("Nobody to enrol yet: paste or type at least one address or name."))
    elif len(rows) > MOST_AT_ONCE:
        form.add_error("text", _("At most %(most)d people at once: split the list.") % {"most": MOST_AT_ONCE})
    elif reading:
        return _show(request, session, EnrolForm(), rows, status=200)
    elif form.is_valid():
        return _enrol_good(request, session, form, rows)
    return _show(request, session, form, rows)


def _enrol_good(request: Request, session: Session, form: EnrolForm, rows: list[Row]) -> HttpResponse:
    """Enrol the rows that are understood; those that are not stay on screen with what was typed."""
    good = [row.person for row in rows if not row.problems]
    bad = [row for row in rows if row.problems]
    told: list[str] = []

    def do() -> str:
        told.append(outcome(actions.enrol(session_id=session.pk, people=good, by=request.viewer.actor)))
        return reverse("session", args=[session.ref]) + "#people"

    done = carry_out(request, form, do) if good else None
    if done is None:
        return _show(
            request,
            session,
            form,
            rows,
            refusals=with_ways_out(form.refusals, _ways_out(session)),
            status=422,
        )
    for sentence in told:
        messages.success(request, sentence)
    return _show(request, session, EnrolForm(), annotated(session, bad), status=422) if bad else done


def outcome(enrolled: Enrolled) -> str:
    """Return what became of a list, in words: nobody wonders where a line went."""
    n = len(enrolled.new)
    parts = [ngettext("%(n)d person enrolled", "%(n)d people enrolled", n) % {"n": n}]
    if enrolled.already:
        words = ngettext("%(n)d on the list already", "%(n)d on the list already", enrolled.already)
        parts.append(words % {"n": enrolled.already})
    if enrolled.twice:
        words = ngettext("%(n)d line twice", "%(n)d lines twice", enrolled.twice)
        parts.append(words % {"n": enrolled.twice})
    return " · ".join(parts)


def typed_rows(request: Request) -> list[Row]:
    """Return the rows as they were typed, without the empty ones."""
    cells = zip(*(request.POST.getlist(name) for name in ("email", "first", "last")), strict=False)
    rows = [Row(number=0, email=email, first=first, last=last) for email, first, last in cells]
    return [row for row in rows if not row.is_empty]


def annotated(session: Session, rows: Sequence[Row]) -> list[Row]:
    """Return the rows numbered, with their problems, and a note for who is on the list already or twice."""
    on_list = (
        {e.participant.email or e.participant.full_name for e in queries.enrolments(session.pk)}
        if rows
        else set()
    )
    times = Counter(_identity(row) for row in rows)
    found = []
    for number, row in enumerate(rows, start=1):
        problems = tuple(f"{b.message} {b.fix}".strip() for b in is_somebody(row.person, line=number))
        note = ""
        if _identity(row) in on_list:
            note = _("on the list already")
        elif times[_identity(row)] > 1:
            note = _("twice in this list: enrolled once")
        found.append(
            Row(number=number, email=row.email, first=row.first, last=row.last, problems=problems, note=note)
        )
    return found


def _identity(row: Row) -> str:
    person = row.person
    return person.email or f"{person.first_name} {person.last_name}".strip()


def _ways_out(session: Session) -> dict[str, str]:
    return {
        "already_ended": reverse("presence", args=[session.ref]) + "#walk-in",
        "no_room": reverse("change_session", args=[session.ref]),
    }


def _show(
    request: Request,
    session: Session,
    form: EnrolForm,
    rows: list[Row],
    *,
    refusals: Sequence[object] = (),
    status: int | None = None,
) -> HttpResponse:
    last = len(rows)
    empty = 1 if rows else EMPTY_ROWS
    context = {
        "session": session,
        "mission": session.mission,
        "form": form,
        "rows": rows,
        "empty_rows": [Row(number=n) for n in range(last + 1, last + 1 + empty)],
        "good": sum(not row.problems for row in rows),
        "bad": sum(bool(row.problems) for row in rows),
        "refusals": refusals,
        "closed": bool(refusals) and request.method != "POST",
        "left": session.capacity - queries.counts([session.pk]).get(session.pk, 0),
    }
    return render(request, "coordination/enrol.html", context, status=status or status_of(form))


class PersonForm(HouseForm):
    """Name and address of one person."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    first_name = forms.CharField(label=gettext_lazy("First name"), required=False, max_length=100)
    last_name = forms.CharField(label=gettext_lazy("Last name"), required=False, max_length=100)

    def person(self) -> Person:
        names = ("email", "first_name", "last_name")
        return Person(**{name: self.cleaned_data[name] for name in names})


def _enrolment(session: Session, enrolment_id: int) -> Enrolment:
    """Return somebody on the list of this session."""
    found = queries.enrolment(enrolment_id)
    if found is None or found.session_id != session.pk or found.cancelled_at is not None:
        raise Http404
    return found


@page()
def correct_enrolment(request: Request, ref: str, enrolment_id: int) -> HttpResponse:
    session = session_or_404(request, ref)
    actor = request.viewer.actor
    runs = can_run(session.mission, actor)
    if not runs and not (actor.facilitator_id and is_on_session(session.pk, actor.facilitator_id)):
        raise PermissionDenied
    enrolment = _enrolment(session, enrolment_id)
    participant = enrolment.participant
    initial = {name: getattr(participant, name) for name in ("email", "first_name", "last_name")}
    form = PersonForm(request.POST) if request.method == "POST" else PersonForm(initial=initial)
    back = reverse("session", args=[ref]) + "#people"
    if form.is_bound and form.is_valid():

        def do() -> str:
            actions.correct(enrolment_id=enrolment.pk, person=form.person(), by=actor)
            return back

        done = carry_out(request, form, do, done=_("Corrected."))
        if done:
            return done
    context = {
        "session": session,
        "mission": session.mission,
        "enrolment": enrolment,
        "name": participant.full_name,
        "form": form,
        "back_url": back,
        "refusals": with_ways_out((b for b in form.refusals if b.field not in form.fields), {}),
        "may_take_off": runs,
        "why_not": list(list_is_open(session)) or list(is_running(session.mission)),
    }
    return render(request, "coordination/person.html", context, status=status_of(form))


@page()
def cancel_enrolment(request: Request, ref: str, enrolment_id: int) -> HttpResponse:
    only_post(request)
    session = session_or_404(request, ref)
    need_to_run(request, session.mission)
    enrolment = _enrolment(session, enrolment_id)
    return attempt(
        request,
        lambda: actions.cancel_enrolment(enrolment_id=enrolment.pk, by=request.viewer.actor),
        back_to=reverse("session", args=[ref]) + "#people",
        done=_("%(name)s is off the list.") % {"name": enrolment.participant.full_name},
    )
