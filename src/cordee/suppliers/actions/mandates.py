"""The mandate to self-bill: a code by mail, a signature, its PDF, its end."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from cordee.files.actions import keep
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import tidy
from cordee.kernel.periods import local
from cordee.kernel.refusals import refuse_if
from cordee.kernel.zones import home
from cordee.organisation.queries import the_organisation
from cordee.suppliers import queries
from cordee.suppliers.actions.holding import held
from cordee.suppliers.facts import MandateCodeAsked, MandateRevoked, MandateSigned
from cordee.suppliers.models import Mandate, Signing
from cordee.suppliers.rules import identity, who
from cordee.suppliers.rules import mandates as rules
from cordee.suppliers.states import CODE_LASTS, CODE_TRIES, MANDATE

_TEMPLATE = Path(__file__).parent / "mandate.typ"
_LONGEST_DEVICE = 300


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server saw of who signs: where from (an IP address, or nothing), and what the browser says it is."""

    ip: str | None = None
    device: str = ""


@transaction.atomic
def ask_code(*, supplier_id: int, signer: str, capacity: str, language: str, by: Actor) -> Signing:
    """Have a code sent to the supplier's address, with which the mandate is signed as it reads now. Raises Refused."""
    supplier, organisation = held(supplier_id), the_organisation()
    now = clock.now()
    refuse_if(who.may_speak_for(queries.facilitator_ids_of(supplier_id), by))
    recent = Signing.objects.filter(supplier=supplier, asked_at__gt=now - timedelta(hours=1)).count()
    refuse_if(
        [
            *identity.is_active(supplier),
            *identity.is_known_well_enough(supplier),
            *rules.can_be_signed(supplier, organisation),
            *rules.is_new(queries.in_force(supplier_id), organisation),
            *rules.names_its_signer(supplier, tidy(capacity)),
            *rules.may_ask_again(recent),
        ]
    )
    signing = Signing.objects.create(
        supplier=supplier,
        seed=uuid4().hex,
        text_version=rules.VERSION,
        language=language,
        contest_days=organisation.contest_within_days,
        text=rules.text_for(supplier, organisation, language),
        sent_to=supplier.email,
        signer=tidy(signer),
        capacity=tidy(capacity),
        user_id=by.user_id,
        asked_at=now,
        expires_at=now + CODE_LASTS,
    )
    journal.record(MandateCodeAsked(supplier_id=supplier.pk, signing_id=signing.pk), by=by)
    return signing


def sign(*, supplier_id: int, code: str, seen: Seen, by: Actor) -> Mandate:
    """Sign the mandate with the code of the last mail. Signed twice with one code it is signed once.

    Every try counts, also those that are refused: call it outside a transaction. Raises Refused.
    """
    signing = Signing.objects.filter(supplier_id=supplier_id).order_by("-pk").first()
    refuse_if(who.may_speak_for(queries.facilitator_ids_of(supplier_id), by))
    signed = Mandate.objects.filter(signing=signing, state="signed").first() if signing else None
    if signed:
        return signed
    refuse_if(rules.is_open(signing))
    assert signing is not None  # noqa: S101 - is_open has refused nothing
    counted = Signing.objects.filter(pk=signing.pk, tries__lt=CODE_TRIES).update(tries=F("tries") + 1)
    signing.refresh_from_db()
    refuse_if(rules.code_is_right(signing, code) if counted else rules.is_open(signing))
    return _sign(signing.pk, supplier_id, seen, by)


@transaction.atomic
def _sign(signing_id: int, supplier_id: int, seen: Seen, by: Actor) -> Mandate:
    supplier, organisation = held(supplier_id), the_organisation()
    signing = Signing.objects.get(pk=signing_id)
    twin = Mandate.objects.filter(signing=signing).first()
    if twin:  # a second click, at the same time
        return twin
    text = rules.text_for(supplier, organisation, signing.language)
    refuse_if(
        [
            *identity.is_active(supplier),
            *rules.can_be_signed(supplier, organisation),
            *rules.still_says_the_same(signing, text),
        ]
    )
    before = queries.in_force(supplier_id)
    now = clock.now()
    if before:
        MANDATE.move(before, "replace")
        before.ended_at = now
        before.save(update_fields=["state", "ended_at"])
    mandate = Mandate.objects.create(
        supplier=supplier,
        signing=signing,
        signed_at=now,
        text_sha256=sha256(signing.text.encode()).hexdigest(),
        ip=seen.ip,
        device=seen.device[:_LONGEST_DEVICE],
    )
    journal.record(MandateSigned(supplier_id=supplier.pk, mandate_id=mandate.pk), by=by)
    return mandate


@transaction.atomic
def revoke(*, mandate_id: int, reason: str, by: Actor) -> None:
    """End a mandate, by whoever gave it or by finance for the organisation: from now on no invoice is issued in the
    supplier's name. Ended twice it is ended once. Raises Refused.
    """
    supplier = held(Mandate.objects.values_list("supplier_id", flat=True).get(pk=mandate_id))
    mandate = Mandate.objects.get(pk=mandate_id)
    refuse_if(who.may_keep(queries.facilitator_ids_of(supplier.pk), by))
    refuse_if([*rules.can_be_revoked(mandate), *rules.has_a_reason(reason.strip())])
    MANDATE.move(mandate, "revoke")
    mandate.ended_at = clock.now()
    mandate.save(update_fields=["state", "ended_at"])
    fact = MandateRevoked(
        supplier_id=supplier.pk, mandate_id=mandate.pk, reason_id=journal.keep_reason(reason.strip())
    )
    journal.record(fact, by=by)


def keep_file(mandate_id: int) -> None:
    """Draw the PDF of a signed mandate and keep it. Safe to run twice: the same mandate gives the same bytes."""
    mandate = queries.mandate(mandate_id)
    if mandate is None or mandate.file_id is not None:
        return
    file = keep(_drawn(mandate), content_type="application/pdf")
    Mandate.objects.filter(pk=mandate_id, file=None).update(file=file)


def _drawn(mandate: Mandate) -> bytes:
    from cordee.pdf.engine import render

    signing = mandate.signing
    at = local(mandate.signed_at, home())
    title, *paragraphs = signing.text.strip().split("\n\n")
    data = {
        "language": signing.language if signing.language in rules.LANGUAGES else "en",
        "title": title,
        "paragraphs": paragraphs,
        "signer": ", ".join(part for part in (signing.signer, signing.capacity) if part),
        "supplier": mandate.supplier.name,
        "signed_at": f"{at:%d/%m/%Y %H:%M:%S %Z}",
        "code_sent_to": signing.sent_to,
        "ip": mandate.ip or "",
        "device": mandate.device,
        "version": signing.text_version,
        "sha256": mandate.text_sha256,
    }
    return render(_TEMPLATE, data, dated=at.date())
