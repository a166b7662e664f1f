"""Depositing signed sheets: on the page of a session, of a mission, or of whoever runs several; and how it goes on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cordee.deposits import actions, queries, rules
from cordee.deposits.models import DepositedFile
from cordee.deposits.rules import GivenFile
from cordee.deposits.states import LARGEST_FILE, TO_SEE_TO, FileState
from cordee.kernel.permissions import Permission
from cordee.missions.models import Mission
from cordee.missions.rules import can_run
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.scans.pages import eyes_are_here
from cordee.web import limits
from cordee.web.coordination.deposits.outcomes import tell, where_to_look
from cordee.web.coordination.deposits.samples import samples_of
from cordee.web.coordination.deposits.shown import file_rows, page_rows
from cordee.web.pages import (
    HouseForm,
    carry_out,
    facilitator_page,
    mission_or_404,
    page,
    session_or_404,
    status_of,
)
from cordee.web.request import Request
from cordee.web.slices import slice_of

ACCEPTED = "image/*,.heic,.heif,.tif,.tiff,application/pdf,.pdf"


class ManyFiles(forms.ClearableFileInput):
    """A field in which several files are chosen at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files; each is judged by its content, in the rules."""

    one_of_several = True
    """Left empty where files are given by another way: it is not called optional."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002 - as Django calls it
        """Return the files that were chosen, none as an empty list."""
        given = data if isinstance(data, list | tuple) else [data]
        return [file for file in given if file]


