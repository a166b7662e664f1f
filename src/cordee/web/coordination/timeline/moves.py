"""Sentences about people who are moved from one session to another."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import ngettext

from cordee.enrolment.facts import ParticipantsMoved
from cordee.web.coordination.timeline.names import Names


def moved(fact: ParticipantsMoved, names: Names) -> str:
    n = len(fact.enrolment_ids)
    words = (
        ngettext(
            "%(n)d person moved back from %(before)s to %(session)s",
            "%(n)d people moved back from %(before)s to %(session)s",
            n,
        )
        if fact.undone
        else ngettext(
            "%(n)d person moved from %(before)s to %(session)s",
            "%(n)d people moved from %(before)s to %(session)s",
            n,
        )
    )
    before, after = names.session(fact.from_session_id), names.session(fact.session_id)
    return words % {"n": n, "before": before, "session": after}


def several_moved(facts: Sequence[Any], names: Names) -> str:
    n = sum(len(fact.enrolment_ids) for fact in facts)
    if facts[-1].undone:
        words = ngettext(
            "Groups undone: %(n)d person moved back", "Groups undone: %(n)d people moved back", n
        )
    elif facts[-1].split_id:
        words = ngettext(
            "Groups made: %(n)d person moved to another session",
            "Groups made: %(n)d people moved to another session",
            n,
        )
    else:
        words = ngettext("%(n)d person moved to another session", "%(n)d people moved to another session", n)
    return words % {"n": n}
