"""The mandate: signed with a code sent by mail, kept with its proof, revocable."""

from datetime import date, timedelta
from hashlib import sha256

import pytest

from cordee.files import queries as files
from cordee.invoices.content import VatRule
from cordee.journal.models import Entry, Reason
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.suppliers import actions, queries
from cordee.suppliers.models import Mandate, Signing, Supplier
from cordee.suppliers.rules.identity import SupplierChanges
from cordee.suppliers.rules.mandates import LANGUAGES, code_of, wording
from cordee.suppliers.states import CODE_TRIES, CODES_AN_HOUR, MandateState, SupplierKind
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.suppliers.stories import BEGIN, SEEN, registered, signed, told_address

pytestmark = pytest.mark.django_db


def ask(cast: Cast, supplier: Supplier, capacity: str = "", language: str = "fr") -> Signing:
    return actions.ask_code(
        supplier_id=supplier.pk,
        signer="Noor van den Berg",
        capacity=capacity,
        language=language,
        by=cast.actor(cast.noor),
    )


def sign(cast: Cast, supplier: Supplier, code: str) -> Mandate:
    return actions.sign(supplier_id=supplier.pk, code=code, seen=SEEN, by=cast.actor(cast.noor))


def wrong(signing: Signing) -> str:
    return f"{(int(code_of(signing)) + 1) % 1_000_000:06}"


def test_what_was_signed_is_kept_word_for_word_with_its_proof(cast: Cast) -> None:
    supplier = registered(cast)
    mandate = signed(cast, supplier)
    text = mandate.signing.text
    assert "Noor van den Berg (EI)" in text
    assert supplier.invoice_prefix in text
    assert "10 jours" in text
    assert "Cordée Formation" in text
    assert mandate.text_sha256 == sha256(text.encode()).hexdigest()
    assert (mandate.ip, mandate.device) == ("192.0.2.7", "Firefox 140 on Linux")
    assert mandate.signing.sent_to == supplier.email
    assert (mandate.signing.text_version, mandate.signing.contest_days) == (1, 10)
    told = Entry.objects.filter(fact__startswith="Mandate").order_by("pk")
    assert [e.fact for e in told] == ["MandateCodeAsked", "MandateSigned"]


def test_its_pdf_is_drawn_once_and_is_the_same_each_time(cast: Cast) -> None:
    mandate = signed(cast, registered(cast))
    actions.keep_file(mandate.pk)
    mandate.refresh_from_db()
    assert mandate.file is not None
    first = mandate.file.sha256
    assert files.content(mandate.file).startswith(b"%PDF-")
    actions.keep_file(mandate.pk)
    Mandate.objects.update(file=None)
    actions.keep_file(mandate.pk)
    mandate.refresh_from_db()
    assert mandate.file.sha256 == first
    actions.keep_file(0)


def test_every_language_has_every_place_filled(cast: Cast) -> None:
    places = {"supplier", "supplier_numbers", "supplier_address", "organisation", "organisation_numbers"}
    for language in LANGUAGES:
        for place in places | {"organisation_address", "prefix", "days"}:
            assert f"{{{place}}}" in wording(1, language)
    told_address()
    assert "10 days" in ask(cast, registered(cast), language="en").text
    assert "10 days" in ask(cast, registered(cast, cast.noor, 2, date(2027, 1, 2)), language="de").text


def test_the_code_is_nowhere_in_the_database(cast: Cast) -> None:
    told_address()
    signing = ask(cast, registered(cast))
    code = code_of(signing)
    assert len(code) == 6
    assert code.isdecimal()
    row = Signing.objects.values().get()
    assert code not in str({k: v for k, v in row.items() if k != "seed"})
    assert code != row["seed"]


def test_a_wrong_code_counts_and_five_are_the_end(cast: Cast) -> None:
    told_address()
    supplier = registered(cast)
    signing = ask(cast, supplier)
    for left in range(CODE_TRIES - 1, -1, -1):
        with refused("wrong_code", turn=Turn.FACILITATOR) as blockers:
            sign(cast, supplier, wrong(signing))
        assert f"{left} " in blockers[0].fix
    with refused("too_many_tries"):
        sign(cast, supplier, code_of(signing))
    assert not Mandate.objects.exists()
    another = ask(cast, supplier)
    with refused("wrong_code"):
        sign(cast, supplier, code_of(signing))
    assert (
        sign(cast, supplier, f" {code_of(another)[:3]} {code_of(another)[3:]} ").state == MandateState.SIGNED
    )


def test_a_code_works_for_half_an_hour(cast: Cast, now: MovableClock) -> None:
    told_address()
    supplier = registered(cast)
    with refused("code_ended"):
        sign(cast, supplier, "123456")
    signing = ask(cast, supplier)
    now.at += timedelta(minutes=30)
    with refused("code_ended"):
        sign(cast, supplier, code_of(signing))


def test_codes_are_not_sent_without_end(cast: Cast, now: MovableClock) -> None:
    told_address()
    supplier = registered(cast)
    for _ in range(CODES_AN_HOUR):
        ask(cast, supplier)
    with refused("too_many_codes", turn=Turn.TIME):
        ask(cast, supplier)
    now.at += timedelta(hours=1)
    ask(cast, supplier)


