"""How often something may be asked for, and what is answered once it is too often (amounts: ACCOUNT_RATE_LIMITS)."""

import math
import time
from collections.abc import Callable, Iterable

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from cordee.kernel.refusals import Blocker
from cordee.lists import apart
from cordee.lists.results import Refusal

_APP = "allauth.account"
_MINUTE, _HOUR = 60, 3600


def is_met(request: HttpRequest, action: str, *, key: str | None = None, counts: bool = True) -> bool:
    """Count this request, visits as well as forms; tell whether there were too many. If so its answer, whatever the
    page, is a 429.

    Without `counts` it is only told: where what went wrong is counted, and what went well is not.
    """
    if ratelimit.consume(request, app=_APP, action=action, key=key, dry_run=not counts, limit_get=True):
        return False
    answer_429(request, after=_until_free(request, action, key))
    return True


def answer_429(request: HttpRequest, *, after: int) -> None:
    """Have the answer to this request say that it was one too many; another one is welcome `after` seconds."""
    request.retry_after = after  # type: ignore[attr-defined]  # read below


def tell_busy(request: HttpRequest, refusals: Iterable[Blocker]) -> None:
    """Have the answer say that the same is welcome again soon, when all that hinders it is that others come first."""
    if any(blocker.code == Refusal.BUSY for blocker in refusals):
        answer_429(request, after=apart.SECONDS)


def seconds_to_wait(request: HttpRequest) -> int:
    """Return after how many seconds to try again; 0 when no limit was met."""
    return int(getattr(request, "retry_after", 0))


def in_words(seconds: int) -> str:
    """Return how long to wait, in minutes or hours, never too short."""
    if seconds <= _HOUR:
        minutes = max(1, math.ceil(seconds / _MINUTE))
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = math.ceil(seconds / _HOUR)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def _until_free(request: HttpRequest, action: str, key: str | None) -> int:
    """Return the seconds until each of the windows that are full lets one more in."""
    now, longest = time.time(), 1.0
    for rate in ratelimit.get_rates(app=_APP, action=action):
        where = ratelimit.get_cache_key(request, app=_APP, action=action, rate=rate, key=key)
        newest_first = cache.get(where, [])
        if len(newest_first) >= rate.amount:
            longest = max(longest, newest_first[rate.amount - 1] + rate.duration - now)
    return math.ceil(longest)


class LimitMiddleware:
    """Puts the right status and Retry-After on the answer of whoever met a limit: no page can forget it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if after := seconds_to_wait(request):
            response.status_code = 429
            response["Retry-After"] = str(after)
        return response
