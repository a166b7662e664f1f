"""`{% load mission_rows %}`: the lines of the list of missions. They are written here and not in a template because a
page has thirty of them.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cordee.closure.queries import Listed
from cordee.missions.states import MissionStatus
from cordee.web.addresses import address
from cordee.web.components.formatting import short_day
from cordee.web.components.markup import markup, markup_of_each
from cordee.web.components.templatetags.cordee import tag
from cordee.web.office.next_steps import NextStep

register = template.Library()

_OVER: Final = mark_safe(" over")


class Figure(Protocol):
    """A figure of a mission; `over` when more is planned than was ordered."""

    @property
    def label(self) -> Promise: ...
    @property
    def value(self) -> int: ...
    @property
    def over(self) -> bool: ...


class Row(Protocol):
    """A mission as the list shows it."""

    @property
    def mission(self) -> Listed: ...
    @property
    def step(self) -> NextStep: ...
    @property
    def figures(self) -> Sequence[Figure]: ...


@register.simple_tag
def mission_rows(rows: Sequence[Row], *, may_name: bool) -> SafeString:
    """Return missions as the office's list shows them. may_name: whether a coordinator can be named from here."""
    return markup_of_each(_line(rows[0].figures), (_cells(row, may_name=may_name) for row in rows))


def _line(figures: Sequence[Figure]) -> str:
    """Return a line with its labels, which are the same for all; what differs is to be filled in."""
    cells = [
        '<td><a href="{}">{}</a><small>{} · {}</small></td>',
        markup('<td data-l="{}"><span>{{}}{{}}</span></td>', _("Next step")),
        markup('<td data-l="{}">{{}}</td>', _("Coordinator")),
        markup('<td data-l="{}" class="num">{{}}</td>', _("Days")),
        *(markup('<td data-l="{}" class="fig num{{}}">{{}}</td>', figure.label) for figure in figures),
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _cells(row: Row, *, may_name: bool) -> tuple[object, ...]:
    mission, step = row.mission, row.step
    due = step.due_on and markup(' <span class="small muted num due">{}</span>', short_day(step.due_on))
    return (
        *(
            address("mission", mission.ref),
            mission.title,
            mission.client,
            mission.ref,
        ),
        *(tag(step.kind, step.words), due or ""),
        *(_coordinator(mission, may_name=may_name), _days(mission)),
        *(part for figure in row.figures for part in (_OVER if figure.over else "", figure.value)),
    )


def _coordinator(mission: Listed, *, may_name: bool) -> str:
    if mission.coordinator:
        return mission.coordinator
    if may_name and mission.status == MissionStatus.RUNNING:
        return markup('<a href="{}">{}</a>', address("name_coordinator", mission.ref), _("Name one"))
    return markup('<span class="none">{}</span>', _("nobody"))


def _days(mission: Listed) -> str:
    if not mission.first_day or not mission.last_day:
        return markup('<span class="none">{}</span>', _("not planned"))
    first, last = short_day(mission.first_day), short_day(mission.last_day)
    return first if mission.first_day == mission.last_day else f"{first} – {last}"
