"""What the lists say of missions: how many people come, and what is left to be enrolled."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.enrolment import queries
from cordee.enrolment.queries import OnList
from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Count, Look, Step, StepCode, Told
from cordee.organisation.models import Organisation
from cordee.organisation.queries import policy
from cordee.planning.steps import Standing, standing

ENROLLED = Count("enrolled")
"""People on the lists of the sessions that are not cancelled."""


def tell(look: Look) -> dict[int, Told]:
    """Say of each mission how many people are enrolled, and whose list is empty or unfinished."""
    return {pk: _told(look.at(standing)[pk], look) for pk in look.mission_ids}


def enrolled(look: Look) -> dict[int, int]:
    """Return how many people are on the list of each session, by session."""
    return {pk: on_list.enrolled for pk, on_list in look.at(_lists).items()}


def _lists(look: Look) -> dict[int, OnList]:
    return queries.on_lists(at.session.pk for found in look.at(standing).values() for at in found)


def _told(sessions: list[Standing], look: Look) -> Told:
    counts: dict[int, dict[Count, int]] = {}
    steps: list[Step] = []
    for at in sessions:
        on_list = look.at(_lists).get(at.session.pk, OnList())
        of_line = counts.setdefault(at.session.line_id, {ENROLLED: 0})
        of_line[ENROLLED] += on_list.enrolled
        if not at.has_ended:
            steps += _before(at, on_list, look.at(policy))
    return Told(steps=steps, counts=counts)


def _before(at: Standing, on_list: OnList, organisation: Organisation) -> Iterator[Step]:
    session = at.session
    due_on = at.first_day - timedelta(days=organisation.enrol_before_days)
    if on_list.waiting:
        yield Step(
            code=StepCode.ROWS_WAIT,
            message=ngettext(
                "%(n)d line given by the client for %(session)s waits to be checked.",
                "%(n)d lines given by the client for %(session)s wait to be checked.",
                on_list.waiting,
            )
            % {"n": on_list.waiting, "session": session.title},
            fix=_("Put right what is wrong and enrol them: these people have heard nothing yet."),
            turn=Turn.COORDINATOR,
            due_on=due_on,
            blocks_closure=False,
            subject=session.ref,
        )
    elif not on_list.enrolled and session.mission.order.sector not in ENROLMENT_OPTIONAL:
        yield Step(
            code=StepCode.TO_ENROL,
            message=_("Nobody is enrolled on %(session)s.") % {"session": session.title},
            fix=_("Paste the client's list: without it, no joining instructions and an empty sheet."),
            turn=Turn.COORDINATOR,
            due_on=due_on,
            blocks_closure=False,
            subject=session.ref,
        )
