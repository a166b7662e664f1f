"""What people thought of it, as pages show it: figures with their n, bars with the table behind them, the method."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cordee.catalogue.models import TOPIC_LABELS
from cordee.catalogue.states import Question, QuestionKind, Topic
from cordee.kernel.days import LONG, MONTH, day_text
from cordee.surveys.queries import Figure, Numbers, Results, Scope, Steps
from cordee.surveys.states import BINS_FROM


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one answer, and which part of those who answered that is, in per cent; of everybody too."""

    label: str
    count: int
    share: int
    network: int | None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One figure."""

    label: str
    answers: int
    mean: float | None
    most: int | None
    """The last step of the scale: a mean is read against it; none of numbers."""
    numbers: Numbers | None
    """Of answers in numbers, between which they lie."""
    nps: int | None
    network_mean: float | None
    network_nps: int | None
    several: bool
    bars: tuple[Bar, ...]
    spread: bool
    """Everybody's answers stand beside, one by one, not their mean alone."""
    url: str
    """Where the answers behind it are; of choices each bar says it."""
    improve_url: str = ""
    """Where something is planned that is to make it rise."""


@dataclass(frozen=True, slots=True)
class OfMonth:
    """What was answered about the sessions of one month."""

    label: str
    answers: int
    mean: float
    nps: int | None
    width: int
    """Of the bar: the part of the scale that the mean makes, in per cent."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The question that says most, month by month."""

    label: str
    most: int
    months: tuple[OfMonth, ...]


type UrlOf = Callable[[str], str]


def _nowhere(_measure: str) -> str:
    return ""


def shown(
    found: Results, url_of: UrlOf = _nowhere, *, improve: UrlOf = _nowhere, spread: bool = True
) -> list[Shown]:
    """Return the figures of the results.

    `url_of` says where the answers to a measure are, `improve` where an improvement is opened; without `spread`
    nothing of the others is shown but their mean.
    """
    return [_shown(figure, url_of, improve, spread=spread) for figure in found.figures if figure.answers]


def _shown(figure: Figure, url_of: UrlOf, improve: UrlOf, *, spread: bool) -> Shown:
    steps, everybody = figure.steps, figure.network.get("") or Steps()
    recommends = figure.topic == Topic.RECOMMEND
    return Shown(
        label=label_of(figure.measure, figure.question),
        answers=figure.answers,
        mean=steps.mean if steps else None,
        most=None if figure.is_number else figure.scale[-1],
        numbers=steps.numbers if steps else None,
        nps=steps.nps.score if steps and recommends else None,
        network_mean=everybody.mean,
        network_nps=everybody.nps.score if recommends and spread else None,
        several=bool(figure.question and figure.question.kind == QuestionKind.SEVERAL),
        bars=tuple(_bars(figure if spread else replace(figure, network={}), url_of)),
        spread=spread and bool(figure.network),
        url=url_of(figure.measure) if steps else "",
        improve_url=improve(figure.measure) if steps and not figure.is_number else "",
    )


def label_of(measure: str, question: Question | None) -> str:
    """Return in words what a figure is about: the topic, or the question as it is asked now."""
    if question is None:
        return str(TOPIC_LABELS[Topic(measure)]) if measure in set(Topic) else measure
    return question.label.said_in(get_language() or "fr")


def _bars(figure: Figure, url_of: UrlOf) -> list[Bar]:
    if figure.question and figure.question.choices:
        language = get_language() or "fr"
        labels = {choice.key: choice.label.said_in(language) for choice in figure.question.choices}
        return [
            _choice_bar(labels[key], part, figure.network.get(key), url_of(f"{figure.measure}:{key}"))
            for key, part in figure.parts.items()
        ]
    steps, everybody = figure.steps or Steps(), figure.network.get("") or Steps()
    return [
        Bar(
            bin_text(step) if figure.is_number else str(step),
            steps.counts[step],
            _share(steps.counts[step], steps.answers),
            _share(everybody.counts[step], everybody.answers) if everybody.answers else None,
        )
        for step in figure.scale
    ]


