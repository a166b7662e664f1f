"""Legal papers: due from an amount on, each for its time, shown to who may see them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.journal.models import Entry
from cordee.kernel.money import Money
from cordee.kernel.refusals import Turn
from cordee.suppliers import actions, queries
from cordee.suppliers.models import Paper, Supplier
from cordee.suppliers.rules.papers import months_later
from cordee.suppliers.states import PaperKind, SupplierKind
from tests.cast import Cast
from tests.invoices import strangers
from tests.papers import NOT_A_PDF, PDF
from tests.refusals import refused
from tests.suppliers.stories import registered

TODAY = date(2027, 1, 4)
MUCH = Money(Decimal(5000))


def give(
    cast: Cast,
    supplier: Supplier,
    kind: PaperKind = PaperKind.VIGILANCE,
    *,
    content: bytes = PDF,
    dated: date = TODAY,
    until: date | None = None,
) -> Paper:
    return actions.give_paper(
        supplier_id=supplier.pk,
        kind=kind,
        content=content,
        dated=dated,
        until=until,
        by=cast.actor(cast.noor),
    )


@pytest.mark.django_db
def test_papers_are_due_from_the_amount_of_the_year_on_and_for_six_months(cast: Cast) -> None:
    supplier = registered(cast)

    def missing(on: date, amount: Money) -> list[PaperKind]:
        return queries.papers_missing({supplier.pk: supplier}, on, {supplier.pk: amount}, threshold=5000)[
            supplier.pk
        ]

    assert missing(TODAY, Money(Decimal("4999.99"))) == []
    assert queries.papers_missing({supplier.pk: supplier}, TODAY, {}, threshold=5000) == {supplier.pk: []}
    assert missing(TODAY, MUCH) == [PaperKind.VIGILANCE, PaperKind.REGISTRATION]
    give(cast, supplier)
    give(cast, supplier, PaperKind.REGISTRATION, dated=date(2026, 12, 1))
    assert missing(TODAY, MUCH) == []
    assert missing(date(2027, 6, 1), MUCH) == []
    assert missing(date(2027, 6, 2), MUCH) == [PaperKind.REGISTRATION]
    assert missing(date(2027, 7, 5), MUCH) == [PaperKind.VIGILANCE, PaperKind.REGISTRATION]


@pytest.mark.django_db
def test_abroad_the_registration_is_enough(cast: Cast) -> None:
    abroad = registered(
        cast,
        kind=SupplierKind.ABROAD,
        country="CH",
        foreign_number="CHE-1",
        siret="",
        postal_code="1200",
    )
    lacking = queries.papers_missing({abroad.pk: abroad}, TODAY, {abroad.pk: MUCH}, threshold=5000)
    assert lacking[abroad.pk] == [PaperKind.REGISTRATION]


@pytest.mark.django_db
def test_what_is_no_paper_is_refused(cast: Cast) -> None:
    supplier = registered(cast)
    with refused("not_a_pdf", turn=Turn.FACILITATOR):
        give(cast, supplier, content=NOT_A_PDF)
    with refused("not_a_picture"):
        give(cast, supplier, content=b"\x89PNG\r\n\x1a\n of nothing")
    with refused("not_a_picture"):
        give(cast, supplier, content=b"\xff\xd8\xff of nothing")
    with refused("paper_too_large", "not_a_picture"):
        give(cast, supplier, content=b"\xff\xd8\xff" + bytes(10_000_000))
    with refused("not_yet"):
        give(cast, supplier, dated=TODAY + timedelta(days=1))
    with refused("paper_expired"):
        give(cast, supplier, dated=date(2026, 7, 3))
    with refused("pdf_locked"):
        give(cast, supplier, content=strangers.holding({}, password="s3cret"))
    with refused("too_far_away"):
        give(cast, supplier, PaperKind.INSURANCE, until=date(9999, 12, 31))
    with refused("no_end"):
        give(cast, supplier, PaperKind.INSURANCE)
    with refused("paper_expired"):
        give(cast, supplier, PaperKind.INSURANCE, until=date(2027, 1, 3))
    with refused("not_your_supplier"):
        actions.give_paper(
            supplier_id=supplier.pk,
            kind=PaperKind.VIGILANCE,
            content=PDF,
            dated=TODAY,
            by=cast.actor(cast.dan),
        )
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_the_same_paper_twice_is_one_and_opening_it_is_remembered(cast: Cast) -> None:
    supplier = registered(cast)
    paper = give(cast, supplier)
    assert give(cast, supplier) == paper
    assert Entry.objects.filter(fact="PaperGiven").count() == 1
    with refused("not_for_you"):
        actions.open_paper(paper_id=paper.pk, by=cast.actor(cast.olga))
    shown, content = actions.open_paper(paper_id=paper.pk, by=cast.actor(cast.farid))
    assert (shown, content) == (paper, PDF)
    assert Entry.objects.get(fact="PaperShown").user_id == cast.farid.pk


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), months=st.integers(1, 30))
def test_some_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert later.day <= day.day
