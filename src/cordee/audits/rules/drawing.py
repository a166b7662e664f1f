"""Drawing missions at random, so that anybody can draw them again; and which may be named."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from cordee.audits.states import LONGEST_SEED, MOST_MISSIONS
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn


def drawn(refs: Iterable[str], *, seed: str, count: int) -> list[str]:
    """Return `count` of these references at random: those whose SHA-256 of `seed:reference` is the smallest, in that
    order. Everybody who has the seed and the references finds the same ones.
    """
    return sorted(set(refs), key=lambda ref: (sha256(f"{seed}:{ref}".encode()).hexdigest(), ref))[:count]


def draws(actor: Actor) -> bool:
    """Tell whether the actor chooses the missions of an audit: quality, or the auditor."""
    return actor.may(Permission.DRAW_AUDITS)


def may_draw(actor: Actor) -> Iterator[Blocker]:
    if not draws(actor):
        yield Blocker(
            "not_quality", _("Missions are drawn by quality or the auditor."), _("Ask quality."), Turn.QUALITY
        )


def good_draw(seed: str, count: int, among: int) -> Iterator[Blocker]:
    if not 1 <= count <= MOST_MISSIONS:
        yield Blocker(
            "count_out_of_bounds",
            _("This number of missions cannot be drawn: %(count)d.") % {"count": count},
            _("Draw from 1 to %(most)d.") % {"most": MOST_MISSIONS},
            Turn.QUALITY,
            "count",
        )
    if len(seed) > LONGEST_SEED or not seed.isprintable():
        yield Blocker(
            "bad_seed",
            _("This seed is too long, or has signs that cannot be read aloud."),
            _("Take at most %(most)d letters and figures.") % {"most": LONGEST_SEED},
            Turn.QUALITY,
            "seed",
        )
    if not among:
        yield Blocker(
            "nothing_to_draw",
            _("No mission had a session that ended in this period."),
            _("Choose a longer period."),
            Turn.QUALITY,
            "since",
        )


def good_period(since: date, until: date) -> Iterator[Blocker]:
    if until < since:
        yield Blocker(
            "period_backwards",
            _("The last day is before the first."),
            _("Exchange them."),
            Turn.QUALITY,
            "until",
        )


def good_list(asked: Collection[str], found: Collection[str]) -> Iterator[Blocker]:
    """Each reference that was typed is that of a mission; they are not more than one file holds."""
    if not asked:
        yield Blocker(
            "nothing_named",
            _("No mission is named."),
            _("Write the references that the auditor gave, one a line."),
            Turn.QUALITY,
            "refs",
        )
    unknown = [ref for ref in asked if ref not in set(found)]
    if unknown:
        yield Blocker(
            "unknown_missions",
            _("There is no mission with this reference: %(refs)s.") % {"refs": ", ".join(unknown[:10])},
            _("Copy references from the list of missions, such as M-2027-0001."),
            Turn.QUALITY,
            "refs",
        )
    if len(asked) > MOST_MISSIONS:
        yield Blocker(
            "too_many_missions",
            _("These are more than %(most)d missions.") % {"most": MOST_MISSIONS},
            _("Make one file of some, and another of the rest."),
            Turn.QUALITY,
            "refs",
        )
