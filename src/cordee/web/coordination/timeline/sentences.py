"""One sentence per fact of a mission: one presenter each, names already looked up."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from cordee.attendance import facts as attendance
from cordee.certificates import facts as certificates
from cordee.enrolment import facts as enrolment
from cordee.erasure import facts as erasure
from cordee.fees import facts as fees
from cordee.kernel.days import MONTH, day_text
from cordee.kernel.facts import Fact
from cordee.missions import facts as missions
from cordee.notifications import facts as mails
from cordee.notifications.mails import name_of
from cordee.planning import facts as planning
from cordee.surveys import facts as surveys
from cordee.web.coordination.timeline import (
    answers,
    audits,
    certified,
    complaints,
    deposited,
    improving,
    lists,
    money,
    moves,
    registrations,
    sheets,
    signing,
    staffed,
)
from cordee.web.coordination.timeline.names import Names

# --- people and presence -----------------------------------------------------------------------------------


def _presence_recorded(fact: attendance.PresenceRecorded, names: Names) -> str:
    words = _("Presence recorded for %(session)s: %(present)d of %(people)d")
    return words % {"session": names.session(fact.session_id), "present": fact.present, "people": fact.people}


def _presence_corrected(fact: attendance.PresenceCorrected, names: Names) -> str:
    n = len(fact.changes)
    words = ngettext(
        "Presence of %(n)d person corrected for %(session)s",
        "Presence of %(n)d people corrected for %(session)s",
        n,
    )
    return words % {"n": n, "session": names.session(fact.session_id)}


def _headcount(fact: attendance.HeadcountRecorded, names: Names) -> str:
    session = names.session(fact.session_id)
    if fact.before is None:
        n = fact.present
        words = ngettext("%(n)d person counted on %(session)s", "%(n)d people counted on %(session)s", n)
        return words % {"n": n, "session": session}
    words = _("Number of people on %(session)s corrected from %(before)d to %(after)d")
    return words % {"session": session, "before": fact.before, "after": fact.present}


# --- order, mission and fees -------------------------------------------------------------------------------


def _amended(fact: missions.OrderAmended, names: Names) -> str:
    words = ngettext(
        "Amendment: from %(before)d to %(after)d prestation ordered",
        "Amendment: from %(before)d to %(after)d prestations ordered",
        fact.after,
    )
    return words % {"before": fact.before, "after": fact.after}


def _coordinator_named(fact: missions.CoordinatorNamed, names: Names) -> str:
    name = names.facilitator(fact.facilitator_id)
    if fact.before_id is None:
        return _("%(name)s is in charge of the mission") % {"name": name}
    words = _("%(name)s takes over the mission from %(before)s")
    return words % {"name": name, "before": names.facilitator(fact.before_id)}


def _reopened(fact: missions.MissionReopened, names: Names) -> str:
    return _("Mission reopened: %(reason)s") % {"reason": names.reason(fact.reason_id)}


def _fees_requested(fact: fees.FeesRequested, names: Names) -> str:
    words = (
        ngettext("%(n)d fee asked for early (%(ref)s)", "%(n)d fees asked for early (%(ref)s)", fact.lines)
        if fact.early
        else ngettext("%(n)d fee asked for (%(ref)s)", "%(n)d fees asked for (%(ref)s)", fact.lines)
    )
    return words % {"n": fact.lines, "ref": fact.ref}


def _fees_returned(fact: fees.FeeRequestReturned, names: Names) -> str:
    return _("Fee request %(ref)s returned: %(reason)s") % {
        "ref": fact.ref,
        "reason": names.reason(fact.reason_id),
    }


def _extra_allowed(fact: fees.ExtraRequestAllowed, names: Names) -> str:
    month = day_text(date.fromisoformat(fact.month), MONTH, get_language() or "fr")
    words = _("One more fee request allowed in %(month)s: %(reason)s")
    return words % {"month": month, "reason": names.reason(fact.reason_id)}


def _mail(sentence: str | Promise) -> "Present":
    """Tell what was done to a message by what the message is for."""

    def present(fact: Any, names: Names) -> str:
        session = f", {names.session(fact.session_id)}" if fact.session_id else ""
        return str(sentence) % {"message": name_of(fact.purpose) + session}

    return present


type Present = Callable[[Any, Names], str]


def _always(sentence: str | Promise) -> Present:
    """Tell a fact that has nothing to add to its name."""

    def present(_fact: Fact, _names: Names) -> str:
        return str(sentence)

    return present


def _of_request(sentence: str | Promise) -> Present:
    """Tell a fact about a fee request by its reference."""

    def present(fact: Any, _names: Names) -> str:
        return str(sentence) % {"ref": fact.ref}

    return present


PRESENTERS: dict[type[Fact], Present] = {
    planning.SessionPlanned: staffed.session_planned,
    planning.SessionChanged: staffed.session_changed,
    planning.SessionCancelled: staffed.session_cancelled,
    planning.SessionRestored: staffed.session_restored,
    planning.FacilitatorPutOn: staffed.put_on,
    planning.AssignmentChanged: staffed.assignment_changed,
    planning.RoleChanged: staffed.role_changed,
    enrolment.ParticipantsEnrolled: lists.enrolled,
    enrolment.ParticipantsMoved: moves.moved,
    enrolment.EnrolmentCancelled: lists.taken_off,
    enrolment.ParticipantCorrected: lists.corrected,
    enrolment.AddressesGiven: lists.addresses_given,
    enrolment.PagesAsked: _always(gettext_lazy("Links to their pages asked for by e-mail")),
    **registrations.PRESENTERS,
    **deposited.PRESENTERS,
    enrolment.ClientRowsWait: lists.rows_wait,
    enrolment.ListAsked: lists.asked,
    enrolment.ListLinkUsed: lists.link_used,
    enrolment.ListLinkRevoked: lists.link_revoked,
    attendance.PresenceRecorded: _presence_recorded,
    attendance.PresenceCorrected: _presence_corrected,
    attendance.HeadcountRecorded: _headcount,
    attendance.DeliveryConfirmed: signing.delivery_confirmed,
    attendance.TimesTold: signing.times_told,
    attendance.HalfDaySigned: signing.signed,
    attendance.HalfDayCountersigned: signing.countersigned,
    attendance.HalfDayReopened: signing.reopened,
    attendance.BelatedSignatureArrived: signing.belated_arrived,
    attendance.BelatedSignatureDecided: signing.belated_decided,
    certificates.ParticipationCertified: certified.participation,
    certificates.RealisationCertified: certified.realisation,
    **audits.PRESENTERS,
    **complaints.PRESENTERS,
    **improving.PRESENTERS,
    **money.PRESENTERS,
    **sheets.PRESENTERS,
    surveys.SurveyAnswered: answers.answered,
    surveys.AnswersForgotten: answers.forgotten,
    surveys.SurveyOpened: answers.opened,
    surveys.ResponseGiven: answers.responded,
    surveys.SurveyClosed: answers.closed,
    surveys.CommentMasked: answers.masked,
    surveys.CommentTagged: _always(gettext_lazy("The tags of an answer in words were changed")),
    erasure.ParticipantErased: _always(gettext_lazy("The name of somebody was erased from every list")),
    missions.OrderRecorded: _always(gettext_lazy("Order recorded")),
    missions.OrderChanged: _always(gettext_lazy("Order corrected")),
    missions.OrderAmended: _amended,
    missions.MissionOpened: _always(gettext_lazy("Mission opened")),
    missions.CoordinatorNamed: _coordinator_named,
    missions.MissionClosed: _always(gettext_lazy("Mission closed: everything is delivered and asked for")),
    missions.MissionReopened: _reopened,
    missions.CorrectionFinished: _always(
        gettext_lazy("Correction finished: the mission closes by itself again")
    ),
    fees.FeesRequested: _fees_requested,
    fees.CoordinationFeeCreated: _of_request(gettext_lazy("Coordination fee created (%(ref)s)")),
    fees.CoordinationFeeVoided: _of_request(gettext_lazy("Coordination fee %(ref)s voided")),
    fees.FeeRequestApproved: _of_request(gettext_lazy("Fee request %(ref)s approved")),
    fees.FeeRequestReturned: _fees_returned,
    fees.ExtraRequestAllowed: _extra_allowed,
    mails.MailSentAgain: _mail(gettext_lazy("A message sent again: %(message)s")),
    mails.MailStopped: _mail(gettext_lazy("A message kept from leaving: %(message)s")),
    mails.MailReleased: _mail(gettext_lazy("A message let go after all: %(message)s")),
}
KINDS: dict[type[Fact], str] = {
    planning.SessionCancelled: "stop",
    missions.MissionReopened: "late",
    fees.FeeRequestReturned: "late",
    **money.KINDS,
    **sheets.KINDS,
    missions.MissionClosed: "done",
    fees.FeeRequestApproved: "done",
}
"""Facts that stand out in the timeline."""
