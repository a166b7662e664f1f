"""What the organisation sells, and what it pays: a grid for last year, one for this year."""

from datetime import date
from decimal import Decimal

from cordee.catalogue import actions as catalogue
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import PaidRole, ServiceKind
from cordee.clients.states import Sector
from cordee.demo import papers
from cordee.demo.stage import Stage

WORKSHOP, FACILITATION, TRAINING, CONFERENCE = "atelier-3h", "animation-3h", "formation-7h", "conference"
_SERVICES = (
    (WORKSHOP, "Atelier 3 h", ServiceKind.WORKSHOP, 180, 1, 14),
    (FACILITATION, "Formation à l’animation 3 h", ServiceKind.TRAINING, 180, 1, 14),
    (TRAINING, "Formation professionnelle 7 h", ServiceKind.TRAINING, 420, 2, 14),
    (CONFERENCE, "Conférence 1 h 30", ServiceKind.WORKSHOP, 90, 1, 120),
)
_ORDER = (Sector.COMPANY, Sector.ASSOCIATION, Sector.PUBLIC_BODY, Sector.EDUCATION)
# Per prestation, by sector in the order above; then the coordination fee.
_THIS_YEAR = {
    WORKSHOP: ((280, 220, 250, 180), 100),
    FACILITATION: ((320, 260, 290, 220), 100),
    TRAINING: ((560, 450, 500, 400), 150),
    CONFERENCE: ((300, 220, 250, 150), 60),
}
_RISE = 10
"""Euros by which facilitation fees went up this year."""
PRICES = {
    WORKSHOP: (950, 690, 850, 480),
    FACILITATION: (1100, 800, 950, 620),
    TRAINING: (2100, 1500, 1850, 1200),
    CONFERENCE: (900, 600, 750, 400),
}


def price(service: str, sector: Sector) -> Decimal:
    """Return what a client of this sector pays for one prestation, in euros excluding VAT."""
    return Decimal(PRICES[service][_ORDER.index(sector)])


def fill(stage: Stage) -> None:
    """Add the services and the fee schedules."""
    for code, name, kind, minutes, half_days, capacity in _SERVICES:
        stage.services[code] = catalogue.add_service_type(
            code=code,
            name=name,
            kind=kind,
            minutes=minutes,
            half_days=half_days,
            capacity=capacity,
            by=stage.olga,
        )
        catalogue.change_service_type(
            service_type_id=stage.services[code].pk,
            changes=ServiceChanges(
                programme=papers.programme(code), registration_fields=["Service"] if code == WORKSHOP else []
            ),
            expected_version=None,
            by=stage.olga,
        )
    year = stage.today.year
    for valid_in, less in ((year - 1, _RISE), (year, 0)):
        schedule = catalogue.add_fee_schedule(
            name=f"Grille {valid_in}", valid_from=date(valid_in, 1, 1), by=stage.olga
        )
        catalogue.set_rates(schedule_id=schedule.pk, rates=_rates(stage, less), by=stage.olga)


def _rates(stage: Stage, less: int) -> dict[tuple[int, str, str], Decimal | None]:
    rates: dict[tuple[int, str, str], Decimal | None] = {}
    for code, (amounts, coordination) in _THIS_YEAR.items():
        for sector, amount in zip(_ORDER, amounts, strict=True):
            service = stage.services[code].pk
            rates[service, sector, PaidRole.FACILITATION] = Decimal(amount - less)
            rates[service, sector, PaidRole.COORDINATION] = Decimal(coordination)
    return rates
