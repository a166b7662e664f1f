"""Sample data of the gallery about one mission: what is to be done, its sessions, what happened. Nobody here exists."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace as Row
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cordee.kernel import clock, zones
from cordee.web.components.menus import MenuItem
from cordee.web.components.things import Line, Thing

PARIS = ZoneInfo(zones.DEFAULT)


def _knot(label: str, count: str, state: str) -> Row:
    return Row(label=label, count=count, state=state, url="#")


def mission() -> dict[str, Any]:
    return {
        "knots": _knots(),
        "todo_items": _things(),
        "sessions": _sessions(),
        "answers": _answers(),
        "entries": _lines(),
        "start": dt.datetime(2027, 1, 14, 9, 0, tzinfo=PARIS),
        "end": dt.datetime(2027, 1, 14, 12, 30, tzinfo=PARIS),
        "amount": Decimal("1234.5"),
    }


def _knots() -> list[Row]:
    return [
        _knot(_("Ordered"), _("4 workshops"), "done"),
        _knot(_("Planned"), "4 / 4", "done"),
        _knot(_("Facilitators"), _("3 of 4 confirmed"), "now"),
        _knot(_("Enrolled"), "41 / 48", "todo"),
        _knot(_("Held"), "0 / 4", "todo"),
        _knot(_("Sheets"), _("0 of 4 conform"), "todo"),
        _knot(_("Fees"), "0 / 4", "todo"),
        _knot(_("Closure"), _("automatic"), "todo"),
    ]


def _things() -> list[Thing]:
    return [
        Thing(
            when=_("before 2 Dec."),
            kind="late",
            title=_("Complete the list of group C"),
            detail=_(
                "7 names expected. Without enrolment: no joining instructions, no placement questionnaire."
            ),
            action_label=_("Paste the list"),
            url="#",
        ),
        Thing(
            when=_("for 3 days"),
            kind="wait",
            title=_("Idris Benkirane has not answered for workshop D"),
            detail=_("It is Idris’s turn to answer. Automatic reminder tomorrow at 9:00."),
            action_label=_("Ask others"),
            url="#",
        ),
        Thing(
            when=_("14 Jan."),
            kind="neutral",
            title=_("Print or open the 4 attendance sheets"),
            detail=_("Pre-filled; they follow every change up to the day itself."),
            action_label=_("Sheets (PDF)"),
            url="#",
        ),
    ]


def _sessions() -> list[Row]:
    return [
        Row(
            id=1,
            name=_("Workshop A"),
            who="Camille Rousset",
            kind="done",
            answer=_("confirmed"),
            enrolled="12 / 12",
        ),
        Row(
            id=2,
            name=_("Workshop B"),
            who="Noor van den Berg",
            kind="done",
            answer=_("confirmed"),
            enrolled="12 / 12",
        ),
        Row(
            id=3,
            name=_("Workshop C"),
            who="Élodie Martin",
            kind="done",
            answer=_("confirmed"),
            enrolled="5 / 12",
        ),
        Row(
            id=4,
            name=_("Workshop D"),
            who="Idris Benkirane",
            kind="wait",
            answer=_("invited"),
            enrolled="12 / 12",
        ),
    ]


def _answers() -> list[MenuItem]:
    return [
        MenuItem(
            value="invited",
            label=_("Invited"),
            kind="wait",
            hint=_("Sends the request with place, time and pay"),
        ),
        MenuItem(value="confirmed", label=_("Confirmed"), kind="done", current=True),
        MenuItem(value="declined", label=_("Declined"), kind="stop"),
        MenuItem(
            value="withdrawn",
            label=_("Withdrawn"),
            why=_("The session has taken place: nothing to withdraw from."),
        ),
    ]


def _lines() -> list[Line]:
    return [
        Line(
            when=clock.now() - dt.timedelta(minutes=12),
            text=_("Sophie Lefèvre added 12 people to group D"),
            who="Sophie Lefèvre",
            url="#",
        ),
        Line(
            when=clock.now() - dt.timedelta(days=1),
            text=_("Reminder sent to Idris Benkirane"),
            who="Cordée",
            kind="late",
        ),
        Line(
            when=clock.now() - dt.timedelta(days=4),
            text=_("Élodie Martin accepted workshop C"),
            who="Élodie Martin",
            kind="done",
        ),
        Line(
            when=clock.now() - dt.timedelta(days=40),
            text=_("4 sessions planned"),
            who="Camille Rousset",
            each=[
                (clock.now() - dt.timedelta(days=40, minutes=n), f"{_('Workshop')} {x}")
                for n, x in enumerate("DCBA")
            ],
        ),
    ]
