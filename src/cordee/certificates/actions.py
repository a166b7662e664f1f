"""Issuing certificates: new, in place of earlier ones, or revoking them."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe

from django.db import transaction

from cordee.attendance.queries import digest_of
from cordee.certificates import queries, rules
from cordee.certificates.facts import ParticipationCertified, RealisationCertified
from cordee.certificates.models import Certificate, Revocation
from cordee.certificates.queries import ToCertify
from cordee.certificates.states import CODE_BYTES, SERIES, Kind
from cordee.journal import actions as journal
from cordee.journal.states import ERASED
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM, Actor
from cordee.kernel.identifiers import numbered
from cordee.kernel.refusals import refuse_if
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.missions.rules import may_run
from cordee.organisation.actions import next_numbers
from cordee.organisation.queries import the_organisation
from cordee.planning.actions.holding import held


@dataclass(frozen=True, slots=True)
class _Made:
    """How many certificates were new, took the place of others, or were revoked."""

    issued: int
    replaced: int
    revoked: int

    def __bool__(self) -> bool:
        return bool(self.issued or self.replaced or self.revoked)


@transaction.atomic
def issue_for_session(*, session_id: int, by: Actor) -> None:
    """Have everybody who was on a session hold a certificate of what presence says now. Safe to run twice.

    Once it is over and presence is recorded for every half-day: a new one for who has none, another one in its place
    where hours or words changed, none any more for who was absent after all. The certificates of realisation that were
    produced already follow.
    """
    session, mission = held(session_id)
    heads = queries.heads_of_session(session_id)
    wanted = queries.of_session(session, heads)
    if wanted is None:
        return
    made = _bring_up_to_date(Kind.PARTICIPATION, mission, wanted, heads, by)
    if made:
        fact = ParticipationCertified(
            session_id=session_id, issued=made.issued, replaced=made.replaced, revoked=made.revoked
        )
        journal.record(fact, by=by, mission_id=mission.pk)
    produced = queries.heads_of_mission(mission.pk)
    if produced:
        now = queries.of_mission(mission)
        _realise(mission, {pk: told for pk, told in now.items() if pk in produced}, produced, by)


def issue_due() -> None:
    """Issue what waited for its session to be over: presence had been recorded before. Safe to run twice."""
    for session_id in queries.to_issue():
        issue_for_session(session_id=session_id, by=SYSTEM)


@transaction.atomic
def produce_realisations(*, mission_id: int, by: Actor) -> None:
    """Make the certificates of realisation of a mission, one for each who was there, for its funder.

    From then on they follow presence; who comes on later sessions gets theirs when this is done again. Raises Refused.
    """
    mission = missions.locked(mission_id)
    wanted = queries.of_mission(mission)
    refuse_if(
        [
            *may_run(mission, by),
            *rules.somebody_signs(the_organisation()),
            *rules.somebody_was_there(wanted),
        ]
    )
    _realise(mission, wanted, queries.heads_of_mission(mission_id), by)


def _realise(
    mission: Mission, wanted: Mapping[int, ToCertify], heads: Mapping[int, Certificate], by: Actor
) -> None:
    made = _bring_up_to_date(Kind.REALISATION, mission, wanted, heads, by)
    if made:
        fact = RealisationCertified(
            mission_id=mission.pk, issued=made.issued, replaced=made.replaced, revoked=made.revoked
        )
        journal.record(fact, by=by, mission_id=mission.pk)


def _bring_up_to_date(
    kind: Kind,
    mission: Mission,
    wanted: Mapping[int, ToCertify],
    heads: Mapping[int, Certificate],
    by: Actor,
) -> _Made:
    """Issue what is wanted and not certified yet, revoke what is certified and not wanted."""
    new = [(told, heads.get(key)) for key, told in wanted.items() if not _says(heads.get(key), told)]
    void = [head for key, head in heads.items() if key not in wanted and not _is_revoked(head)]
    organisation, today, now = the_organisation(), clock.today(), clock.now()
    numbers = next_numbers(SERIES[kind], today.year, len(new)) if new else range(0)
    rows = []
    for (told, before), n in zip(new, numbers, strict=True):
        number, code = numbered(SERIES[kind], today.year, n), token_urlsafe(CODE_BYTES)
        content = queries.content_of(told, organisation, number=number, code=code, before=before)
        rows.append(
            Certificate(
                number=number,
                kind=kind,
                mission=mission,
                participant_id=told.participant_id,
                enrolment_id=told.enrolment_id,
                minutes=told.certified["minutes"],
                content=content,
                digest=digest_of(content),
                code=code,
                issued_at=now,
                user_id=by.user_id,
                replaces=before,
            )
        )
    Certificate.objects.bulk_create(rows)
    Revocation.objects.bulk_create(Revocation(certificate=row, at=now, user_id=by.user_id) for row in void)
    replaced = sum(before is not None and not _is_revoked(before) for _, before in new)
    return _Made(issued=len(new) - replaced, replaced=replaced, revoked=len(void))


def _is_revoked(certificate: Certificate) -> bool:
    return hasattr(certificate, "revocation")


def _says(certificate: Certificate | None, told: ToCertify) -> bool:
    """Tell whether a certificate stands and says this already. Who issues it may have moved since: that is no news.
    Neither is that somebody was erased: what was certified of them stands.
    """
    if certificate is None or _is_revoked(certificate):
        return False
    said = certificate.content
    return all(value in (said.get(name), ERASED) for name, value in told.certified.items())
