"""What people thought of a year of sessions: written in one go, as it would stand had they answered one by one."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import cache

from cordee.attendance import queries as attendance
from cordee.catalogue import actions as catalogue
from cordee.catalogue.models import QuestionnaireVersion
from cordee.catalogue.queries import version_asked
from cordee.catalogue.rules import ServiceChanges
from cordee.catalogue.states import (
    OF_PARTICIPANTS,
    SATISFACTION,
    Question,
    QuestionKind,
    QuestionnaireKind,
    Topic,
)
from cordee.demo.names import seeds
from cordee.demo.stage import Stage
from cordee.enrolment.models import Enrolment
from cordee.kernel.names import search_key
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.states import SessionStatus
from cordee.surveys import actions
from cordee.surveys.actions.summing import place_of, sums
from cordee.surveys.models import Addressee, Comment, CommentTag, Response, Sum, Survey
from cordee.surveys.states import FEWEST_TOLD, OPEN_FOR

_K = QuestionnaireKind
_NAMES = {
    _K.HOT: "À chaud",
    _K.COLD: "À froid",
    _K.CLIENT: "Bilan avec le client",
    _K.FACILITATOR: "Retour d’animation",
}
BETTER_ORGANISED = -110
"""The day, counted from today, since which rooms are confirmed the day before (`stories.improvements`)."""
_BADLY_ORGANISED = 0.22
"""How much less people were content with the organisation before, of the whole scale."""
_COLD_AFTER = timedelta(days=60)
_ANSWER = {_K.HOT: 0.68, _K.COLD: 0.42, _K.CLIENT: 0.6, _K.FACILITATOR: 0.75}
"""Which part of those asked answers."""
_TOLD_AFTER = timedelta(days=1)
_TAGS = {"salle": "salle", "temps": "rythme", "pause": "rythme", "rythme": "rythme", "pratique": "contenu"}
_PASSAGE = "Madame Perrin, de la comptabilité,"


def ask(stage: Stage) -> dict[QuestionnaireKind, int]:
    """Publish a questionnaire of each kind, and have every service ask them from now on."""
    made = {}
    for kind in SATISFACTION:
        kept = catalogue.add_questionnaire(name=_NAMES[kind], kind=kind, suggested=True, by=stage.olga)
        catalogue.publish(questionnaire_id=kept.pk, expected_version=None, by=stage.olga)
        made[kind] = kept.pk
    for code, service in stage.services.items():
        changes = ServiceChanges(
            hot_questionnaire_id=made[_K.HOT],
            cold_questionnaire_id=made[_K.COLD],
            client_questionnaire_id=made[_K.CLIENT],
            facilitator_questionnaire_id=made[_K.FACILITATOR],
        )
        stage.services[code] = catalogue.change_service_type(
            service_type_id=service.pk, changes=changes, expected_version=None, by=stage.olga
        )
    return made


class _Year:
    """The surveys of a year with what was answered, kept apart until all is written at once."""

    def __init__(self, stage: Stage, asked: dict[QuestionnaireKind, int]) -> None:
        self.stage = stage
        self.versions = {kind: _version(pk) for kind, pk in asked.items()}
        self.questions = {kind: tuple(version.asked) for kind, version in self.versions.items()}
        self.led: dict[int, int] = {}
        """By session, one of those who ran it: some are better liked."""
        self.surveys: list[tuple[Survey, list[Addressee]]] = []
        self.responses: list[Response] = []
        self.comments: list[Comment] = []

    def survey(self, kind: QuestionnaireKind, session: Session, people: Iterable[Addressee]) -> None:
        """Have people asked about a session, or about its mission, once its time has come."""
        opened = session.ends_at + (_COLD_AFTER if kind == _K.COLD else timedelta(hours=2))
        asked = list(people)
        if not asked or opened > self.stage.now:
            return
        closes = opened + OPEN_FOR[kind]
        survey = Survey(
            kind=kind,
            service_type=session.line.service_type,
            month=session.ends.date().replace(day=1),
            client=session.mission.order.client,
            mission=session.mission,
            session=None if kind == _K.CLIENT else session,
            questionnaire=self.versions[kind].questionnaire,
            anonymous=kind in OF_PARTICIPANTS,
            opened_at=opened,
            closes_at=closes,
            closed_at=closes if closes <= self.stage.now else None,
            people=len(asked),
        )
        rng = self.stage.rng(f"opinions:{kind}:{session.ref}")
        for one in asked:
            one.answered = rng.random() < _ANSWER[kind]
        survey.answered = sum(one.answered for one in asked)
        self.surveys.append((survey, asked))

    def write(self) -> None:
        """Write everything: who was asked, what they answered, and what of it is told."""
        Survey.objects.bulk_create([survey for survey, _asked in self.surveys])
        kept: list[Addressee] = []
        for survey, asked in self.surveys:
            self._answer(survey, asked)
            if survey.closed_at is None or survey.kind not in OF_PARTICIPANTS:
                kept += asked
        Addressee.objects.bulk_create(kept)
        told = list(_told(self.responses, self.stage))
        Response.objects.bulk_create(self.responses)
        Comment.objects.bulk_create(self.comments)
        Sum.objects.bulk_create(told)
        words = {c: {tag for word, tag in _TAGS.items() if word in c.text} for c in self.comments}
        CommentTag.objects.bulk_create(
            CommentTag(comment=c, tag=tag) for c, found in words.items() for tag in sorted(found)
        )

    def _answer(self, survey: Survey, asked: list[Addressee]) -> None:
        subject = survey.session or survey.mission
        rng = self.stage.rng(f"answers:{survey.kind}:{subject.ref if subject else ''}")
        mood = self._mood(survey, rng)
        for one in asked:
            one.survey = survey
            if one.answered:
                self._response(survey, one, mood, rng)

    def _mood(self, survey: Survey, rng: random.Random) -> float:
        """Return how well it went, from 0 to 1: some facilitators are better liked, some days are worse."""
        who = self.stage.rng(f"liked:{self.led.get(survey.session_id or 0, 0)}")
        return min(max(0.7 + 0.25 * who.random() + rng.gauss(0, 0.09), 0.2), 0.97)

    def _response(self, survey: Survey, one: Addressee, mood: float, rng: random.Random) -> None:
        own = min(max(rng.gauss(mood, 0.15), 0), 1)
        version = self.versions[_K(survey.kind)]
        values: dict[str, int | str] = {}
        for question in self.questions[_K(survey.kind)]:
            if question.kind == QuestionKind.SCALE:
                steps = question.steps
                content = own + rng.gauss(0, 0.1) - self._less_for(question, survey)
                wanted = steps[0] + round((steps[-1] - steps[0]) * min(max(content, 0), 1))
                values[question.key] = wanted
            elif question.kind == QuestionKind.ONE:
                weights = [own, own, 1, 1.2 - own][: len(question.choices)]
                values[question.key] = rng.choices([c.key for c in question.choices], weights)[0]
        named = (
            {} if survey.anonymous else {"contact_id": one.contact_id, "facilitator_id": one.facilitator_id}
        )
        response = Response(
            id=rng.getrandbits(60) + 1,
            survey=survey,
            version=version,
            counted=not survey.anonymous,
            values=values,
            **place_of(survey),
            **named,
        )
        self.responses.append(response)
        tone = "+" if own > 0.8 else "=" if own > 0.52 else "-"
        for key, said in _said(survey.kind, tone, rng):
            number = rng.getrandbits(60) + 1
            self.comments.append(
                Comment(id=number, response=response, key=key, text=said, search_key=search_key(said))
            )

    def _less_for(self, question: Question, survey: Survey) -> float:
        """Return what sessions before rooms were confirmed lose on their organisation."""
        before = survey.opened_at < self.stage.moment(self.stage.day(BETTER_ORGANISED), "16:40")
        return _BADLY_ORGANISED if before and question.topic == Topic.ORGANISATION else 0


def _told(responses: list[Response], stage: Stage) -> Iterator[Sum]:
    """Tell the answers as `surveys.close_due` would have night after night, and give their sums."""
    anonymous = [r for r in responses if r.survey and r.survey.anonymous]
    in_time = [r for r in anonymous if r.survey and r.survey.opened_at + _TOLD_AFTER <= stage.now]
    for same in _by_place(r for r in responses if r.counted):
        yield from _summed(same)
    for same in _by_place(in_time):
        if len(same) >= FEWEST_TOLD:
            yield from _summed(same)
    for emptied in (("session",), ("session", "mission", "client")):
        yield from _pooled([r for r in anonymous if not r.counted and _is_over(r)], emptied)


def _pooled(left: list[Response], emptied: Sequence[str]) -> Iterator[Sum]:
    """Put together what was too little to be told with its session, then with its mission; tell what is enough."""
    for response in left:
        response.survey = None
        for name in emptied:
            setattr(response, name, None)
    for same in _by_pool(left):
        if len(same) >= FEWEST_TOLD:
            month = max(response.month for response in same)
            for response in same:
                response.month = month
            yield from _summed(same)


def _is_over(response: Response) -> bool:
    return response.survey is None or response.survey.closed_at is not None


def _summed(same: list[Response]) -> list[Sum]:
    for response in same:
        response.counted = True
    named = not (same[0].survey and same[0].survey.anonymous)
    return sums(same[0], [(response.version_id, response.values) for response in same], named=named)


def _by_place(responses: Iterable[Response]) -> list[list[Response]]:
    by_place: dict[tuple[object, ...], list[Response]] = defaultdict(list)
    for response in responses:
        by_place[tuple(place_of(response).values())].append(response)
    return list(by_place.values())


def _by_pool(responses: Iterable[Response]) -> list[list[Response]]:
    """Put together what is left of the same mission, or service, whatever its month."""
    pools: dict[tuple[object, ...], list[Response]] = defaultdict(list)
    for response in responses:
        pools[response.kind, response.service_type_id, response.mission_id].append(response)
    return list(pools.values())


@cache
def _verbatims() -> dict[tuple[str, str], list[tuple[str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for line in seeds("verbatims"):
        kind, key, tone, text = line.split("|")
        found[kind, tone].append((key, text))
    return found


def _said(kind: str, tone: str, rng: random.Random) -> list[tuple[str, str]]:
    """Return what somebody says in words, by question: nothing mostly."""
    offered = _verbatims()[kind, tone]
    chosen = rng.sample(offered, k=min(rng.choices((0, 1, 2), (7, 2, 1))[0], len(offered)))
    return list(dict(chosen).items())


def _version(questionnaire_id: int) -> QuestionnaireVersion:
    version = version_asked(questionnaire_id)
    if version is None:
        raise LookupError("it was published")
    return version


def _sessions_of(enrolment_ids: set[int]) -> dict[int, int]:
    found = Enrolment.objects.filter(pk__in=enrolment_ids, cancelled_at=None)
    return dict(found.values_list("pk", "session_id"))


def fill_year(stage: Stage) -> None:
    """Ask about every session that was held, and write what was answered; then have quality mask a name."""
    year = _Year(stage, ask(stage))
    held = Session.objects.filter(status=SessionStatus.PLANNED, ends_at__lt=stage.now).order_by(
        "ends_at", "pk"
    )
    proven = attendance.proven_sessions(held.values_list("pk", flat=True))
    sessions = [
        s for s in held.select_related("mission__order__client", "line__service_type") if s.pk in proven
    ]
    there: dict[int, list[int]] = defaultdict(list)
    stays = attendance.stays_on(proven)
    on_list = _sessions_of({enrolment_id for enrolment_id, _half_day in stays})
    for enrolment_id in sorted(
        {one for (one, _half_day), stay in stays.items() if stay.minutes} & set(on_list)
    ):
        there[on_list[enrolment_id]].append(enrolment_id)
    running = planning.running(proven)
    last = {session.mission_id: session for session in sessions}
    for session in sessions:
        for kind in OF_PARTICIPANTS:
            year.survey(kind, session, [Addressee(enrolment_id=pk) for pk in there[session.pk]])
        ran = running[session.pk]
        if ran:
            year.led[session.pk] = ran[0].facilitator_id
        year.survey(_K.FACILITATOR, session, [Addressee(facilitator_id=p.facilitator_id) for p in ran])
        contact = session.mission.order.contact_id
        if last[session.mission_id] == session and contact and not planning.to_come(session.mission_id):
            year.survey(_K.CLIENT, session, [Addressee(contact_id=contact)])
    year.write()
    _mask_a_name(stage)


def _mask_a_name(stage: Stage) -> None:
    """Have somebody named in an answer, and quality take the name out."""
    told = Comment.objects.filter(response__counted=True, response__kind=_K.HOT, key="q8").order_by("pk")
    for comment in told[:1]:
        comment.text = f"{_PASSAGE} a monopolisé la parole et personne ne l’a arrêtée."
        comment.save(update_fields=["text"])
        reason = "Une personne y était nommée."
        actions.mask(comment_id=comment.pk, passage=_PASSAGE, reason=reason, by=stage.quitterie)
