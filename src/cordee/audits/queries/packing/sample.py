"""What happened on the missions of an audit, as tables. Participants are initials and a number, but on the signed
sheets themselves; nothing is told of anybody's access needs, or of a confidential complaint.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.attendance import queries as attendance
from cordee.attendance.models import PRESENCE_LABELS
from cordee.attendance.states import PresenceState
from cordee.audits.models import Audit
from cordee.audits.queries.ground import JOINING
from cordee.catalogue import queries as catalogue
from cordee.catalogue.models import QUESTIONNAIRE_LABELS, ProgrammeVersion
from cordee.catalogue.states import SATISFACTION, QuestionnaireKind
from cordee.certificates import queries as certificates
from cordee.enrolment import queries as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.states import ENROLMENT
from cordee.kernel import clock
from cordee.kernel.periods import local
from cordee.kernel.zones import home
from cordee.mail import queries as mail
from cordee.mail.states import MessageState
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.planning import queries as planning
from cordee.planning.models import MODE_LABELS, HalfDay, Session
from cordee.planning.states import AssignmentStatus, DeliveryMode, SessionStatus
from cordee.quality import queries as quality
from cordee.suppliers import queries as suppliers
from cordee.surveys import queries as surveys
from cordee.surveys.states import FEWEST_RANKED

type Table = tuple[list[str], list[list[str]]]
"""Heads, and rows below them."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The missions of an audit with their sessions, and who was on them."""

    missions: list[Mission]
    sessions: list[Session]
    people: dict[int, Enrolment]
    half_days: dict[int, HalfDay]

    @property
    def refs(self) -> dict[int, str]:
        return {session.pk: session.ref for session in self.sessions}


def sample_of(audit: Audit) -> Sample:
    """Read the missions of an audit, and their sessions that were not cancelled: five queries."""
    missions = list(audit.missions.select_related("order__client", "coordinator__user").order_by("ref"))
    found = planning.sessions_of_missions([mission.pk for mission in missions])
    sessions = [session for session in found if session.status == SessionStatus.PLANNED]
    ids = [session.pk for session in sessions]
    people = {person.pk: person for person in enrolment.on_sessions(ids)}
    half_days = {
        h.pk: h for h in HalfDay.objects.filter(session_id__in=ids).order_by("session_id", "position")
    }
    return Sample(missions, sessions, people, half_days)


def masked(person: Enrolment) -> str:
    """Return somebody's initials, and the number by which they are found in Cordée: “A. N. (123)”."""
    names = (person.participant.first_name, person.participant.last_name)
    return " ".join([*(f"{name[0]}." for name in names if name), f"({person.pk})"])


def _minute(at: datetime) -> str:
    """Return a local moment as tables take it: “2027-01-14 09:00”."""
    return at.replace(tzinfo=None).isoformat(" ", "minutes")


def sessions_table(sample: Sample) -> Table:
    """Of 17 and 18: where and when, who ran it, who coordinated. Those who work there are named."""
    names = {
        s.pk: [p.name for p in s.people if p.status == AssignmentStatus.CONFIRMED] for s in sample.sessions
    }
    coordinators = {m.pk: m.coordinator.full_name if m.coordinator else "" for m in sample.missions}
    clients = {m.pk: m.order.client.name for m in sample.missions}
    refs = {m.pk: m.ref for m in sample.missions}
    heads = [
        *(_("Mission"), _("Client"), _("Session"), _("Title"), _("Starts"), _("Ends")),
        *(_("Mode"), _("Place"), _("Facilitators"), _("Coordinator")),
    ]
    rows = [
        [
            *(refs[s.mission_id], clients[s.mission_id], s.ref, s.title),
            *(_minute(s.starts), _minute(s.ends), str(MODE_LABELS[DeliveryMode(s.mode)]), s.place),
            *(", ".join(names[s.pk]), coordinators[s.mission_id]),
        ]
        for s in sample.sessions
    ]
    return heads, rows


def joining_table(sample: Sample) -> Table:
    """Of 9: who was sent joining instructions."""
    left = {
        known.about.id
        for known in mail.of(ENROLMENT, sample.people)
        if known.purpose == JOINING and known.state == MessageState.SENT
    }
    rows = [
        [sample.refs[p.session_id], masked(p), _("sent") if p.pk in left else _("not sent")]
        for p in sample.people.values()
    ]
    return [_("Session"), _("Participant"), _("Joining instructions")], rows


def answers_table(sample: Sample, kind: QuestionnaireKind) -> Table:
    """Of 8 and 11: how many answered, by session."""
    told = surveys.answered_on(sample.refs, kind)
    on = _counted(p.session_id for p in sample.people.values())
    rows = [[s.ref, str(on.get(s.pk, 0)), str(told.get(s.pk, 0))] for s in sample.sessions]
    return [_("Session"), _("Participants"), _("Answered")], rows


def programmes_of(sample: Sample) -> list[ProgrammeVersion]:
    """Return the versions of the programmes of these missions' services that stood while their sessions were held; of
    today where none was.
    """
    lines = missions.lines_of_orders([mission.order_id for mission in sample.missions])
    moments = [session.starts_at for session in sample.sessions] or [clock.now()]
    services = {line.service_type_id for line in lines}
    return catalogue.programmes_between(services, min(moments), max(moments))


