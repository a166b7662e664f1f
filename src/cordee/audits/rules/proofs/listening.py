"""What proves that people are listened to, and what came of it: indicators 30 to 32. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.audits.rules.ground import Ground, Part
from cordee.audits.rules.proving import Told, miss, of, unanswered
from cordee.audits.rules.telling import Figure, Place
from cordee.catalogue.models import QUESTIONNAIRE_LABELS
from cordee.catalogue.states import SATISFACTION
from cordee.kernel.refusals import Turn
from cordee.quality.states import FEWEST_CONFIDENTIAL


def appraisals(ground: Ground) -> Told:
    """Of 30: of participants, clients and facilitators."""
    for kind in SATISFACTION:
        label = _("answered: %(questionnaire)s") % {"questionnaire": QUESTIONNAIRE_LABELS[kind]}
        yield Figure(label, ground.answered(kind), ground.asked(kind), rows=of(Part.ANSWERS, kind))
        if not ground.answered(kind):
            yield unanswered(kind)


def complaints(ground: Ground) -> Told:
    """Of 31. Confidential ones are in no figure of the period, which somebody they are about could compare with what
    they see in the register; of a year that is over their number alone is told, where it is not small.
    """
    register = ground.complaints
    label = _("complaints decided, but for confidential ones")
    yield Figure(label, register.decided, register.received, rows=of(Part.COMPLAINTS, "decided"))
    if register.confidential >= FEWEST_CONFIDENTIAL:
        year = {"year": register.year_over}
        yield Figure(_("confidential complaints received in %(year)d") % year, register.confidential)
    n = register.late
    if n:
        message = ngettext(
            "%(n)d complaint is not decided in time.", "%(n)d complaints are not decided in time.", n
        )
        fix = _("Decide what is late in the register of complaints.")
        yield miss(
            "complaints_late",
            message % {"n": n},
            fix,
            Turn.QUALITY,
            Place.COMPLAINTS,
            rows=of(Part.COMPLAINTS, "late"),
        )


def improvement(ground: Ground) -> Told:
    """Of 32: what was done of what opinions and complaints show, and whether it had its effect."""
    made = ground.improvements
    yield Figure(
        _("complaints that were founded"), ground.complaints.founded, rows=of(Part.COMPLAINTS, "founded")
    )
    yield Figure(_("improvements done"), made.done, rows=of(Part.IMPROVEMENTS, "done"))
    yield Figure(
        _("of them with the expected effect"),
        made.effective,
        made.done,
        rows=of(Part.IMPROVEMENTS, "effective"),
    )
    if not made.done:
        fix = _("Open one from a complaint, a figure or a comment, and say when it is done.")
        message = _("Nothing was improved in this period.")
        yield miss("nothing_improved", message, fix, Turn.QUALITY, Place.IMPROVEMENTS)
    if made.late:
        message = ngettext("%(n)d improvement is late.", "%(n)d improvements are late.", made.late)
        fix = _("Do it, or set another day.")
        yield miss(
            "improvements_late",
            message % {"n": made.late},
            fix,
            Turn.QUALITY,
            Place.IMPROVEMENTS,
            rows=of(Part.IMPROVEMENTS, "late"),
        )
