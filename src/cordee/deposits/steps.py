"""What signed sheets say of missions: which pages wait for somebody to say what stands on them."""

from collections import defaultdict
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.deposits import queries
from cordee.deposits.queries import WaitingPage
from cordee.kernel.refusals import Turn
from cordee.kernel.steps import Look, Step, StepCode, Told

CONFIRM_WITHIN: Final = timedelta(days=3)
"""How long a page may wait that was read; later it shows as late."""


def may_wait(look: Look) -> set[int]:
    """Return the missions of which pages may wait: all, unless somebody who read their sessions knows better."""
    return set(look.mission_ids)


def tell(look: Look) -> dict[int, Told]:
    """Say of each mission which deposited pages nobody has confirmed yet."""
    found: dict[int, list[WaitingPage]] = defaultdict(list)
    asked = look.at(may_wait)
    for page in queries.waiting_pages(asked) if asked else ():
        found[page.mission_id].append(page)
    return {pk: Told(steps=_steps(found[pk], look)) for pk in look.mission_ids}


def _steps(pages: list[WaitingPage], look: Look) -> list[Step]:
    """One thing to do for each session; what belongs to none yet is one, too."""
    by_session: dict[str, list[WaitingPage]] = defaultdict(list)
    for page in pages:
        by_session[page.session_ref].append(page)
    return [_step(ref, waiting, look) for ref, waiting in sorted(by_session.items())]


def _step(ref: str, waiting: list[WaitingPage], look: Look) -> Step:
    n = len(waiting)
    if ref:
        words = ngettext(
            "%(n)d signed page of %(session)s waits to be confirmed.",
            "%(n)d signed pages of %(session)s wait to be confirmed.",
            n,
        )
    else:
        words = ngettext(
            "%(n)d deposited page belongs to no session yet.",
            "%(n)d deposited pages belong to no session yet.",
            n,
        )
    return Step(
        code=StepCode.PAGES_TO_CONFIRM,
        message=words % {"n": n, "session": waiting[0].title},
        fix=_("Compare what was read with the picture: presence follows from it."),
        turn=Turn.COORDINATOR,
        due_on=look.day(min(page.read_at for page in waiting)) + CONFIRM_WITHIN,
        blocks_closure=False,
        subject=ref,
    )
