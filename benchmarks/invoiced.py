"""Issues many invoices and waits until the worker has drawn all: `python -m benchmarks.invoiced 1000`.

In a process of its own, as `benchmarks.imported`.
"""

import sys
import time
from datetime import timedelta
from decimal import Decimal

import django

SUPPLIERS = 100
MOST_SECONDS = 600


def main(how_many: int) -> None:
    """Issue invoices of three lines for a hundred suppliers in turn; print when all were issued, and all kept."""
    django.setup()
    from cordee.invoices import queries

    start = time.monotonic()
    for number in range(how_many):
        _issue(number)
    issued = time.monotonic()
    while queries.to_draw().exists():
        if time.monotonic() - start > MOST_SECONDS:
            raise SystemExit("not all were drawn")
        time.sleep(0.05)
    print(f"{issued - start:.2f} {time.monotonic() - start:.2f}")


def _issue(number: int) -> None:
    from cordee.invoices import actions
    from cordee.invoices.content import Draft, Line, Party, VatRule
    from cordee.kernel import clock
    from cordee.kernel.actor import COMMAND
    from cordee.kernel.money import Money

    supplier, today = number % SUPPLIERS, clock.today()
    place = {"address": "3 chemin du Lac", "postal_code": "73000", "city": "Chambéry"}
    line = Line(
        designation="Animation de l’atelier « Fresque du Climat », S-2026-0412-A, Ville d’Annecy",
        quantity=Decimal(1),
        unit_price=Money(Decimal(180)),
        vat=VatRule.FRANCHISE,
        day=today,
        note=f"Facture {number}",
    )
    draft = Draft(
        series=f"supplier:{supplier}",
        prefix=f"S{supplier:03d}",
        seller=Party(
            name=f"Camille Roux {supplier}",
            is_sole_trader=True,
            siren="404833048",
            electronic_address="404833048",
            **place,
        ),
        buyer=Party(name="Cordée Formation", siren="732829320", electronic_address="732829320", **place),
        lines=(line, line, line),
        issued_on=today,
        due_on=today + timedelta(days=30),
    )
    actions.issue(draft=draft, source=f"bench:{number}", contest_until=today + timedelta(days=10), by=COMMAND)


if __name__ == "__main__":
    main(int(sys.argv[1]))
