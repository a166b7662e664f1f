"""Saying what is offered, declaring what proves an indicator."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from cordee.audits import rules
from cordee.audits.facts import IndicatorDeclared, OfferChanged
from cordee.audits.models import Declaration, Offer
from cordee.audits.queries import kinds_offered
from cordee.audits.states import ActionKind
from cordee.files import actions as files
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if


@transaction.atomic
def offer(*, kinds: Iterable[ActionKind], by: Actor) -> None:
    """Say which kinds of action the organisation offers from now on; the same as before changes nothing.
    Raises Refused.
    """
    wanted = frozenset(kinds)
    refuse_if([*rules.may_handle(by), *rules.offers_something(wanted)])
    if wanted == kinds_offered():
        return
    made = Offer.objects.create(kinds=sorted(wanted), at=clock.now(), user_id=by.user_id)
    journal.record(OfferChanged(offer_id=made.pk, kinds=made.kinds), by=by)


@transaction.atomic
def declare(
    *,
    indicator: int,
    words: str,
    file: bytes | None = None,
    valid_until: date | None = None,
    replaces_id: int | None = None,
    by: Actor,
) -> Declaration:
    """Declare what proves an indicator: in words, with a PDF perhaps, until a day perhaps. What is replaced stays on
    record. Raises Refused, and OSError where there is no space for the file.
    """
    words = words.strip()
    before = (
        Declaration.objects.select_for_update(of=("self",)).filter(pk=replaces_id).first()
        if replaces_id is not None
        else None
    )
    gone = replaces_id is not None and (
        before is None or Declaration.objects.filter(replaces=before).exists()
    )
    refuse_if(rules.may_handle(by))
    refuse_if(
        [
            *rules.is_an_indicator(indicator),
            *rules.good_words(words),
            *rules.good_file(file),
            *rules.still_valid(valid_until),
            *rules.still_stands(before, indicator, gone=gone),
        ]
    )
    made = Declaration.objects.create(
        indicator=indicator,
        words=words,
        file=files.keep(file, content_type="application/pdf") if file else None,
        valid_until=valid_until,
        at=clock.now(),
        user_id=by.user_id,
        replaces=before,
    )
    fact = IndicatorDeclared(declaration_id=made.pk, indicator=indicator, replaces_id=replaces_id)
    journal.record(fact, by=by)
    return made
