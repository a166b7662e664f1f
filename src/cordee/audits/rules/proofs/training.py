"""What proves that training is offered, begun, followed and concluded: indicators 1 to 12. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.audits.rules.ground import Ground, Part
from cordee.audits.rules.proving import Told, but, miss, nothing_yet, of, unanswered
from cordee.audits.rules.telling import Figure, Place
from cordee.catalogue.states import QuestionnaireKind
from cordee.kernel.refusals import Turn


def programmes(ground: Ground) -> Told:
    """Of 1, 5 and 6: what is offered is written down, with its objectives."""
    yield Figure(
        _("services with a programme"),
        ground.with_programme,
        ground.services,
        rows=of(Part.SERVICES, "with_programme"),
    )
    n = ground.services - ground.with_programme
    if n or not ground.services:
        yield miss(
            "no_programme",
            ngettext("%(n)d service has no programme.", "%(n)d services have no programme.", n) % {"n": n}
            if n
            else _("No service is offered."),
            _("Write objectives and contents on the page of the service, or upload them there."),
            Turn.OPERATIONS,
            Place.CATALOGUE,
            rows=but(Part.SERVICES, "with_programme"),
        )


def results(ground: Ground) -> Told:
    """Of 2: figures with their number of answers; where the public reads them is declared."""
    asked, answered = ground.asked(QuestionnaireKind.HOT), ground.answered(QuestionnaireKind.HOT)
    yield Figure(
        _("participants who answered the satisfaction survey"),
        answered,
        asked,
        rows=of(Part.ANSWERS, QuestionnaireKind.HOT),
    )
    yield Figure(_("sessions held"), ground.sessions, rows=of(Part.SESSIONS, "sessions"))
    if not answered:
        yield unanswered(QuestionnaireKind.HOT)


def placement(ground: Ground) -> Told:
    """Of 8."""
    yield from nothing_yet(ground)
    answered = ground.answered(QuestionnaireKind.PLACEMENT)
    yield Figure(
        _("placement questionnaires answered"),
        answered,
        ground.placement_asked,
        rows=of(Part.ANSWERS, QuestionnaireKind.PLACEMENT),
    )
    yield Figure(
        _("services that ask a placement questionnaire"),
        ground.with_placement,
        ground.services,
        rows=of(Part.SERVICES, "with_placement"),
    )
    if not answered:
        yield unanswered(QuestionnaireKind.PLACEMENT)


def joining(ground: Ground) -> Told:
    """Of 9."""
    yield from nothing_yet(ground)
    yield Figure(
        _("participants who were sent joining instructions"),
        ground.told,
        ground.people,
        rows=of(Part.PEOPLE, "told"),
    )
    n = ground.people - ground.told
    if n > 0:
        message = ngettext(
            "%(n)d participant was sent no joining instructions.",
            "%(n)d participants were sent no joining instructions.",
            n,
        )
        fix = _("Enrol people with an address before the session; look for mails that failed.")
        yield miss(
            "not_told", message % {"n": n}, fix, Turn.COORDINATOR, Place.MAILS, rows=but(Part.PEOPLE, "told")
        )
    papers = {
        "internal_rules": (ground.internal_rules, _("The internal rules are not uploaded.")),
        "welcome_booklet": (ground.welcome_booklet, _("The welcome booklet is not uploaded.")),
    }
    for code, (there, message) in papers.items():
        if not there:
            fix = _("Upload it on the page of the organisation: participants find it on their own page.")
            yield miss(f"no_{code}", message, fix, Turn.ADMINISTRATOR, Place.ORGANISATION)


def support(ground: Ground) -> Told:
    """Of 10: adaptations are counted, never told."""
    yield Figure(_("access needs that were told"), ground.needs, None, Place.ACCESS_NEEDS)
    yield Figure(
        _("sessions with presence on every half-day"),
        ground.recorded,
        ground.sessions,
        rows=of(Part.SESSIONS, "recorded"),
    )


def attained(ground: Ground) -> Told:
    """Of 11."""
    yield from nothing_yet(ground)
    answered = ground.answered(QuestionnaireKind.CHECK)
    yield Figure(
        _("assessments answered"),
        answered,
        ground.asked(QuestionnaireKind.CHECK) or ground.check_asked,
        rows=of(Part.ANSWERS, QuestionnaireKind.CHECK),
    )
    yield Figure(
        _("participants with a certificate"),
        ground.certified,
        ground.people,
        rows=of(Part.PEOPLE, "certified"),
    )
    if not answered:
        yield unanswered(QuestionnaireKind.CHECK)


def engagement(ground: Ground) -> Told:
    """Of 12."""
    yield from nothing_yet(ground)
    yield Figure(
        _("sessions with presence on every half-day"),
        ground.recorded,
        ground.sessions,
        rows=of(Part.SESSIONS, "recorded"),
    )
    yield Figure(
        _("signed sheets accepted"), ground.accepted, ground.sessions, rows=of(Part.SESSIONS, "accepted")
    )
    n = ground.sessions - ground.recorded
    if n:
        message = ngettext(
            "Presence is missing on %(n)d session.", "Presence is missing on %(n)d sessions.", n
        )
        fix = _("Who ran the session, or coordinates the mission, records it on its page.")
        yield miss(
            "no_presence",
            message % {"n": n},
            fix,
            Turn.COORDINATOR,
            Place.MISSIONS,
            rows=but(Part.SESSIONS, "recorded"),
        )
