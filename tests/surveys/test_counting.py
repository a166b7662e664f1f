"""Answers as they are kept, and the figures made of them: for whatever people give."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from cordee.catalogue.states import CHOSEN, Choice, Question, QuestionKind, Words
from cordee.surveys.queries import ranges, stored, tally, tally_from
from cordee.surveys.rules import Value, answers_fit, tidied
from cordee.surveys.states import LONGEST

K = QuestionKind
KEYS = st.sampled_from(["c1", "c2", "c3"])
CHOICES = tuple(Choice(f"c{n}", Words(f"Réponse {n}")) for n in (1, 2, 3))


def question(kind: QuestionKind, *, key: str = "q1", required: bool = False) -> Question:
    low, high = {K.SCALE: (1, 5), K.NUMBER: (0, 20)}.get(kind, (None, None))
    choices = CHOICES if kind in CHOSEN else ()
    return Question(
        key=key, kind=kind, label=Words("?"), required=required, choices=choices, low=low, high=high
    )


RIGHT: dict[QuestionKind, st.SearchStrategy[Value]] = {
    K.ONE: KEYS,
    K.SEVERAL: st.lists(KEYS, min_size=1),
    K.SCALE: st.integers(1, 5),
    K.NUMBER: st.integers(0, 20),
    K.SHORT_TEXT: st.text(min_size=1, max_size=200),
    K.LONG_TEXT: st.text(min_size=1, max_size=2000),
}
ANYTHING: st.SearchStrategy[Value | None] = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.booleans(),
    st.text(max_size=2500),
    KEYS,
    st.lists(st.one_of(KEYS, st.text(max_size=3))),
)
ASKED = [question(kind, key=f"q{n}", required=n % 2 == 0) for n, kind in enumerate(K)]


def one(draw: st.DrawFn) -> tuple[Question, list[Value]]:
    kind = draw(st.sampled_from(list(K)))
    return question(kind), draw(st.lists(RIGHT[kind], max_size=30))


answered = st.composite(one)()


@given(answered)
def test_counts_add_up_to_the_answers(case: tuple[Question, list[Value]]) -> None:
    asked, values = case
    kept = [tidied([asked], {"q1": value}).get("q1") for value in values]
    given_ = [value for value in kept if value is not None]
    counted = tally(asked, given_)
    assert counted.answered == len(given_)
    each = [len(value) if isinstance(value, list) else 1 for value in given_]
    words = len(given_) if asked.kind in {K.SHORT_TEXT, K.LONG_TEXT} else 0
    assert sum(counted.counts.values()) + words == sum(each)
    assert len(counted.texts) == words
    assert all(n <= counted.answered for n in counted.counts.values())


@given(answered)
def test_what_is_kept_gives_the_same_figures_without_the_words(case: tuple[Question, list[Value]]) -> None:
    asked, values = case
    counted = tally(
        asked, [tidied([asked], {"q1": v}).get("q1", 0) for v in values] if asked.choices else values
    )
    again = tally_from(asked, stored(counted))
    assert (again.answered, again.counts, again.average) == (
        counted.answered,
        counted.counts,
        counted.average,
    )
    assert again.texts == ()


@given(st.lists(st.integers(1, 5), min_size=1))
def test_the_average_lies_between_the_smallest_and_the_largest(values: list[Value]) -> None:
    average = tally(question(K.SCALE), values).average
    assert average is not None
    assert min(values) <= average <= max(values)  # type: ignore[type-var]


@given(st.dictionaries(st.integers(-1000, 1000), st.integers(1, 9), max_size=40), st.integers(1, 12))
def test_ranges_lose_nobody_and_are_few(numbers: dict[int, int], most: int) -> None:
    found = ranges({str(number): n for number, n in numbers.items()}, most=most)
    assert sum(n for _first, _last, n in found) == sum(numbers.values())
    assert len(found) <= most
    assert all(first <= last for first, last, _n in found)
    assert [first for first, _last, _n in found] == sorted(first for first, _last, _n in found)


@given(st.dictionaries(st.sampled_from([f"q{n}" for n in range(9)]), ANYTHING))
def test_whatever_is_sent_is_refused_or_can_be_kept(sent: Mapping[str, Value | None]) -> None:
    kept = tidied(ASKED, sent)
    wrong = {blocker.field for blocker in answers_fit(ASKED, kept)}
    assert wrong <= {q.key for q in ASKED}, "each reason belongs to a question"
    for asked in ASKED:
        value = kept.get(asked.key)
        if asked.key in wrong:
            continue
        if value is None:
            assert not asked.required
        elif asked.kind == K.ONE:
            assert value in {"c1", "c2", "c3"}
        elif asked.kind == K.SEVERAL:
            assert isinstance(value, list)
            assert sorted(set(value)) == value, "in the order of the choices, none twice"
        elif asked.kind in LONGEST:
            assert isinstance(value, str)
            assert 0 < len(value) <= LONGEST[asked.kind]
            assert "\0" not in value
        else:
            assert type(value) is int
            assert (asked.low or 0) <= value <= (asked.high or 0)
    assert set(kept) <= {q.key for q in ASKED}, "nothing else is kept"
    assert tidied(ASKED, kept) == kept


@given(answered)
def test_what_was_offered_is_never_refused(case: tuple[Question, list[Value]]) -> None:
    asked, values = case
    for value in values:
        assert list(answers_fit([asked], tidied([asked], {"q1": value}))) == []
