"""The world that the figures are taken in, tiny: its pages cost few queries however much is on them."""

import json
from pathlib import Path

import pytest

from benchmarks import figures, table
from benchmarks.visits import PAGES, Visitor
from benchmarks.world.build import build
from benchmarks.world.manifest import Manifest, sizes_of
from cordee.attendance.queries import grid, records
from cordee.closure import queries as closure
from cordee.conformity.steps import PROVEN
from cordee.enrolment import queries as enrolment
from cordee.fees.models import ReceivedInvoice
from cordee.fees.steps import REQUESTED
from cordee.invoices.models import Invoice
from cordee.missions import actions as missions_actions
from cordee.missions import queries as missions
from cordee.missions.models import Mission, SearchWord
from cordee.missions.queries import MissionFilter
from cordee.missions.states import MissionStatus
from cordee.missions.steps import ORDERED
from cordee.payments.models import Batch
from cordee.payments.queries import audit
from cordee.payments.states import BatchState
from cordee.planning import queries as planning
from cordee.planning.steps import HELD, PLANNED
from cordee.suppliers.models import Supplier
from cordee.suppliers.states import SupplierKind
from tests.conftest import NOON, MovableClock

MOST_QUERIES = 12
TINY = 0.05


@pytest.fixture
def world(db: None, now: MovableClock) -> Manifest:
    return build(TINY, NOON)


def test_each_main_page_costs_at_most_twelve_queries(world: Manifest) -> None:
    visitor = Visitor(world)
    costs = {name: visitor.count(name)["queries"] for name in PAGES}
    assert {name: cost for name, cost in costs.items() if cost > MOST_QUERIES} == {}


def test_the_known_things_are_as_large_as_they_are_said_to_be(world: Manifest) -> None:
    mission = missions.mission_by_ref(world.mission_ref)
    session = planning.session_by_ref(world.session_ref)
    assert mission
    assert session
    sessions = planning.sessions_of(mission.pk)
    enrolled = enrolment.counts(s.pk for s in sessions)
    assert list(enrolled.values()) == [15] * 20
    assert (len(enrolment.enrolments(session.pk)), len(planning.half_days(session.pk))) == (30, 2)
    assert (len(grid(session.pk)), len(records(session.pk))) == (60, 2)
    found = missions.missions(MissionFilter(search=world.search_few))
    assert {m.order.client.city for m in found} == {"Valmont"}
    assert missions.missions(MissionFilter(search=world.search_many)).count() >= 2


def test_it_holds_what_the_house_itself_would_have_written(world: Manifest) -> None:
    closed = Mission.objects.filter(status=MissionStatus.CLOSED).select_related("coordinator__user")
    assert closed.count() == sizes_of(TINY).missions * 3 // 4
    for mission in closed:
        progress = closure.progress(mission)
        line = progress.lines[0]
        assert len({line.of(c) for c in (ORDERED, PLANNED, HELD, PROVEN, REQUESTED)}) == 1
    mission = closed.order_by("pk")[0]
    before = set(SearchWord.objects.filter(mission=mission).values_list("word", flat=True))
    missions_actions._index(mission)
    assert set(SearchWord.objects.filter(mission=mission).values_list("word", flat=True)) == before


def test_its_money_adds_up(world: Manifest) -> None:
    assert audit() == []
    kinds = set(Supplier.objects.values_list("kind", flat=True))
    assert kinds == set(SupplierKind)
    assert Invoice.objects.exists()
    assert ReceivedInvoice.objects.exists()
    assert Batch.objects.filter(state=BatchState.EXECUTED).exists()


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    manifest = Manifest(
        scale=1,
        anchor=NOON,
        mission_ref="M-2026-0001",
        session_ref="S-2026-0002-A",
        sheet_refs=("S-2026-0001-A",),
        search_few="valmont",
        search_many="ateliers",
        coordinator_email="a@b.example",
        operations_email="c@d.example",
        finance_email="e@f.example",
        quality_email="g@h.example",
        supplier_id=1,
        invoice_id=2,
        payable_id=3,
        batch_ref="V-2026-0001",
        counts={"missions.mission": 202},
        seconds=1.5,
    )
    manifest.write(tmp_path / "manifest.json")
    assert Manifest.read(tmp_path / "manifest.json") == manifest


def test_figures_carry_where_they_were_taken_and_the_table_shows_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "RESULTS", tmp_path)
    world = {
        "requests": 60,
        "ms_median": 18.4,
        "ms_p90": 22.0,
        "cpu_ms_median": 17.0,
        "queries": 11,
        "bytes": 65_000,
    }
    page = {
        "worlds": {"sqlite-1": world, "sqlite-100": world | {"ms_median": 19.0}},
        "ratios": {"sqlite": 1.03},
    }
    path = figures.save("pages", {"mission": page})
    assert set(json.loads(path.read_text())) == {"name", "date", "machine", "python", "figures"}
    figures.save("audit", {"sqlite": {"lines": 1_000_000, "seconds": 12.3}})
    assert "1,000,000 fees adds up (`cordee fees audit`) | 30 s | 12.3 s |" in table.markdown()
    line = next(line for line in table.markdown().splitlines() if line.startswith("| Mission page"))
    assert "19 ms; 11 queries; 1.03 ×" in line
    assert "19 ms\u202f; 11 requêtes\u202f; 1,03 ×" in table.markdown("fr")