def programmes_table(sample: Sample) -> Table:
    """Of 6 and 32: each of these versions, what changed in it, and the improvement that brought it."""
    versions = programmes_of(sample)
    brought = quality.brought(version.pk for version in versions)
    rows = []
    for version in versions:
        improvement = brought.get(version.pk)
        cause = (
            [improvement.ref, improvement.title, str(improvement.get_state_display())]
            if improvement
            else ["", "", ""]
        )
        effect = str(improvement.get_effect_display()) if improvement and improvement.effect else ""
        made = local(version.made_at, home()).date().isoformat()
        rows.append([version.service_type.name, str(version.number), made, version.changed, *cause, effect])
    heads = [
        _("Service"),
        _("Version"),
        _("Since"),
        _("What changed"),
        _("Improvement"),
        _("What was done"),
        _("State"),
        _("Effect"),
    ]
    return heads, rows


def learned_table(sample: Sample) -> Table:
    """Of 11: what was learned, by session; of fewer than five who are compared, that they are alone."""
    found = surveys.learned_on(sample.sessions)
    rows = []
    for session in sample.sessions:
        if session.pk in found:
            told = found[session.pk].figures
            moves = (told.progressed, told.stayed, told.back, told.mean_before, told.mean_after)
            few = told.compared < FEWEST_RANKED
            counts = (session.ref, found[session.pk].asked, told.given, told.compared)
            rows.append([*map(str, counts), *("" if few else str(one) for one in moves)])
    heads = [
        _("Session"),
        _("Asked"),
        _("Answered"),
        _("Compared"),
        _("Progressed"),
        _("Same level"),
        _("Lower"),
    ]
    return [*heads, _("Before (%)"), _("At the end (%)")], rows


def _counted(ids: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for pk in ids:
        found[pk] = found.get(pk, 0) + 1
    return found


def certificates_table(sample: Sample) -> Table:
    """Of 11: what was certified and stands."""
    found = certificates.standing_on([mission.pk for mission in sample.missions])
    rows = [
        [
            *(c.number, sample.refs.get(sample.people[c.enrolment_id].session_id, "")),
            *(masked(sample.people[c.enrolment_id]), str(c.minutes), c.issued_at.date().isoformat()),
        ]
        for c in found
        if c.enrolment_id in sample.people
    ]
    return [_("Number"), _("Session"), _("Participant"), _("Minutes"), _("Issued")], rows


def presence_table(sample: Sample) -> Table:
    """Of 10 and 12: who was there, by half-day."""
    marks = attendance.marks_on(sample.refs)
    rows = [
        [
            *(
                sample.refs[half_day.session_id],
                half_day.day.isoformat(),
                half_day.starts.isoformat("minutes"),
            ),
            *(masked(sample.people[enrolment_id]), str(PRESENCE_LABELS[PresenceState(state)])),
        ]
        for (enrolment_id, half_day_id), state in sorted(marks.items())
        if enrolment_id in sample.people and (half_day := sample.half_days.get(half_day_id))
    ]
    return [_("Session"), _("Day"), _("Half-day"), _("Participant"), _("Presence")], rows


def suppliers_table(sample: Sample, audit: Audit) -> Table:
    """Of 27: through whom those who ran the sessions billed."""
    places = [place for session in sample.sessions for place in session.people]
    people = {p.facilitator_id: p.name for p in places if p.status == AssignmentStatus.CONFIRMED}
    through = suppliers.suppliers_of(people, audit.until)
    rows = []
    for pk, name in people.items():
        supplier = through.get(pk)
        told = (
            [supplier.name, str(supplier.get_kind_display()), supplier.siren, supplier.activity_number]
            if supplier
            else [""] * 4
        )
        rows.append([name, *told])
    heads = [_("Facilitator"), _("Supplier"), _("Kind"), _("SIREN"), _("Activity declaration number")]
    return heads, sorted(rows)


def surveys_table(sample: Sample) -> Table:
    """Of 30: how many were asked and answered."""
    told = surveys.asked_on_missions([mission.pk for mission in sample.missions], SATISFACTION)
    refs = {mission.pk: mission.ref for mission in sample.missions}
    rows = [
        [
            *(refs[s.mission_id], sample.refs.get(s.session_id or 0, "")),
            *(str(QUESTIONNAIRE_LABELS[QuestionnaireKind(s.kind)]), str(s.people), str(s.answered)),
        ]
        for s in told
        if s.mission_id in refs
    ]
    return [_("Mission"), _("Session"), _("Survey"), _("Asked"), _("Answered")], rows


def complaints_table(sample: Sample) -> Table:
    """Of 31: what was told of these missions and is not confidential, without a word of it or who told it."""
    refs = {mission.pk: mission.ref for mission in sample.missions}
    rows = [
        [
            *(c.ref, refs[c.mission_id or 0], str(c.get_kind_display()), c.received_at.date().isoformat()),
            *(c.due_on.isoformat(), str(c.get_state_display())),
            *(c.decided_at.date().isoformat() if c.decided_at else "", str(c.get_outcome_display())),
        ]
        for c in quality.open_to_all_on(refs)
    ]
    heads = [
        *(_("Number"), _("Mission"), _("Kind"), _("Received"), _("To be decided by"), _("State")),
        *(_("Decided"), _("Decision")),
    ]
    return heads, rows