class DepositForm(HouseForm):
    """Photos or scans, chosen from the device or taken on the spot."""

    photo = FilesField(
        label=gettext_lazy("Take a photo"),
        required=False,
        allow_empty_file=True,
        widget=ManyFiles(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=gettext_lazy(
            "From above, by good light, with all four corners of the page. One page after the other."
        ),
    )
    scans = FilesField(
        label=gettext_lazy("Or choose photos and scans"),
        required=False,
        allow_empty_file=True,
        widget=ManyFiles(attrs={"accept": ACCEPTED}),
        help_text=gettext_lazy(
            "JPEG, PNG, HEIC, TIFF, PDF of several pages: up to 40 files of 25 MB, of several sessions, in any order."
        ),
    )

    def given(self) -> list[GivenFile]:
        """Return what was chosen, read no further than a file may go."""
        chosen = [*self.cleaned_data["photo"], *self.cleaned_data["scans"]]
        return [GivenFile(content=f.read(LARGEST_FILE + 1), name=f.name or "") for f in chosen]


@page()
def session_deposits(request: Request, ref: str) -> HttpResponse:
    """List the signed pages of a session, and take more of them."""
    session = session_or_404(request, ref)
    actor = request.viewer.actor
    if not rules.sees_sheets_of(session, actor):
        raise PermissionDenied
    may = not list(rules.may_deposit_at(session, actor))
    if request.method == "POST" and not may:
        raise PermissionDenied
    form, answer = take(request, session=session)
    if answer:
        return answer
    found = slice_of(request, queries.pages_of_session(session.pk))
    context = {
        "session": session,
        "mission": session.mission,
        "rows": page_rows(found.items, with_session=False),
        "page": found,
        "form": form if may else None,
        "samples": samples_of(session) if may and settings.DEMO else (),
    }
    return render(request, "coordination/session_deposits.html", context, status=status_of(form))


@require_safe
def sheet_page(request: Request, ref: str, version: int, number: int) -> HttpResponseBase:
    """Lead who opens the code of a printed page, and runs its session, to depositing it; everybody else is told what
    the code is for, and nothing of the session.
    """
    session = planning.session_by_ref(ref.upper())
    viewer = request.viewer
    if session is not None and viewer.user and not list(rules.may_deposit_at(session, viewer.actor)):
        return session_deposits(request, session.ref)
    return render(request, "coordination/sheet_page.html", {"next": request.path, "logged_in": viewer.user})


@page()
def mission_deposits(request: Request, ref: str) -> HttpResponse:
    """List the signed pages of all sessions of a mission, and take more of them."""
    mission = mission_or_404(request, ref)
    actor = request.viewer.actor
    may = can_run(mission, actor)
    if not may and (request.method == "POST" or not actor.may(Permission.VIEW_SHEETS)):
        raise PermissionDenied
    form, answer = take(request, mission=mission)
    if answer:
        return answer
    found = slice_of(request, queries.pages_of_mission(mission.pk))
    context = {
        "mission": mission,
        "rows": page_rows(found.items, with_session=True),
        "page": found,
        "form": form if may else None,
    }
    return render(request, "coordination/mission_deposits.html", context, status=status_of(form))


@facilitator_page
def my_deposits(request: Request) -> HttpResponse:
    """Take signed sheets of any of one's own sessions, and list what one deposited."""
    form, answer = take(request)
    if answer:
        return answer
    context = {"form": form, "found": slice_of(request, queries.deposits_of(request.viewer.actor))}
    return render(request, "facilitation/my_deposits.html", context, status=status_of(form))


def take(
    request: Request, *, session: Session | None = None, mission: Mission | None = None
) -> tuple[DepositForm, HttpResponse | None]:
    """Return the form to deposit with, and the answer once it was carried out."""
    sent = request.method == "POST"
    form = DepositForm(request.POST if sent else None, request.FILES if sent else None)
    if not sent or not form.is_valid():
        return form, None
    actor = request.viewer.actor
    if limits.is_met(request, "deposit", key=str(actor.user_id)):
        wait = limits.in_words(limits.seconds_to_wait(request))
        form.add_error(None, _("That is a lot at once. Deposit the rest in %(wait)s.") % {"wait": wait})
        return form, None

    def do() -> str:
        done = actions.deposit(
            files=form.given(), session_id=session.pk if session else None, mission=mission, by=actor
        )
        tell(request, done, actor)
        return where_to_look(done, actor, here=request.path)

    return form, carry_out(request, form, do)


@page()
def deposit(request: Request, deposit_id: int) -> HttpResponse:
    """Show how far the files of a deposit are read, and what there is to do with each page."""
    found = queries.deposit(deposit_id)
    actor = request.viewer.actor
    if found is None:
        raise Http404
    files = queries.files_of(found.pk)
    rows = file_rows(files, actor)
    # Who deposits what somebody else had deposited is led here: to those of its pages that are theirs to see.
    if not rules.sees_deposit(found, actor) and not any(row.pages for row in rows):
        raise Http404
    waiting = sum(row.waiting for row in rows)
    context = {
        "deposit": found,
        "files": rows,
        "waiting": waiting,
        "eyes_come": waiting and settings.DEMO and not eyes_are_here(),
        "read": len(rows) - waiting,
        "next_url": next_url(files, request),
        "back_url": _back(found.session, found.mission, request),
    }
    template = "coordination/_deposit.html" if request.htmx else "coordination/deposit.html"
    return render(request, template, context)


def next_url(files: Sequence[DepositedFile], request: Request) -> str:
    """Return where the first page waits that the viewer may see to, once everything is read."""
    if any(file.state == FileState.WAITING for file in files):
        return ""
    actor = request.viewer.actor
    for file in files:
        for each in file.pages.all():
            if each.state in TO_SEE_TO and not list(rules.may_settle(each, actor)):
                return reverse("deposited_page", args=[each.pk])
    return ""


def _back(session: Session | None, mission: Mission | None, request: Request) -> str:
    actor = request.viewer.actor
    if session is not None and rules.sees_sheets_of(session, actor):
        return reverse("session_deposits", args=[session.ref])
    if mission is not None and can_run(mission, actor):
        return reverse("mission_deposits", args=[mission.ref])
    return reverse("my_deposits") if actor.facilitator_id is not None else ""
