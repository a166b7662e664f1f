"""The doors of pages that open by a link: who comes, to what, and what is said when the link opens nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from cordee.links import actions as links
from cordee.links.queries import is_genuine, live_link, was_sent_to
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Key:
    """A personal link that lives: its secret part, its number, and the number of what it is for."""

    token: str
    link_id: int
    subject_id: int


type View[V, **P] = Callable[Concatenate[Request, V, P], HttpResponse]
type Ended = Callable[[HttpRequest, str], HttpResponse]


def link_ended(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the link opens nothing: any more, or ever."""
    return render(request, "guest/link_ended.html", status=410 if is_genuine(token) else 404)


class Door[V]:
    """Guards the views behind one kind of link.

    `enter` returns who comes through a link, which the view gets instead of the token; nothing when it opens nothing.
    `language` is that of what they come to; `ended` is the page for everybody else.
    """

    def __init__(
        self,
        enter: Callable[[Request, str], V | None],
        *,
        language: Callable[[V], str] | None = None,
        ended: Ended = link_ended,
    ) -> None:
        self.enter = enter
        self.language = language
        self.ended = ended

    def __call__[**P](self, view: View[V, P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: Request, /, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            visitor = self.enter(request, token)
            if visitor is None:
                return self.ended(request, token)
            if self.language:
                speak(request, self.language(visitor))
            return view(request, visitor, *args, **kwargs)

        guarded.door = self  # type: ignore[attr-defined]  # the suite looks for it
        return guarded


def personal_door[V](
    purpose: str,
    *,
    find: Callable[[Key], V | None],
    address: Callable[[V], str],
    language: Callable[[V], str] | None = None,
    ended: Ended = link_ended,
    notes_use: bool = True,
) -> Door[V]:
    """Return the door for personal links of this purpose.

    `find` returns who a key stands for. Opened is it to a link that lives and was sent to the `address`
    which is theirs now: what went to an address that was wrong opens nothing.
    """

    def enter(request: Request, token: str) -> V | None:
        link = live_link(token, purpose=purpose)
        visitor = find(Key(token, link.pk, link.subject_id)) if link else None
        if link is None or visitor is None or not was_sent_to(link, address(visitor)):
            return None
        if notes_use and request.method == "POST":
            links.note_use(link)
        return visitor

    return Door(enter, language=language, ended=ended)


def speak(request: Request, language: str) -> None:
    """Use this language, English where the house does not speak it, unless this browser was told another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.viewer.user is None:
        spoken = language if language in dict(settings.LANGUAGES) else "en"
        translation.activate(spoken)
        request.LANGUAGE_CODE = spoken
