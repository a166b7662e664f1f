"""Groups: even, by a column, by hand; people kept together or apart; what is impossible is said."""

from collections import Counter
from itertools import product

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cordee.enrolment.rules.splitting import Method, Placement, fits, place, smallest
from cordee.enrolment.rules.wishes import Group, Member, Wishes

METHODS = st.sampled_from([Method.EVENLY, Method.BY_COLUMN])


def groups(*capacities: int) -> list[Group]:
    return [Group(id=n, name=f"Atelier {n}", capacity=c) for n, c in enumerate(capacities, start=1)]


def people(*values: str, at: int | None = None) -> list[Member]:
    return [Member(id=n, name=f"P{n}", value=v, at=at) for n, v in enumerate(values, start=1)]


def sizes(placement: Placement) -> list[int]:
    return sorted(Counter(placement.of.values()).values(), reverse=True)


def codes(placement: Placement) -> list[str]:
    return [b.code for b in placement.blockers]


@st.composite
def situations(draw: st.DrawFn, most: int = 40) -> tuple[list[Member], list[Group], Wishes]:
    """Some people, somewhere or nowhere yet, sessions with room or without, and wishes."""
    them = [
        Group(id=n, name=f"S{n}", capacity=draw(st.integers(1, 12)), taken=draw(st.integers(0, 3)))
        for n in range(draw(st.integers(1, 4)))
    ]
    at = st.sampled_from([None, *(g.id for g in them)])
    value = st.sampled_from(["", "fr", "en", "de"])
    members = [
        Member(id=n, name=f"P{n}", value=draw(value), at=draw(at)) for n in range(draw(st.integers(0, most)))
    ]
    some = st.frozensets(st.integers(0, most), max_size=4)
    sets = st.lists(some, max_size=3).map(tuple)
    return members, them, Wishes(together=draw(sets), apart=draw(sets))


def keeps(of: dict[int, int], members: list[Member], them: list[Group], wishes: Wishes) -> bool:
    full = Counter(of.values())
    known = {m.id for m in members}
    return (
        all(full[g.id] <= g.room for g in them)
        and all(len({of[i] for i in wished & known}) <= 1 for wished in wishes.together)
        and all(len({of[i] for i in wished & known}) == len(wished & known) for wished in wishes.apart)
    )


@given(situations(), METHODS)
def test_everybody_has_a_place_that_is_there_and_wishes_are_kept(
    situation: tuple[list[Member], list[Group], Wishes], method: Method
) -> None:
    members, them, wishes = situation
    placement = place(members, them, method=method, wishes=wishes)
    if placement.blockers:
        assert not placement.of
    else:
        assert set(placement.of) == {m.id for m in members}
        assert keeps(dict(placement.of), members, them, wishes)
        assert not list(fits(placement.of, members, them, wishes)), "by hand it would be taken too"


@given(situations(most=5), METHODS)
def test_it_is_refused_only_when_no_way_exists(
    situation: tuple[list[Member], list[Group], Wishes], method: Method
) -> None:
    members, them, wishes = situation
    ways = product([g.id for g in them], repeat=len(members))
    possible = any(
        keeps(dict(zip([m.id for m in members], way, strict=True)), members, them, wishes) for way in ways
    )
    assert bool(place(members, them, method=method, wishes=wishes).blockers) is not possible


@given(situations())
def test_even_groups_differ_by_one_unless_a_session_is_full_or_was_larger(
    situation: tuple[list[Member], list[Group], Wishes],
) -> None:
    members, them, _ = situation
    placement = place(members, them, method=Method.EVENLY)
    if placement.blockers:
        return
    placed = Counter(placement.of.values())
    size = {g.id: g.taken + placed[g.id] for g in them}
    for larger, other in product(them, them):
        if size[larger.id] > size[other.id] + 1 and placed[larger.id]:
            assert size[other.id] >= other.capacity


@given(situations())
def test_even_groups_made_again_move_nobody(situation: tuple[list[Member], list[Group], Wishes]) -> None:
    members, them, _ = situation
    first = place(members, them, method=Method.EVENLY)
    settled = [Member(id=m.id, name=m.name, at=first.of.get(m.id)) for m in members]
    assert place(settled, them, method=Method.EVENLY).of == first.of


def test_as_few_as_possible_change_their_group() -> None:
    crowd = people(*[""] * 12, at=1)
    placement = place(crowd, groups(14, 14, 14), method=Method.EVENLY)
    assert sizes(placement) == [4, 4, 4]
    assert [placement.of[m.id] for m in crowd[:4]] == [1] * 4, "who was first on the list stays"


