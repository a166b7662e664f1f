"""The facilitator's own fees: each with its state, and why when it waits."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.conformity.queries import Hold, Holds, needs_sheet
from cordee.fees import queries as fees
from cordee.fees.models import FeeLine
from cordee.fees.states import RequestKind, RequestStatus
from cordee.kernel import clock
from cordee.kernel.days import MONTH, day_text
from cordee.kernel.money import Money
from cordee.kernel.periods import Month
from cordee.missions.states import MissionStatus
from cordee.organisation.models import Organisation
from cordee.payments import queries as payments
from cordee.payments.queries import Whereabouts
from cordee.planning.models import Assignment, Session
from cordee.planning.states import AssignmentStatus
from cordee.web.components import formatting
from cordee.web.components.formatting import page_locale
from cordee.web.facilitation.stages import steps, waits_for
from cordee.web.money import amount_of
from cordee.web.numbers import an_id
from cordee.web.pages import facilitator_page
from cordee.web.request import Request


@facilitator_page
def my_fees(request: Request) -> HttpResponse:
    """Show one's fees: to come, not asked for yet and why, and asked for by month."""
    own = request.viewer.actor.facilitator_id or 0
    years = fees.years_of(own)
    year = _year(request.GET.get("year", ""), years)
    lines = list(fees.fees_of(own).filter(request__month__year=year))
    organisation = request.viewer.organisation
    holds = Holds(
        lines,
        {line.request_id: line.request.mission_id for line in lines},
        organisation=organisation,
        sessions=_sessions(lines),
    )
    where = payments.whereabouts(lines, organisation)
    waiting, coming = _not_requested(own, limited=organisation.once_a_month)
    months = [
        _month(month, list(group), holds, where, organisation)
        for month, group in groupby(_by_month(lines), key=lambda x: x.request.month)
    ]
    context = {
        "waiting": waiting,
        "coming": coming,
        "months": months,
        "year": year,
        "tabs": [
            {"label": str(y), "url": f"?year={y}#asked", "current": y == year, "count": None} for y in years
        ],
        "stats": _stats(waiting, coming, lines, year),
    }
    return render(request, "facilitation/my_fees.html", context)


def _year(text: str, years: Sequence[int]) -> int:
    wanted = an_id(text) or 0
    return wanted if wanted in years else (years[0] if years else clock.today().year)


def _sessions(lines: Sequence[FeeLine]) -> list[Session]:
    """Return the sessions of fees with their order, which the requests know already."""
    found = []
    for line in lines:
        if line.session:
            line.session.mission = line.request.mission
            found.append(line.session)
    return found


def _by_month(lines: list[FeeLine]) -> list[FeeLine]:
    return sorted(lines, key=lambda line: (line.request.month, line.pk), reverse=True)


def _month(
    month: date,
    lines: list[FeeLine],
    holds: Holds,
    where: Mapping[int, Whereabouts],
    organisation: Organisation,
) -> dict[str, Any]:
    return {
        "name": day_text(month, MONTH, page_locale().language).capitalize(),
        "total": Money.total(amount_of(line, where[line.pk]) for line in lines),
        "rows": [_asked(line, where[line.pk], holds.of(line), organisation) for line in lines],
    }


def _asked(
    line: FeeLine, where: Whereabouts, holds: list[Hold], organisation: Organisation
) -> dict[str, Any]:
    request, mission = line.request, line.request.mission
    session = line.session
    return {
        "title": _("Coordination of %(mission)s") % {"mission": mission.ref}
        if session is None
        else session.title,
        "url": reverse("session", args=[session.ref]) if session else reverse("mission", args=[mission.ref]),
        "client": mission.order.client.name,
        "day": formatting.short_day(session.starts) if session else "",
        "detail": _detail(line, where),
        "amount": amount_of(line, where),
        "request": request.ref,
        "steps": steps(
            line, where, held=bool(holds), by_sheet=needs_sheet(mission.order.sector, organisation)
        ),
        "holds": holds,
        "do": waits_for(where),
        "lacks": where.lacks,
    }


