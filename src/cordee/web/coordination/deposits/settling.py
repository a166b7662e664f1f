"""Comparing a page with what was read on it; filing one by hand; setting aside, taking up and opening again."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.deposits import actions, queries, rules
from cordee.deposits.actions import Outcome
from cordee.deposits.models import PAGE_LABELS, DepositedPage
from cordee.deposits.states import TO_SEE_TO, PageState
from cordee.enrolment import queries as enrolment
from cordee.kernel.refusals import Blocker
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.web.coordination.deposits import words
from cordee.web.coordination.deposits.by_hand import Ticks, candidates
from cordee.web.coordination.deposits.compare import Comparison
from cordee.web.coordination.deposits.shown import page_rows, title_of
from cordee.web.coordination.refusals import way_to_reopen, with_ways_out
from cordee.web.pages import HouseForm, attempt, carry_out, only_post, page, status_of
from cordee.web.request import Request


class SettleForm(HouseForm):
    """What the page was when it was shown; its boxes are read by `Comparison` or `Ticks`."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)


class WhichForm(forms.Form):
    """Of which session a page is that could not be read."""

    session = forms.CharField(
        label=gettext_lazy("Reference of the session"),
        max_length=40,
        help_text=gettext_lazy("As printed above the title of the sheet, such as S-2027-0012-A."),
    )


@page()
def deposited_page(request: Request, page_id: int) -> HttpResponse:
    """Show a page beside its picture, and take what somebody says of it."""
    found = _page(request, page_id)
    if request.method == "POST" and list(rules.may_settle(found, request.viewer.actor)):
        raise PermissionDenied
    if found.state == PageState.BY_HAND or (found.session is None and found.state != PageState.ASIDE):
        return _by_hand(request, found)
    if found.session is None:
        return _show(request, found, SettleForm(), {})
    typed = request.POST.dict() if request.method == "POST" else None
    comparison = Comparison(found, typed)
    form = SettleForm(request.POST if typed else None, initial={"seen": found.seen})

    def do() -> str:
        outcome = actions.confirm(
            page_id=found.pk,
            said=comparison.said(),
            seen=form.cleaned_data["seen"],
            by=request.viewer.actor,
        )
        return _done(request, outcome)

    if typed and form.is_valid() and (answer := carry_out(request, form, do)):
        return answer
    lines = comparison.lines()
    context = {
        "unsure": [line for line in lines if line.unsure],
        "sure": [line for line in lines if not line.unsure and (not line.free or line.used)],
        "empty_lines": [line for line in lines if line.free and not line.used],
        "others": comparison.others(),
    }
    return _show(request, found, form, context)


def _by_hand(request: Request, found: DepositedPage) -> HttpResponse:
    """Ask of which session a page is, then who signed on it."""
    session = _chosen(request, found)
    typed = request.POST.dict() if request.method == "POST" else None
    ticks = Ticks(session, typed) if session else None
    form = SettleForm(request.POST if typed else None, initial={"seen": found.seen})

    def do() -> str:
        if session is None or ticks is None:
            raise Http404
        outcome = actions.file_by_hand(
            page_id=found.pk,
            session_id=session.pk,
            people=ticks.people(),
            facilitators=ticks.facilitators(),
            seen=form.cleaned_data["seen"],
            by=request.viewer.actor,
        )
        return _done(request, outcome)

    if typed and form.is_valid() and (answer := carry_out(request, form, do)):
        return answer
    asked = request.GET.get("session", "")
    which = WhichForm(
        {"session": asked} if asked else None, initial={"session": session.ref if session else ""}
    )
    if asked and session is None:
        which.add_error("session", _("No session of yours has this reference."))
    context = {
        "chosen": session,
        "ticks": ticks,
        "which": which,
        "candidates": candidates(found, request.viewer.actor),
    }
    return _show(request, found, form, context)


