"""What proves who ran sessions, with what, and through whom they bill: indicators 17 to 27. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.audits.rules.ground import Ground, Part
from cordee.audits.rules.proving import Told, but, miss, nothing_yet, of
from cordee.audits.rules.telling import Figure, Place
from cordee.kernel.refusals import Turn


def means(ground: Ground) -> Told:
    """Of 17."""
    yield from nothing_yet(ground)
    yield Figure(
        _("sessions with a confirmed facilitator"),
        ground.staffed,
        ground.sessions,
        rows=of(Part.SESSIONS, "staffed"),
    )
    n = ground.sessions - ground.staffed
    if n:
        message = ngettext(
            "%(n)d session was held without a confirmed facilitator.",
            "%(n)d sessions were held without a confirmed facilitator.",
            n,
        )
        fix = _("Say on the page of the session who ran it.")
        yield miss(
            "not_staffed",
            message % {"n": n},
            fix,
            Turn.COORDINATOR,
            Place.MISSIONS,
            rows=but(Part.SESSIONS, "staffed"),
        )


def coordination(ground: Ground) -> Told:
    """Of 18."""
    yield from nothing_yet(ground)
    yield Figure(
        _("sessions whose mission has a coordinator"),
        ground.coordinated,
        ground.sessions,
        rows=of(Part.SESSIONS, "coordinated"),
    )
    n = ground.sessions - ground.coordinated
    if n:
        message = ngettext(
            "The mission of %(n)d session has no coordinator.",
            "The missions of %(n)d sessions have no coordinator.",
            n,
        )
        fix = _("Name one on the page of the mission.")
        yield miss(
            "no_coordinator",
            message % {"n": n},
            fix,
            Turn.OPERATIONS,
            Place.MISSIONS,
            rows=but(Part.SESSIONS, "coordinated"),
        )


def resources(ground: Ground) -> Told:
    """Of 19: distance is counted; resources are declared."""
    yield Figure(
        _("sessions at a distance"), ground.remote, ground.sessions, rows=of(Part.SESSIONS, "remote")
    )


def skills(ground: Ground) -> Told:
    """Of 21 and 22: who ran sessions is counted; their skills are declared."""
    yield Figure(
        _("facilitators who ran sessions"), ground.facilitators, rows=of(Part.FACILITATORS, "facilitators")
    )


def disability(ground: Ground) -> Told:
    """Of 26."""
    yield Figure(_("access needs that were told"), ground.needs, None, Place.ACCESS_NEEDS)
    if not ground.disability_officer:
        fix = _("Give somebody the role of disability officer: access needs are then told to them.")
        message = _("Nobody is the disability officer.")
        yield miss("no_officer", message, fix, Turn.ADMINISTRATOR, Place.PEOPLE)
    n = ground.needs_late
    if n:
        message = _("Access needs that wait for longer than they may: %(n)d.")
        fix = _("Say what is adapted, or why it cannot be.")
        yield miss("needs_late", message % {"n": n}, fix, Turn.DISABILITY_OFFICER, Place.ACCESS_NEEDS)


def subcontracting(ground: Ground) -> Told:
    """Of 27: through whom facilitators bill, and their papers; contracts are declared."""
    yield Figure(
        _("facilitators who bill through a known supplier"),
        ground.billed,
        ground.facilitators,
        rows=of(Part.FACILITATORS, "billed"),
    )
    lacks = {
        "no_supplier": (
            but(Part.FACILITATORS, "billed"),
            ground.facilitators - ground.billed,
            ngettext(
                "%(n)d facilitator has no supplier.",
                "%(n)d facilitators have no supplier.",
                ground.facilitators - ground.billed,
            ),
        ),
        "no_papers": (
            of(Part.FACILITATORS, "without_papers"),
            ground.without_papers,
            ngettext(
                "A legal paper is missing from the supplier of %(n)d facilitator.",
                "A legal paper is missing from the suppliers of %(n)d facilitators.",
                ground.without_papers,
            ),
        ),
    }
    for code, (rows, n, message) in lacks.items():
        if n:
            fix = _("Facilitators give it on their page “Payment”; remind them.")
            yield miss(code, message % {"n": n}, fix, Turn.FINANCE, Place.SUPPLIERS, rows=rows)