@given(situations())
def test_by_hand_nobody_moves_until_somebody_moves_them(
    situation: tuple[list[Member], list[Group], Wishes],
) -> None:
    members, them, wishes = situation
    placement = place(members, them, method=Method.BY_HAND, wishes=wishes)
    assert all(placement.of[m.id] == m.at for m in members if m.at is not None)
    assert set(placement.of) == {m.id for m in members}


# --- by a column ----------------------------------------------------------------------------------
def test_each_value_has_its_session_when_it_fits() -> None:
    them = people(*["fr"] * 9, *["en"] * 5, *["de"] * 3)
    placement = place(them, groups(14, 14, 14), method=Method.BY_COLUMN)
    assert sizes(placement) == [9, 5, 3]
    assert all(len({placement.of[m.id] for m in them if m.value == v}) == 1 for v in ("fr", "en", "de"))
    assert placement.notes == ()


def test_small_values_share_a_session() -> None:
    them = people(*["fr"] * 12, *["en"] * 5, *["de"] * 3, *["es"] * 4)
    placement = place(them, groups(14, 14), method=Method.BY_COLUMN)
    assert sizes(placement) == [12, 12]


def test_a_value_too_large_is_split_evenly_and_said() -> None:
    them = people(*["fr"] * 20, *["en"] * 6, "")
    with translation.override("en"):
        placement = place(them, groups(14, 14, 14), method=Method.BY_COLUMN)
    french = Counter(placement.of[m.id] for m in them if m.value == "fr")
    assert sorted(french.values()) == [10, 10]
    assert placement.notes[0] == "“fr” (people: 20) is spread over 2 sessions."
    assert "1 person has nothing in this column" in placement.notes[1]


def test_a_session_left_empty_is_said() -> None:
    with translation.override("en"):
        placement = place(people("fr", "fr", "en"), groups(5, 5, 5), method=Method.BY_COLUMN)
    assert placement.notes == ("Nobody is on Atelier 3.",)


def test_five_thousand_people_take_no_time() -> None:
    them = people(*(["fr", "en", "de", ""] * 1250))
    for method in (Method.EVENLY, Method.BY_COLUMN):
        placement = place(them, groups(*[500] * 12), method=method)
        assert len(placement.of) == 5000


# --- wishes ---------------------------------------------------------------------------------------
def test_a_wish_goes_before_the_column() -> None:
    them = people("fr", "fr", "en", "en")
    wishes = Wishes(together=(frozenset({1, 3}),), apart=(frozenset({3, 4}),))
    placement = place(them, groups(4, 4), method=Method.BY_COLUMN, wishes=wishes)
    assert placement.of[1] == placement.of[3] != placement.of[4]


def test_impossible_wishes_are_refused_with_the_names() -> None:
    them = people("", "", "", "")
    three = frozenset({1, 2, 3})
    both = place(
        them, groups(4, 4), method=Method.EVENLY, wishes=Wishes(together=(three,), apart=(frozenset({1, 2}),))
    )
    assert codes(both) == ["together_and_apart"]
    with translation.override("en"):
        apart = place(them, groups(4, 4), method=Method.EVENLY, wishes=Wishes(apart=(three,)))
    assert codes(apart) == ["apart_too_many"]
    assert "P1, P2 and P3" in apart.blockers[0].message
    assert codes(place(them, groups(2, 2), method=Method.EVENLY, wishes=Wishes(together=(three,)))) == [
        "together_too_many"
    ]
    assert codes(place(them, groups(1, 2), method=Method.EVENLY)) == ["no_room"]


def test_wishes_that_only_together_are_impossible_are_refused_too() -> None:
    pairs = tuple(frozenset(pair) for pair in ({1, 2}, {2, 3}, {1, 3}))
    placement = place(people("", "", ""), groups(3, 3), method=Method.EVENLY, wishes=Wishes(apart=pairs))
    assert codes(placement) == ["no_way"]


def test_what_is_done_by_hand_is_checked() -> None:
    them = people("", "", "", at=1)
    wishes = Wishes(together=(frozenset({1, 2}),), apart=(frozenset({2, 3}),))
    found = fits({1: 1, 2: 2, 3: 2}, them, groups(4, 1), wishes)
    assert [b.code for b in found] == ["group_full", "not_together", "not_apart"]
    overfull = fits(dict.fromkeys((1, 2, 3), 1), them, groups(2, 5), Wishes())
    assert not list(overfull), "who was there already is not put out"


def test_who_comes_late_goes_to_the_smallest_group_with_room() -> None:
    them = [
        Group(id=1, capacity=9, taken=5),
        Group(id=2, capacity=3, taken=3),
        Group(id=3, capacity=9, taken=4),
    ]
    found = smallest(them)
    assert found
    assert found.id == 3
    assert smallest([them[1]]) is None
