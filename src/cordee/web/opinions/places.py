"""Of what answers are told, and answers in words, as pages show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.catalogue.states import Question
from cordee.surveys import queries
from cordee.surveys.models import Comment, Told
from cordee.web.opinions.figures import month_text


@dataclass(frozen=True, slots=True)
class Place:
    """What answers are about, and where its page is."""

    label: str
    detail: str
    url: str


def place_of(told: Told) -> Place:
    """Return the session, the mission as a whole, or all of a service that answers are told of."""
    client = told.client.name if told.client else ""
    if told.session:
        return Place(told.session.title, client, reverse("session", args=[told.session.ref]))
    if told.mission:
        return Place(
            _("Mission %(ref)s") % {"ref": told.mission.ref},
            client,
            reverse("mission", args=[told.mission.ref]),
        )
    return Place(told.service_type.name, _("several missions"), "")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in words."""

    id: int
    text: str
    question: str
    place: Place
    month: str
    name: str
    """Who said it, where that is known and may be read."""
    masked: int
    tags: tuple[str, ...]


def said(comments: Iterable[Comment], *, names: bool) -> Iterator[Said]:
    """Give answers in words as pages show them; `names`: whether the viewer reads who said it. Beside each stand the
    latest words of its question: those it was answered to would tell who answered first.
    """
    language, asked = get_language() or "fr", queries.every_question()
    return (
        Said(
            id=comment.pk,
            text=comment.text,
            question=_label(
                asked.get(f"{comment.response.version.questionnaire_id}:{comment.key}"), language
            ),
            place=place_of(comment.response),
            month=month_text(comment.response.month),
            name=queries.who(comment.response) if names else "",
            masked=comment.masked,
            tags=tuple(tag.tag for tag in comment.tags.all()),
        )
        for comment in comments
    )


def _label(question: Question | None, language: str) -> str:
    return question.label.said_in(language) if question else ""
