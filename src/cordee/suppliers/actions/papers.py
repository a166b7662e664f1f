"""Taking legal papers, and showing them to who may see them."""

from datetime import date

from django.db import transaction

from cordee.files import queries as files
from cordee.files.actions import keep
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.suppliers import queries
from cordee.suppliers.actions.holding import held
from cordee.suppliers.facts import PaperGiven, PaperShown
from cordee.suppliers.models import Paper
from cordee.suppliers.rules import identity, who
from cordee.suppliers.rules import papers as rules
from cordee.suppliers.states import PaperKind


@transaction.atomic
def give_paper(
    *, supplier_id: int, kind: PaperKind, content: bytes, dated: date, until: date | None = None, by: Actor
) -> Paper:
    """Keep a legal paper; what it says in law is read by people. The same file twice is one paper.

    `until`: the last day of an insurance; a certificate proves something for six months from its date. Raises Refused.
    """
    supplier = held(supplier_id)
    refuse_if(who.may_keep(queries.facilitator_ids_of(supplier_id), by))
    refuse_if(
        [
            *identity.is_active(supplier),
            *rules.has_sensible_days(kind, dated, until),
            *rules.is_a_scan(content),
        ]
    )
    file = keep(content, content_type=rules.kind_of_file(content))
    expires_on = rules.expiry(kind, dated, until)
    known = Paper.objects.filter(supplier=supplier, kind=kind, file=file, expires_on=expires_on).first()
    if known:
        return known
    paper = Paper.objects.create(
        supplier=supplier,
        kind=kind,
        file=file,
        dated=dated,
        expires_on=expires_on,
        given_at=clock.now(),
        user_id=by.user_id,
    )
    journal.record(PaperGiven(supplier_id=supplier.pk, paper_id=paper.pk, kind=kind), by=by)
    return paper


@transaction.atomic
def open_paper(*, paper_id: int, by: Actor) -> tuple[Paper, bytes]:
    """Return a legal paper with its content, and remember who looked. Raises Refused, and DamagedFile."""
    paper = Paper.objects.select_related("file").get(pk=paper_id)
    refuse_if(who.may_see_accounts(queries.facilitator_ids_of(paper.supplier_id), by))
    journal.record(PaperShown(supplier_id=paper.supplier_id, paper_id=paper.pk), by=by)
    return paper, files.content(paper.file)
