"""What the numbers of a period prove of each indicator: figures, and what is missing as blockers. Pure."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.audits.rules.ground import Ground, Part
from cordee.audits.rules.telling import Figure, Missing, Place, Rows
from cordee.catalogue.models import QUESTIONNAIRE_LABELS
from cordee.catalogue.states import SATISFACTION, QuestionnaireKind
from cordee.kernel.refusals import Blocker, Turn
from cordee.quality.states import FEWEST_CONFIDENTIAL

type Told = Iterator[Figure | Missing]
_K = QuestionnaireKind
ALONE = frozenset({5, 8, 9, 11, 12, 17, 18, 30, 31, 32})
"""Indicators that figures prove by themselves; of all others something has to be declared, too."""


def proven_by(number: int, ground: Ground) -> tuple[list[Figure], list[Missing]]:
    """Return what Cordée computes for an indicator, and what is missing of it."""
    told = list(_TOLD[number][0](ground)) if number in _TOLD else []
    return [t for t in told if isinstance(t, Figure)], [t for t in told if isinstance(t, Missing)]


def parts_of(numbers: Iterable[int]) -> frozenset[Part]:
    """Return the parts of the ground on which these indicators stand."""
    return frozenset(part for number in numbers if number in _TOLD for part in _TOLD[number][1])


def _miss(
    code: str, message: str, fix: str, turn: Turn, place: Place | None = None, *, rows: Rows | None = None
) -> Missing:
    return Missing(Blocker(code, message, fix, turn), place, rows)


def _of(part: Part, name: str) -> Rows:
    return Rows(part, name)


def _but(part: Part, name: str) -> Rows:
    return Rows(part, name, others=True)


def _nothing_yet(ground: Ground) -> Told:
    if not ground.sessions:
        fix = _("Choose a longer period, or wait until one is over.")
        yield _miss("nothing_held", _("No session was held in this period."), fix, Turn.TIME)


def _programmes(ground: Ground) -> Told:
    """Of 1, 5 and 6: what is offered is written down, with its objectives."""
    yield Figure(
        _("services with a programme"),
        ground.with_programme,
        ground.services,
        rows=_of(Part.SERVICES, "with_programme"),
    )
    n = ground.services - ground.with_programme
    if n or not ground.services:
        yield _miss(
            "no_programme",
            ngettext("%(n)d service has no programme.", "%(n)d services have no programme.", n) % {"n": n}
            if n
            else _("No service is offered."),
            _("Write objectives and contents on the page of the service, or upload them there."),
            Turn.OPERATIONS,
            Place.CATALOGUE,
            rows=_but(Part.SERVICES, "with_programme"),
        )


def _results(ground: Ground) -> Told:
    """Of 2: figures with their number of answers; where the public reads them is declared."""
    asked, answered = ground.asked(_K.HOT), ground.answered(_K.HOT)
    yield Figure(
        _("participants who answered the satisfaction survey"),
        answered,
        asked,
        rows=_of(Part.ANSWERS, _K.HOT),
    )
    yield Figure(_("sessions held"), ground.sessions, rows=_of(Part.SESSIONS, "sessions"))
    if not answered:
        yield _unanswered(_K.HOT)


def _unanswered(kind: QuestionnaireKind) -> Missing:
    return _miss(
        f"nobody_answered_{kind}",
        _("Nobody answered in this period: %(questionnaire)s.")
        % {"questionnaire": QUESTIONNAIRE_LABELS[kind]},
        _("Choose a questionnaire on the page of the service: it is sent by itself."),
        Turn.OPERATIONS,
        Place.CATALOGUE,
    )


def _placement(ground: Ground) -> Told:
    """Of 8."""
    yield from _nothing_yet(ground)
    answered = ground.answered(_K.PLACEMENT)
    yield Figure(
        _("placement questionnaires answered"),
        answered,
        ground.placement_asked,
        rows=_of(Part.ANSWERS, _K.PLACEMENT),
    )
    yield Figure(
        _("services that ask a placement questionnaire"),
        ground.with_placement,
        ground.services,
        rows=_of(Part.SERVICES, "with_placement"),
    )
    if not answered:
        yield _unanswered(_K.PLACEMENT)


def _joining(ground: Ground) -> Told:
    """Of 9."""
    yield from _nothing_yet(ground)
    yield Figure(
        _("participants who were sent joining instructions"),
        ground.told,
        ground.people,
        rows=_of(Part.PEOPLE, "told"),
    )
    n = ground.people - ground.told
    if n > 0:
        message = ngettext(
            "%(n)d participant was sent no joining instructions.",
            "%(n)d participants were sent no joining instructions.",
            n,
        )
        fix = _("Enrol people with an address before the session; look for mails that failed.")
        yield _miss(
            "not_told", message % {"n": n}, fix, Turn.COORDINATOR, Place.MAILS, rows=_but(Part.PEOPLE, "told")
        )
    papers = {
        "internal_rules": (ground.internal_rules, _("The internal rules are not uploaded.")),
        "welcome_booklet": (ground.welcome_booklet, _("The welcome booklet is not uploaded.")),
    }
    for code, (there, message) in papers.items():
        if not there:
            fix = _("Upload it on the page of the organisation: participants find it on their own page.")
            yield _miss(f"no_{code}", message, fix, Turn.ADMINISTRATOR, Place.ORGANISATION)


def _support(ground: Ground) -> Told:
    """Of 10: adaptations are counted, never told."""
    yield Figure(_("access needs that were told"), ground.needs, None, Place.ACCESS_NEEDS)
    yield Figure(
        _("sessions with presence on every half-day"),
        ground.recorded,
        ground.sessions,
        rows=_of(Part.SESSIONS, "recorded"),
    )


def _attained(ground: Ground) -> Told:
    """Of 11."""
    yield from _nothing_yet(ground)
    answered = ground.answered(_K.CHECK)
    yield Figure(
        _("assessments answered"),
        answered,
        ground.asked(_K.CHECK) or ground.check_asked,
        rows=_of(Part.ANSWERS, _K.CHECK),
    )
    yield Figure(
        _("participants with a certificate"),
        ground.certified,
        ground.people,
        rows=_of(Part.PEOPLE, "certified"),
    )
    if not answered:
        yield _unanswered(_K.CHECK)


def _engagement(ground: Ground) -> Told:
    """Of 12."""
    yield from _nothing_yet(ground)
    yield Figure(
        _("sessions with presence on every half-day"),
        ground.recorded,
        ground.sessions,
        rows=_of(Part.SESSIONS, "recorded"),
    )
    yield Figure(
        _("signed sheets accepted"), ground.accepted, ground.sessions, rows=_of(Part.SESSIONS, "accepted")
    )
    n = ground.sessions - ground.recorded
    if n:
        message = ngettext(
            "Presence is missing on %(n)d session.", "Presence is missing on %(n)d sessions.", n
        )
        fix = _("Who ran the session, or coordinates the mission, records it on its page.")
        yield _miss(
            "no_presence",
            message % {"n": n},
            fix,
            Turn.COORDINATOR,
            Place.MISSIONS,
            rows=_but(Part.SESSIONS, "recorded"),
        )


def _means(ground: Ground) -> Told:
    """Of 17."""
    yield from _nothing_yet(ground)
    yield Figure(
        _("sessions with a confirmed facilitator"),
        ground.staffed,
        ground.sessions,
        rows=_of(Part.SESSIONS, "staffed"),
    )
    n = ground.sessions - ground.staffed
    if n:
        message = ngettext(
            "%(n)d session was held without a confirmed facilitator.",
            "%(n)d sessions were held without a confirmed facilitator.",
            n,
        )
        fix = _("Say on the page of the session who ran it.")
        yield _miss(
            "not_staffed",
            message % {"n": n},
            fix,
            Turn.COORDINATOR,
            Place.MISSIONS,
            rows=_but(Part.SESSIONS, "staffed"),
        )


def _coordination(ground: Ground) -> Told:
    """Of 18."""
    yield from _nothing_yet(ground)
    yield Figure(
        _("sessions whose mission has a coordinator"),
        ground.coordinated,
        ground.sessions,
        rows=_of(Part.SESSIONS, "coordinated"),
    )
    n = ground.sessions - ground.coordinated
    if n:
        message = ngettext(
            "The mission of %(n)d session has no coordinator.",
            "The missions of %(n)d sessions have no coordinator.",
            n,
        )
        fix = _("Name one on the page of the mission.")
        yield _miss(
            "no_coordinator",
            message % {"n": n},
            fix,
            Turn.OPERATIONS,
            Place.MISSIONS,
            rows=_but(Part.SESSIONS, "coordinated"),
        )


def _resources(ground: Ground) -> Told:
    """Of 19: distance is counted; resources are declared."""
    yield Figure(
        _("sessions at a distance"), ground.remote, ground.sessions, rows=_of(Part.SESSIONS, "remote")
    )


def _skills(ground: Ground) -> Told:
    """Of 21 and 22: who ran sessions is counted; their skills are declared."""
    yield Figure(
        _("facilitators who ran sessions"), ground.facilitators, rows=_of(Part.FACILITATORS, "facilitators")
    )


def _disability(ground: Ground) -> Told:
    """Of 26."""
    yield Figure(_("access needs that were told"), ground.needs, None, Place.ACCESS_NEEDS)
    if not ground.disability_officer:
        fix = _("Give somebody the role of disability officer: access needs are then told to them.")
        message = _("Nobody is the disability officer.")
        yield _miss("no_officer", message, fix, Turn.ADMINISTRATOR, Place.PEOPLE)
    n = ground.needs_late
    if n:
        message = _("Access needs that wait for longer than they may: %(n)d.")
        fix = _("Say what is adapted, or why it cannot be.")
        yield _miss("needs_late", message % {"n": n}, fix, Turn.DISABILITY_OFFICER, Place.ACCESS_NEEDS)


def _subcontracting(ground: Ground) -> Told:
    """Of 27: through whom facilitators bill, and their papers; contracts are declared."""
    yield Figure(
        _("facilitators who bill through a known supplier"),
        ground.billed,
        ground.facilitators,
        rows=_of(Part.FACILITATORS, "billed"),
    )
    lacks = {
        "no_supplier": (
            _but(Part.FACILITATORS, "billed"),
            ground.facilitators - ground.billed,
            ngettext(
                "%(n)d facilitator has no supplier.",
                "%(n)d facilitators have no supplier.",
                ground.facilitators - ground.billed,
            ),
        ),
        "no_papers": (
            _of(Part.FACILITATORS, "without_papers"),
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
            yield _miss(code, message % {"n": n}, fix, Turn.FINANCE, Place.SUPPLIERS, rows=rows)


def _appraisals(ground: Ground) -> Told:
    """Of 30: of participants, clients and facilitators."""
    for kind in SATISFACTION:
        label = _("answered: %(questionnaire)s") % {"questionnaire": QUESTIONNAIRE_LABELS[kind]}
        yield Figure(label, ground.answered(kind), ground.asked(kind), rows=_of(Part.ANSWERS, kind))
        if not ground.answered(kind):
            yield _unanswered(kind)


def _complaints(ground: Ground) -> Told:
    """Of 31. Confidential ones are in no figure of the period, which somebody they are about could compare with what
    they see in the register; of a year that is over their number alone is told, where it is not small.
    """
    register = ground.complaints
    label = _("complaints decided, but for confidential ones")
    yield Figure(label, register.decided, register.received, rows=_of(Part.COMPLAINTS, "decided"))
    if register.confidential >= FEWEST_CONFIDENTIAL:
        year = {"year": register.year_over}
        yield Figure(_("confidential complaints received in %(year)d") % year, register.confidential)
    n = register.late
    if n:
        message = ngettext(
            "%(n)d complaint is not decided in time.", "%(n)d complaints are not decided in time.", n
        )
        fix = _("Decide what is late in the register of complaints.")
        yield _miss(
            "complaints_late",
            message % {"n": n},
            fix,
            Turn.QUALITY,
            Place.COMPLAINTS,
            rows=_of(Part.COMPLAINTS, "late"),
        )


def _improvement(ground: Ground) -> Told:
    """Of 32: what was done of what opinions and complaints show, and whether it had its effect."""
    made = ground.improvements
    yield Figure(
        _("complaints that were founded"), ground.complaints.founded, rows=_of(Part.COMPLAINTS, "founded")
    )
    yield Figure(_("improvements done"), made.done, rows=_of(Part.IMPROVEMENTS, "done"))
    yield Figure(
        _("of them with the expected effect"),
        made.effective,
        made.done,
        rows=_of(Part.IMPROVEMENTS, "effective"),
    )
    if not made.done:
        fix = _("Open one from a complaint, a figure or a comment, and say when it is done.")
        message = _("Nothing was improved in this period.")
        yield _miss("nothing_improved", message, fix, Turn.QUALITY, Place.IMPROVEMENTS)
    if made.late:
        message = ngettext("%(n)d improvement is late.", "%(n)d improvements are late.", made.late)
        fix = _("Do it, or set another day.")
        yield _miss(
            "improvements_late",
            message % {"n": made.late},
            fix,
            Turn.QUALITY,
            Place.IMPROVEMENTS,
            rows=_of(Part.IMPROVEMENTS, "late"),
        )


_P = Part
_TOLD: dict[int, tuple[Callable[[Ground], Told], frozenset[Part]]] = {
    1: (_programmes, frozenset({_P.SERVICES})),
    2: (_results, frozenset({_P.SESSIONS, _P.ANSWERS})),
    5: (_programmes, frozenset({_P.SERVICES})),
    6: (_programmes, frozenset({_P.SERVICES})),
    8: (_placement, frozenset({_P.SERVICES, _P.SESSIONS, _P.PEOPLE, _P.ANSWERS})),
    9: (_joining, frozenset({_P.SESSIONS, _P.PEOPLE, _P.ORGANISATION})),
    10: (_support, frozenset({_P.SESSIONS, _P.PEOPLE})),
    11: (_attained, frozenset({_P.SESSIONS, _P.PEOPLE, _P.ANSWERS})),
    12: (_engagement, frozenset({_P.SESSIONS})),
    17: (_means, frozenset({_P.SESSIONS})),
    18: (_coordination, frozenset({_P.SESSIONS})),
    19: (_resources, frozenset({_P.SESSIONS})),
    21: (_skills, frozenset({_P.FACILITATORS})),
    22: (_skills, frozenset({_P.FACILITATORS})),
    26: (_disability, frozenset({_P.PEOPLE, _P.OFFICER})),
    27: (_subcontracting, frozenset({_P.FACILITATORS})),
    30: (_appraisals, frozenset({_P.ANSWERS})),
    31: (_complaints, frozenset({_P.COMPLAINTS})),
    32: (_improvement, frozenset({_P.COMPLAINTS, _P.IMPROVEMENTS})),
}
"""Who tells of an indicator, and the parts of the ground that it reads."""