def test_signed_twice_it_is_signed_once(cast: Cast) -> None:
    supplier = registered(cast)
    mandate = signed(cast, supplier)
    assert sign(cast, supplier, code_of(mandate.signing)) == mandate
    assert sign(cast, supplier, "000000") == mandate, "a second click with whatever: nothing more to sign"
    with refused("already_signed"):
        ask(cast, supplier)


def test_who_signs_is_allowed_to_and_says_in_which_quality(cast: Cast) -> None:
    told_address()
    supplier = registered(cast, kind=SupplierKind.COMPANY, name="Fresques SARL", legal_form="SARL")
    with refused("no_capacity"):
        ask(cast, supplier)
    assert ask(cast, supplier, capacity="gérante").capacity == "gérante"
    for one in (cast.farid, cast.dan):
        with refused("only_the_supplier"):
            actions.ask_code(
                supplier_id=supplier.pk, signer="X", capacity="X", language="fr", by=cast.actor(one)
            )
        with refused("only_the_supplier"):
            actions.sign(supplier_id=supplier.pk, code="1", seen=SEEN, by=cast.actor(one))


def test_who_sends_invoices_gives_no_mandate_and_both_parties_are_named(cast: Cast) -> None:
    supplier = registered(cast)
    with refused("organisation_unknown", turn=Turn.ADMINISTRATOR):
        ask(cast, supplier)
    told_address()
    own = registered(cast, cast.noor, 2, date(2027, 1, 2), sends_invoices=True)
    with refused("own_invoices"):
        ask(cast, own)


def test_what_changed_since_the_code_was_sent_is_read_again(cast: Cast) -> None:
    told_address()
    supplier = registered(cast)
    signing = ask(cast, supplier)
    changes = SupplierChanges(city="Lille")
    actions.change(supplier_id=supplier.pk, changes=changes, expected_version=None, by=cast.actor(cast.noor))
    with refused("text_changed"):
        sign(cast, supplier, code_of(signing))


def test_another_time_to_contest_is_signed_anew_and_replaces(cast: Cast, now: MovableClock) -> None:
    supplier = registered(cast)
    first = signed(cast, supplier)
    organisation.update(
        changes=OrganisationChanges(contest_within_days=20), expected_version=None, by=COMMAND
    )
    now.at += timedelta(days=1)
    second = signed(cast, supplier)
    first.refresh_from_db()
    assert (first.state, second.state) == (MandateState.REPLACED, MandateState.SIGNED)
    assert queries.mandate_on([supplier.pk], date(2027, 1, 4))[supplier.pk] == first
    assert queries.mandate_on([supplier.pk], date(2027, 1, 5))[supplier.pk].signing.contest_days == 20


def test_revoked_it_is_in_force_no_more_from_that_day_on(cast: Cast, now: MovableClock) -> None:
    supplier = registered(cast)
    mandate = signed(cast, supplier)
    assert queries.mandate_on([supplier.pk], date(2027, 1, 3)) == {}
    now.at += timedelta(days=2)
    with refused("no_reason"):
        actions.revoke(mandate_id=mandate.pk, reason=" ", by=cast.actor(cast.noor))
    with refused("not_your_supplier"):
        actions.revoke(mandate_id=mandate.pk, reason="Non", by=cast.actor(cast.dan))
    actions.revoke(mandate_id=mandate.pk, reason="Je facture moi-même", by=cast.actor(cast.noor))
    assert queries.mandate_on([supplier.pk], date(2027, 1, 6)) == {}
    assert queries.mandate_on([supplier.pk], date(2027, 1, 5))[supplier.pk] == mandate
    entry = Entry.objects.get(fact="MandateRevoked")
    assert Reason.objects.get(pk=entry.payload["reason_id"]).text == "Je facture moi-même"
    with refused("mandate_ended"):
        actions.revoke(mandate_id=mandate.pk, reason="Encore", by=cast.actor(cast.noor))
    assert signed(cast, supplier).pk != mandate.pk


def test_ready_is_who_lacks_nothing_that_an_invoice_needs(cast: Cast) -> None:
    day = date(2027, 1, 4)
    (missing,) = queries.readiness_of_facilitators([cast.noor.pk], day)[cast.noor.pk]
    assert (missing.code, missing.turn) == ("no_supplier", Turn.FACILITATOR)
    supplier = registered(cast)
    codes = [b.code for b in queries.readiness([supplier.pk], day)[supplier.pk]]
    assert codes == ["no_vat_rule", "no_mandate"]
    actions.set_vat(
        supplier_id=supplier.pk,
        service_type_id=None,
        rule=VatRule.FRANCHISE,
        since=BEGIN,
        by=cast.actor(cast.noor),
    )
    signed(cast, supplier)
    assert queries.readiness_of_facilitators([cast.noor.pk], day) == {cast.noor.pk: []}
    actions.change(
        supplier_id=supplier.pk,
        changes=SupplierChanges(sends_invoices=True),
        expected_version=None,
        by=cast.actor(cast.noor),
    )
    assert [b.code for b in queries.readiness([supplier.pk], day)[supplier.pk]] == ["own_invoice"]
