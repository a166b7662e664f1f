"""What participants said right after their sessions: a survey for each, four in ten of whom it asked."""

from collections import Counter
from datetime import datetime, timedelta
from math import ceil

from benchmarks.world.mission import WrittenMission, WrittenSession
from benchmarks.world.people import People
from benchmarks.world.rows import Rows
from cordee.catalogue.models import Questionnaire, QuestionnaireVersion
from cordee.catalogue.states import STEPS_OF, Question, QuestionKind, QuestionnaireKind, Topic, Words
from cordee.surveys.models import Comment, Response, Sum, Survey
from cordee.surveys.states import FEWEST_TOLD

HOT = QuestionnaireKind.HOT
_GIVEN = {Topic.RECOMMEND: (9, 10, 8, 7, 10, 9, 6, 8, 10, 4)}
_OF_FIVE = (5, 4, 4, 5, 3, 4, 5, 2, 4, 5)
"""What one after the other answers, to recommendation and to the other topics."""
_COMMENTED = 8
"""One in so many adds a word."""


class Asking:
    """The questionnaire of all services, asked about each session that was held."""

    def __init__(self, rows: Rows, people: People, anchor: datetime) -> None:
        self._rows, self._people, self._now = rows, people, anchor
        questionnaire = rows.add(Questionnaire(kind=HOT, name="Enquête à chaud", anonymous=True))
        questions = [_scale(number, topic) for number, topic in enumerate(Topic, start=1)]
        questions.append(
            Question(key="q9", kind=QuestionKind.LONG_TEXT, label=Words("Que nous dire encore ?"))
        )
        self._version = rows.add(
            QuestionnaireVersion(
                questionnaire=questionnaire,
                number=1,
                questions=[question.as_json() for question in questions],
                published_at=anchor - timedelta(days=6 * 365),
            )
        )

    def ask(self, written: WrittenMission) -> None:
        """Add a survey for each session of a mission on which presence is recorded, with its answers and their sums."""
        for session in written.sessions:
            if session.here and session.row.ends_at < self._now:
                self._ask(written, session)

    def _ask(self, written: WrittenMission, session: WrittenSession) -> None:
        told = {
            "kind": HOT,
            "service_type": session.row.line.service_type,
            "month": session.row.ends_at.date().replace(day=1),
            "client": written.plan.client.organisation,
            "mission": written.row,
            "session": session.row,
        }
        asked = len(session.enrolments)
        answered = ceil(0.4 * asked)
        survey = self._rows.add(
            Survey(
                **told,
                questionnaire=self._version.questionnaire,
                anonymous=True,
                opened_at=session.row.ends_at,
                closes_at=session.row.ends_at + timedelta(days=14),
                closed_at=session.row.ends_at + timedelta(days=14),
                people=asked,
                answered=answered,
            )
        )
        counts: dict[Topic, Counter[int]] = {topic: Counter() for topic in Topic}
        for place in range(answered):
            given = {topic: _step(topic, session.row.pk + place) for topic in Topic}
            values = {f"q{number}": given[topic] for number, topic in enumerate(Topic, start=1)}
            response = self._rows.add(
                Response(**told, version=self._version, survey=survey, counted=True, values=values)
            )
            if response.pk % _COMMENTED == 0:
                self._rows.add(Comment(response=response, key="q9", text="Utile, un rythme juste."))
            for topic, step in given.items():
                counts[topic][step] += 1
        if answered >= FEWEST_TOLD:
            for topic, steps in counts.items():
                self._rows.add(Sum(**told, measure=topic, **{f"n{step}": n for step, n in steps.items()}))


def _scale(number: int, topic: Topic) -> Question:
    low, high = STEPS_OF[topic]
    return Question(
        key=f"q{number}", kind=QuestionKind.SCALE, label=Words(topic.value), low=low, high=high, topic=topic
    )


def _step(topic: Topic, number: int) -> int:
    given = _GIVEN.get(topic, _OF_FIVE)
    return given[(number * 7 + len(topic)) % len(given)]