def bin_text(place: int) -> str:
    """Return in words which numbers are counted together."""
    if place == 0:
        return _("below 0")
    first = BINS_FROM[place - 1]
    if place == len(BINS_FROM):
        return _("%(first)d and more") % {"first": first}
    last = BINS_FROM[place] - 1
    return str(first) if first == last else _("%(first)d to %(last)d") % {"first": first, "last": last}


def _choice_bar(label: str, part: Steps, everybody: Steps | None, url: str) -> Bar:
    network = _share(everybody.counts[1], everybody.answers) if everybody else None
    return Bar(label, part.counts[1], _share(part.counts[1], part.answers), network, url)


def _share(n: int, of: int) -> int:
    return round(100 * n / of) if of else 0


def trend(found: Results) -> Trend | None:
    """Return recommendation by month; nothing where it is not asked, or in one month alone."""
    asked = next((figure for figure in found.figures if figure.topic == Topic.RECOMMEND), None)
    if asked is None or len(asked.months) <= 1:
        return None
    most = asked.scale[-1]
    months = (
        OfMonth(month_text(month), steps.answers, mean, steps.nps.score, round(100 * mean / most))
        for month, steps in asked.months.items()
        if (mean := steps.mean) is not None
    )
    return Trend(label_of(asked.measure, None), most, tuple(months))


def month_text(month: date) -> str:
    return day_text(month, MONTH, get_language() or "fr")


def method(found: Results, scope: Scope) -> list[str]:
    """Return in sentences of what and how the figures are made: n, period, method (Qualiopi, indicator 2)."""
    sentences = [_counted(found), _period(scope)]
    sentences.append(
        _(
            "The response rate: those who answered among those asked. A mean: the sum of the answers by their number."
        )
    )
    if any(figure.topic == Topic.RECOMMEND for figure in found.figures):
        sentences.append(
            _(
                "The NPS is the part of those who answered 9 or 10 less that of 0 to 6: it goes from -100 to 100."
            )
        )
    sentences.append(
        _(
            "Anonymous answers are told by four at least, together; fewer are told with the mission or the service."
        )
    )
    if found.waiting:
        sentences.append(
            ngettext(
                "%(n)d anonymous answer waits for others: it is in no figure yet.",
                "%(n)d anonymous answers wait for others: they are in no figure yet.",
                found.waiting,
            )
            % {"n": found.waiting}
        )
    if found.under_way:
        sentences.append(
            ngettext("%(n)d survey is still open.", "%(n)d surveys are still open.", found.under_way)
            % {"n": found.under_way}
        )
    return [*sentences, *_left_out(found, scope)]


def _left_out(found: Results, scope: Scope) -> Iterator[str]:
    """Give what a reader of these figures could miss, or take twice."""
    if scope.questionnaire_id is not None:
        yield _("Of one questionnaire: answers too few for their session, told higher up, are left out.")
    if any(figure.is_number for figure in found.figures):
        yield _(
            "The smallest and the largest number are told where no answer is anonymous: each is one person's."
        )
    if scope.facilitator_id is not None:
        yield _("A session that several people ran counts for each of them.")


def _counted(found: Results) -> str:
    return _("Answers told: n = %(told)d. Given: %(given)d. Asked: %(invited)d. Surveys: %(surveys)d.") % {
        "told": found.told,
        "given": found.answered,
        "invited": found.invited,
        "surveys": found.surveys,
    }


def _period(scope: Scope) -> str:
    language = get_language() or "fr"
    if scope.since is None or scope.until is None:
        return _("Period: since the beginning, by the month in which the session ended.")
    return _("Period: from %(since)s to %(until)s, by the month in which the session ended.") % {
        "since": day_text(scope.since, LONG, language),
        "until": day_text(scope.until, LONG, language),
    }


def rate_text(found: Results) -> str:
    """Return the response rate in words."""
    return per_cent(found.answered, found.invited)


def per_cent(n: int, of: int) -> str:
    """Return a part in words; a dash of nothing."""
    return _("%(rate)d%%") % {"rate": round(100 * n / of)} if of else "–"