def _chosen(request: Request, found: DepositedPage) -> Session | None:
    """Return the session that a page is filed on: the one asked for, the one it names, or the one it was given on."""
    ref = request.GET.get("session", "").strip().upper()
    if ref:
        session = planning.session_by_ref(ref)
    else:
        session = found.session or found.file.deposit.session
        session = planning.session(session.pk) if session else None
    allowed = session is not None and not list(rules.may_deposit_at(session, request.viewer.actor))
    return session if allowed else None


def _show(
    request: Request, found: DepositedPage, form: SettleForm, context: Mapping[str, Any]
) -> HttpResponse:
    actor = request.viewer.actor
    mission = found.session.mission if found.session else found.file.deposit.mission
    may = not list(rules.may_settle(found, actor))
    blockers: list[Blocker] = [b for b in form.refusals if b.field not in form.fields]
    confirmed = queries.last_confirmation(found) if found.state == PageState.CONFIRMED else None
    base = {
        "page": found,
        "session": found.session,
        "title": title_of(found),
        "state": PAGE_LABELS[PageState(found.state)],
        "open": may and found.state in TO_SEE_TO,
        "problems": words.problems(found.problems),
        "same": page_rows(queries.same_pages(found), with_session=False),
        "may": may,
        "form": form,
        "confirmed": confirmed,
        "refusals": with_ways_out(blockers, way_to_reopen(request, mission) if mission else {}),
        "picture_url": reverse("deposited_picture", args=[found.pk]) if found.picture_id else "",
        "deposit_url": reverse("deposit", args=[found.file.deposit_id]),
    }
    hand = "chosen" in context
    template = "coordination/file_by_hand.html" if hand else "coordination/compare_page.html"
    empty: dict[str, Any] = {"unsure": [], "sure": [], "empty_lines": [], "others": []} if not hand else {}
    return render(request, template, {**empty, **base, **context}, status=status_of(form))


def _done(request: Request, outcome: Outcome) -> str:
    """Say what followed, and lead on to the next page that waits."""
    messages.success(request, _("The page is confirmed, and presence recorded from it."))
    if n := len(outcome.kept):
        kept = enrolment.by_ids(outcome.kept)
        messages.warning(
            request,
            ngettext(
                "%(n)d person signed on a screen and not on this paper, and stays present: %(names)s.",
                "%(n)d people signed on a screen and not on this paper, and stay present: %(names)s.",
                n,
            )
            % {"n": n, "names": ", ".join(sorted(e.participant.full_name for e in kept))},
        )
    if outcome.to_come:
        messages.warning(
            request,
            _("Where a half-day has not begun yet, nothing is recorded: confirm its page again afterwards."),
        )
    following = queries.next_to_settle(outcome.page)
    if following and not list(rules.may_settle(following, request.viewer.actor)):
        return reverse("deposited_page", args=[following.pk])
    return reverse("deposit", args=[outcome.page.file.deposit_id])


@page()
def set_page_aside(request: Request, page_id: int) -> HttpResponse:
    """Set a page aside that is not needed."""
    done = _("The page is set aside: it can be taken up again.")
    return _move(request, page_id, actions.set_aside, done=done)


@page()
def take_page_up(request: Request, page_id: int) -> HttpResponse:
    """Take up a page again that was set aside."""
    return _move(request, page_id, actions.take_up, done=_("The page is taken up again."))


@page()
def reopen_page(request: Request, page_id: int) -> HttpResponse:
    """Open a confirmed page again."""
    done = _("The page is open again. Presence stays as it is until it is confirmed anew.")
    return _move(request, page_id, actions.reopen, done=done)


def _move(request: Request, page_id: int, act: Callable[..., None], *, done: str) -> HttpResponse:
    only_post(request)
    found = _page(request, page_id)
    if list(rules.may_settle(found, request.viewer.actor)):
        raise PermissionDenied
    back_to = reverse("deposited_page", args=[found.pk])
    return attempt(
        request, lambda: act(page_id=found.pk, by=request.viewer.actor), back_to=back_to, done=done
    )


def _page(request: Request, page_id: int) -> DepositedPage:
    """Return a page to who may see it; whoever may not does not learn that it exists."""
    found = queries.page(page_id)
    if found is None or not rules.sees_page(found, request.viewer.actor):
        raise Http404
    return found
