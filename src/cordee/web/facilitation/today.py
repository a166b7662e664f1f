"""The day itself: everything for today's sessions in one hand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.attendance import queries as attendance
from cordee.attendance.queries import HalfDayState
from cordee.attendance.states import SIGN_BEFORE
from cordee.enrolment import queries as enrolment
from cordee.kernel import clock
from cordee.planning import queries as planning
from cordee.planning.models import HalfDay, Session
from cordee.web import kept
from cordee.web.addresses import address
from cordee.web.components import formatting
from cordee.web.facilitation.answers import where
from cordee.web.pages import facilitator_page
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Do:
    """A big button: what it does, and how far that is."""

    icon: str
    label: str
    detail: str
    url: str
    kind: str = ""
    """`main` for what comes next, `done` for what is done."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One half-day of today."""

    label: str
    under_way: bool
    buttons: list[Do]
    missing: list[tuple[str, str]]
    """What is left to do before leaving the room, and where that is done."""


@dataclass(frozen=True, slots=True)
class Today:
    """One session of today."""

    session: Session
    client: str
    where: str
    url: str
    walk_in_url: str
    sheet_url: str
    begun: bool
    hours: list[Hours]
    ahead: list[tuple[str, str]]
    """What can be done without network: words and address. A device keeps these pages as soon as this one is opened."""


@facilitator_page
def today(request: Request) -> HttpResponse:
    """Show today's sessions, each with what is done in the room and what is left before leaving it; those that are over
    come last.
    """
    own, now = request.viewer.actor.facilitator_id or 0, clock.now()
    sessions = [s for s in planning.around(own, now) if planning.half_days_today(s, now)]
    sessions.sort(key=lambda s: all(h.ends_at <= now for h in planning.half_days_today(s, now)))
    half_days = [h for s in sessions for h in planning.half_days_today(s, now)]
    states = attendance.half_day_states([h.pk for h in half_days])
    people = enrolment.counts(s.pk for s in sessions)
    places = planning.places_on([s.pk for s in sessions], own)
    shown = [_today(s, states, people.get(s.pk, 0), places.get(s.pk)) for s in sessions]
    response = render(request, "facilitation/today.html", {"sessions": shown, "day": clock.today()})
    return kept.keep(response, kept.account(request.viewer), then=request.path)


def _today(session: Session, states: dict[int, HalfDayState], people: int, place_id: int | None) -> Today:
    now = clock.now()
    half_days = planning.half_days_today(session, now)
    return Today(
        session=session,
        client=session.mission.order.client.name,
        where=where(session),
        url=address("session", session.ref),
        walk_in_url=address("presence", session.ref) + "#walk-in",
        sheet_url=address("session_sheet", session.ref),
        begun=any(h.starts_at <= now for h in half_days),
        hours=[_hours(session, h, states[h.pk], people, place_id) for h in half_days],
        ahead=list(_ahead(session, half_days)),
    )


def _ahead(session: Session, half_days: list[HalfDay]) -> Iterator[tuple[str, str]]:
    yield _("Have them sign on this phone"), address("signing", session.ref)
    yield _("Presence"), address("presence", session.ref)
    for half_day in half_days:
        label = f"{_('Countersign')} – {_label(session, half_day)}"
        yield label, address("countersign", session.ref, half_day.position)


def _hours(
    session: Session, half_day: HalfDay, state: HalfDayState, people: int, place_id: int | None
) -> Hours:
    now = clock.now()
    frozen = bool(state.countersigned_by)
    own = place_id is not None and place_id not in state.countersigned_by
    buttons: list[Do] = []
    if half_day.starts_at - SIGN_BEFORE <= now <= half_day.ends_at and not frozen:
        signed = ngettext("%(n)s of %(all)s signed", "%(n)s of %(all)s signed", state.signed) % {
            "n": state.signed,
            "all": people,
        }
        buttons.append(Do("qr", _("Show the code"), signed, address("signing_code", session.ref), "main"))
        hand = _("or afterwards, with the reason")
        buttons.append(Do("edit", _("Have them sign on this phone"), hand, address("signing", session.ref)))
    if half_day.starts_at <= now:
        photo = Do(
            "camera",
            _("Deposit the signed sheet"),
            _("A photo of each page, where people signed on paper"),
            address("session_deposits", session.ref) + "#give",
        )
        recorded = state.present is not None
        told = _present(state.present) if state.present is not None else _("not recorded yet")
        kind = "done" if recorded else "main"
        buttons.append(Do("presence", _("Presence"), told, address("presence", session.ref), kind))
        if recorded and own:
            url = address("countersign", session.ref, half_day.position)
            buttons.append(
                Do("sign", _("Countersign"), _("Then nothing in it changes any more."), url, "main")
            )
        buttons.append(photo)
    return Hours(
        label=_label(session, half_day),
        under_way=half_day.starts_at <= now <= half_day.ends_at,
        buttons=buttons,
        missing=list(_missing(session, half_day, state, own=own)),
    )


def _label(session: Session, half_day: HalfDay) -> str:
    hours, zone = formatting.hours(half_day.starts, half_day.ends), formatting.zone(session.time_zone)
    return f"{hours} ({zone})" if zone else hours


def _present(n: int) -> str:
    return ngettext("%(n)d person present", "%(n)d people present", n) % {"n": n}


def _missing(
    session: Session, half_day: HalfDay, state: HalfDayState, *, own: bool
) -> Iterator[tuple[str, str]]:
    if half_day.starts_at > clock.now():
        return
    if state.present is None:
        yield _("Presence is not recorded."), address("presence", session.ref)
    elif (left := state.present - state.signed) > 0:
        words = ngettext(
            "%(n)d person who is present has not signed on a screen.",
            "%(n)d people who are present have not signed on a screen.",
            left,
        )
        yield words % {"n": left}, address("signing", session.ref)
    if own:
        yield (
            _("Your countersignature is missing."),
            address("countersign", session.ref, half_day.position),
        )