def _detail(line: FeeLine, where: Whereabouts) -> str:
    """Return what explains the amount: how many of what, and what it was before finance corrected it."""
    if amount_of(line, where) != Money(line.amount):
        return _("corrected: %(amount)s had been approved") % {"amount": formatting.money(line.amount)}
    if line.kind != RequestKind.COORDINATION:
        return ""
    return _("%(n)d × %(amount)s") % {"n": line.quantity, "amount": formatting.money(line.unit_amount)}


def _not_requested(own: int, *, limited: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what was held and waits to be asked for, then what is to come: three queries, however many."""
    places: list[Any] = list(fees.not_requested(own))
    now = clock.now()
    pay = fees.expected_fees(places)
    ended = [p for p in places if p.session.ends_at <= now]
    waiting = [
        _row(p, pay.get(p.pk)) | _why(p, pay.get(p.pk), own=own, asked=p.asked if limited else None)
        for p in ended
    ]
    coming = [_row(p, pay.get(p.pk)) for p in places if p.session.ends_at > now]
    return waiting, coming


def _row(place: Assignment, amount: Money | None) -> dict[str, Any]:
    session = place.session
    return {
        "title": session.title,
        "url": reverse("session", args=[session.ref]),
        "client": session.mission.order.client.name,
        "day": formatting.short_day(session.starts),
        "amount": amount,
        "invited": place.status == AssignmentStatus.INVITED,
    }


def _why(place: Any, amount: Money | None, *, own: int, asked: str | None) -> dict[str, str]:
    """Return what the fee of a session that ended waits for, and whose turn it is; `place` as `not_requested` gives it,
    `asked` the request of this month where one a month is the limit.
    """
    mission = place.session.mission
    leader = mission.coordinator.full_name if mission.coordinator else _("operations")
    turn = _("you") if mission.coordinator_id == own else leader
    fees_url = reverse("mission_fees", args=[mission.ref]) if mission.coordinator_id == own else ""
    presence_url = reverse("presence", args=[place.session.ref])
    if place.status == AssignmentStatus.INVITED:
        return _wait("stop", _("It is not recorded that you ran it: the coordinator sets your status."), turn)
    if amount is None:
        return _wait(
            "stop", _("No fee is set for this service: operations complete the schedule."), _("operations")
        )
    if place.returned:
        sentence = _("Finance returned the request: %(reason)s") % {"reason": place.returned}
        return _wait("late", sentence, turn, fees_url)
    if not place.proven:
        return _wait("late", _("Presence is not recorded yet."), _("you or the coordinator"), presence_url)
    if mission.status == MissionStatus.CLOSED:
        return _wait("neutral", _("The mission is closed: ask operations."), _("operations"))
    if asked:
        until = Month.of(clock.today()).next.first_day
        sentence = _("Fees were already asked for this month (%(ref)s): the next time is from %(day)s on.")
        values = {"ref": asked, "day": formatting.short_day(until)}
        return _wait("wait", sentence % values, turn)
    return _wait("wait", _("Ready to be asked for."), turn, fees_url)


def _wait(kind: str, why: str, turn: str, do_url: str = "") -> dict[str, str]:
    return {"kind": kind, "why": why, "turn": turn, "do_url": do_url}


def _stats(
    waiting: list[dict[str, Any]], coming: list[dict[str, Any]], lines: list[FeeLine], year: int
) -> list[dict[str, Any]]:
    sent = [line for line in lines if line.request.status == RequestStatus.SENT]
    approved = [line for line in lines if line.request.status == RequestStatus.APPROVED]
    return [
        _stat(_("To come"), [r["amount"] for r in coming], "#coming"),
        _stat(_("Not asked for yet"), [r["amount"] for r in waiting], "#waiting"),
        _stat(_("Finance looks at it"), [Money(line.amount) for line in sent], "#asked"),
        _stat(
            _("Approved in %(year)d") % {"year": year}, [Money(line.amount) for line in approved], "#asked"
        ),
    ]


def _stat(label: str, amounts: list[Money | None], url: str) -> dict[str, Any]:
    known = [amount for amount in amounts if amount]
    return {
        "value": formatting.money(Money.total(known)),
        "label": label,
        "url": url,
        "detail": "",
        "kind": "",
    }
