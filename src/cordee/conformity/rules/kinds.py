"""What each finding is about: how grave it is, whose turn, on what law it rests, and what puts it right."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.conformity.states import FindingCode, Severity
from cordee.kernel.refusals import Turn


@dataclass(frozen=True, slots=True)
class Kind:
    """All that is always the same of a finding."""

    severity: Severity
    turn: Turn
    law: Promise
    fix: Promise


_ERROR, _QUESTION = Severity.ERROR, Severity.QUESTION
_NOT_PROVEN = _(
    "What cannot be proven counts as not delivered and is paid back (code du travail, art. L6362-6)."
)
_BY_HALF_DAY = _(
    "Presence is proven by any means (code du travail, art. R6313-3); funders ask for a signature per half-day, of "
    "who was there and of who ran it, and do not pay while one is missing (art. R6332-26)."
)
_RELIABLE = _(
    "A signature on a screen is worth one on paper if it is sure who signed, and what (code civil, art. 1366 and 1367)."
)

KINDS: Final[dict[FindingCode, Kind]] = {
    FindingCode.PRESENCE_MISSING: Kind(
        _ERROR, Turn.FACILITATOR, _NOT_PROVEN, _("Record who was there, for every half-day.")
    ),
    FindingCode.SIGNATURE_MISSING: Kind(
        _ERROR,
        Turn.FACILITATOR,
        _BY_HALF_DAY,
        _(
            "Have them sign: afterwards on the facilitator’s phone, with the reason. If they were not there, correct "
            "presence. A half-day that was countersigned is opened again first."
        ),
    ),
    FindingCode.ABSENT_SIGNED: Kind(
        _ERROR,
        Turn.FACILITATOR,
        _NOT_PROVEN,
        _("Compare with who was in the room, and correct presence: who signed and was there is present."),
    ),
    FindingCode.FACILITATOR_MISSING: Kind(
        _ERROR,
        Turn.FACILITATOR,
        _BY_HALF_DAY,
        _("They countersign from “My work”. If they did not run it, the coordinator changes their status."),
    ),
    FindingCode.OUT_OF_WINDOW: Kind(
        _QUESTION,
        Turn.COORDINATOR,
        _RELIABLE,
        _("Say in the note why it was not signed in time, if the reason given then does not say it all."),
    ),
    FindingCode.SAME_INK: Kind(
        _ERROR,
        Turn.COORDINATOR,
        _(
            "Each person signs for themselves (code civil, art. 1367); a copied signature makes funders refuse the "
            "file."
        ),
        _(
            "Ask each of them who signed. Quality decides what becomes of the sheet: tell them what you found."
        ),
    ),
    FindingCode.UNLIKE_INK: Kind(
        _QUESTION,
        Turn.COORDINATOR,
        _RELIABLE,
        _("Make sure that they signed themselves, each time, and say so in the note."),
    ),
    FindingCode.DAY_OFF: Kind(
        _QUESTION,
        Turn.COORDINATOR,
        _(
            "Days of rest: code du travail, art. L3132-3 (Sunday), L3133-1 (public holidays), L3134-13 (Alsace and "
            "Moselle), L3422-2 (overseas). A funder asks whether people really came."
        ),
        _("Check the day against what was agreed with the client, and say in the note that it is right."),
    ),
    FindingCode.NOT_AS_SIGNED: Kind(
        _ERROR,
        Turn.COORDINATOR,
        _(
            "What is kept has to be what was signed (code civil, art. 1366), and title, day and hours the same on "
            "every document (code du travail, art. D6353-1)."
        ),
        _("Put the session back to what was signed; if the signed words are wrong, tell quality."),
    ),
    FindingCode.SCHOOL_SILENT: Kind(
        _ERROR,
        Turn.COORDINATOR,
        _NOT_PROVEN,
        _("Ask the school’s contact again, or say who signed for the school on the sheet of paper."),
    ),
    FindingCode.SCHOOL_COUNTS_OTHERS: Kind(
        _QUESTION,
        Turn.COORDINATOR,
        _NOT_PROVEN,
        _("Compare with who was in the room: correct the number, or say in the note why they differ."),
    ),
    FindingCode.SIGNED_BELATED: Kind(
        _QUESTION,
        Turn.COORDINATOR,
        _RELIABLE,
        _("Say in the note that they were there, and why there was no network."),
    ),
    FindingCode.TITLE_DIFFERS: Kind(
        _QUESTION,
        Turn.COORDINATOR,
        _("The title is the same on every document (code du travail, art. D6353-1): funders compare them."),
        _("Give the session the title of the order, or say in the note why it has another one."),
    ),
    FindingCode.HOURS_DIFFER: Kind(
        _QUESTION,
        Turn.COORDINATOR,
        _(
            "The duration is agreed beforehand (code du travail, art. D6353-1), and what was not delivered is paid "
            "back (art. L6354-1)."
        ),
        _(
            "Say in the note why it was longer or shorter; if the client agreed, operations record it on the order."
        ),
    ),
    FindingCode.BEFORE_ORDER: Kind(
        _QUESTION,
        Turn.OPERATIONS,
        _(
            "The agreement comes before the training (code du travail, art. L6353-1); funders refuse what comes after."
        ),
        _("Check the day of the order; say in the note what was agreed before."),
    ),
    FindingCode.ENROLLED_AFTER: Kind(
        _QUESTION,
        Turn.COORDINATOR,
        _(
            "People are told what they need to know before they are enrolled for good (code du travail, art. L6353-8)."
        ),
        _(
            "Say in the note why they were put on the list afterwards: on the spot without network, a wrong name…"
        ),
    ),
    FindingCode.OVER_CAPACITY: Kind(
        _QUESTION,
        Turn.COORDINATOR,
        _("Means fit the group (code du travail, art. R6316-1; indicator 17 of Qualiopi)."),
        _("Check presence; if all of them were there, say in the note how the group was run."),
    ),
}
