"""Drawing or naming the missions of an audit, and making its file."""

import logging
from collections.abc import Iterable, Sequence
from datetime import date
from secrets import token_hex

from django.db import transaction

from cordee.audits import queries, rules
from cordee.audits.facts import AuditAsked, AuditBuilt, AuditTaken
from cordee.audits.models import Audit
from cordee.audits.states import SERIES
from cordee.files import actions as files
from cordee.jobs import registry
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.identifiers import numbered
from cordee.kernel.refusals import refuse_if
from cordee.missions.models import Mission
from cordee.organisation.actions import next_number

log = logging.getLogger(__name__)

_SEED_BYTES = 6


def ask_draw(*, since: date, until: date, count: int, seed: str = "", by: Actor) -> Audit:
    """Draw missions that had a session that ended between two days, both included, and have the worker make their
    file; without a `seed`, one is made up. Raises Refused.
    """
    refuse_if(rules.may_draw(by))
    seed = seed.strip() or token_hex(_SEED_BYTES)
    refs = queries.eligible(since, until)
    refuse_if([*rules.good_period(since, until), *rules.good_draw(seed, count, len(refs))])
    chosen = rules.drawn(refs, seed=seed, count=count)
    return _keep(since=since, until=until, refs=chosen, seed=seed, among=len(refs), by=by)


def ask_named(*, since: date, until: date, refs: Iterable[str], by: Actor) -> Audit:
    """Take the missions that the auditor names, whenever they were, and have the worker make their file. What is
    computed beside them is of the days from `since` to `until`. Raises Refused.
    """
    refuse_if(rules.may_draw(by))
    asked = list(dict.fromkeys(ref.strip().upper() for ref in refs if ref.strip()))
    found = Mission.objects.filter(ref__in=asked).values_list("ref", flat=True)
    refuse_if([*rules.good_period(since, until), *rules.good_list(asked, found)])
    return _keep(since=since, until=until, refs=asked, seed="", among=0, by=by)


@transaction.atomic
def _keep(*, since: date, until: date, refs: Sequence[str], seed: str, among: int, by: Actor) -> Audit:
    today = clock.today()
    made = Audit.objects.create(
        ref=numbered(SERIES, today.year, next_number(SERIES, today.year)),
        since=since,
        until=until,
        seed=seed,
        among=among,
        asked_at=clock.now(),
        user_id=by.user_id,
    )
    made.missions.set(Mission.objects.filter(ref__in=refs))
    journal.record(AuditAsked(audit_id=made.pk, missions=list(refs), drawn=bool(seed)), by=by)
    registry.start("audits.build", made.pk)
    return made


def build(*, audit_id: int, by: Actor) -> None:
    """Make the file of an audit, once. What it reads and draws takes seconds, in which nothing is held: a worker that
    is killed leaves nothing, and another begins anew. Safe to run twice.
    """
    audit = Audit.objects.filter(pk=audit_id, file=None).first()
    if audit is not None:
        _finish(audit_id=audit.pk, content=queries.packed(audit), by=by)


def build_left(*, by: Actor) -> None:
    """Make the files that nobody made; one that cannot be made keeps no other from it. Safe to run twice."""
    for audit_id in Audit.objects.filter(file=None).order_by("pk").values_list("pk", flat=True):
        try:
            build(audit_id=audit_id, by=by)
        except Exception:  # whatever is wrong with it: the log says so, each time
            log.exception("The file of audit %d could not be made", audit_id)


@transaction.atomic
def _finish(*, audit_id: int, content: bytes, by: Actor) -> None:
    audit = Audit.objects.select_for_update(of=("self",)).get(pk=audit_id)
    if audit.file_id is None:
        audit.file = files.keep(content, content_type="application/zip")
        audit.built_at = clock.now()
        audit.save(update_fields=["file", "built_at"])
        journal.record(AuditBuilt(audit_id=audit.pk), by=by)


@transaction.atomic
def take(*, audit_id: int, by: Actor) -> None:
    """Write down that somebody takes the file."""
    journal.record(AuditTaken(audit_id=audit_id), by=by)
