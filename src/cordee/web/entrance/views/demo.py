"""What only the demonstration has: entering as somebody, reading every mail, moving the clock."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from cordee.accounts.queries import is_usable
from cordee.closure import actions as closure
from cordee.conformity import actions as conformity
from cordee.fees import actions as fees
from cordee.invoices import actions as invoices
from cordee.jobs import registry
from cordee.kernel import clock
from cordee.mail import queries as mail
from cordee.notifications import reminders
from cordee.planning import queries as planning
from cordee.web.components import formatting
from cordee.web.entrance import languages, personas
from cordee.web.entrance.demo_clock import DemoClock
from cordee.web.pages import demo_page, only_post
from cordee.web.request import Request

_PER_PAGE = 40
_BACKEND = "cordee.web.entrance.backend.HouseBackend"
_MAIL_CSP: dict[str, list[str]] = {
    # Mails carry their styles inside, as mail programs want it. Nothing in them runs or is loaded.
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": ["data:"],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
}
_KINDS = {"queued": "wait", "sending": "wait", "sent": "done", "failed": "stop", "cancelled": "neutral"}


@demo_page
def persona_login(request: Request) -> HttpResponse:
    """Enter as one of the personas."""
    only_post(request)
    user = personas.account_of(request.POST.get("persona", ""))
    if user is None or not is_usable(user):
        messages.error(request, _("This person is not in this demonstration."))
        return HttpResponseRedirect(reverse("account_login"))
    login(request, user, backend=_BACKEND)
    response = HttpResponseRedirect(reverse("home"))
    languages.remember(response, user.language)
    return response


@demo_page
def mailbox(request: Request) -> HttpResponse:
    """List every message of the demonstration, newest first."""
    search = request.GET.get("q", "").strip()
    found = mail.messages(search=search, with_secrets=True).defer("html", "text", "calendar")
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"message": m, "kind": _KINDS[m.state]} for m in page.object_list]
    context = {"page": page, "rows": rows, "search": search, "base": _base(request)}
    return render(request, "entrance/mailbox.html", context)


@demo_page
def mailbox_message(request: Request, message_id: int) -> HttpResponse:
    """Show one message as it left."""
    message = _or_404(mail.message(message_id, with_secrets=True))
    context = {
        "message": message,
        "kind": _KINDS[message.state],
        "base": _base(request),
        "facts": [
            {"label": _("From"), "value": settings.MAIL_FROM, "url": ""},
            {"label": _("To"), "value": f"{message.to_name} <{message.to_email}>".strip(), "url": ""},
            {"label": _("Answers go to"), "value": message.reply_to or "–", "url": ""},
            {
                "label": _("Date"),
                "value": f"{formatting.day(message.queued_at)}, {formatting.clock(message.queued_at)}",
                "url": "",
            },
        ],
    }
    return render(request, "entrance/mailbox_message.html", context)


@demo_page
@xframe_options_sameorigin
@csp_override(_MAIL_CSP)
def mailbox_body(request: Request, message_id: int) -> HttpResponse:
    """Serve the HTML of a message for the frame on its page; links open in the whole window."""
    html = _or_404(mail.message(message_id, with_secrets=True)).html
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


@demo_page
def mailbox_calendar(request: Request, message_id: int) -> HttpResponse:
    """Hand out the calendar file that a message carries."""
    calendar = _or_404(mail.message(message_id, with_secrets=True)).calendar
    if not calendar:
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="session.ics"'}
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)


@demo_page
def move_clock(request: Request) -> HttpResponse:
    """Move the demonstration's clock, and let what time brings follow at once."""
    only_post(request)
    demo_clock, before = DemoClock(settings.DEMO_CLOCK_FILE), clock.now()
    to, mission_ref = request.POST.get("to", ""), request.POST.get("mission", "")
    if to == "now":
        demo_clock.back_to_now()
    else:
        moment = _moment(to, before, mission_ref)
        if moment is None:
            messages.info(request, _("There is no session to come."))
            return HttpResponseRedirect(_back(request))
        demo_clock.move_to(moment)
    after = clock.now()
    closure.follow_time(after=min(before, after), until=max(before, after))
    conformity.submit_due()
    invoices.accept_silent()
    fees.bill_all()
    _remind(before, after)
    messages.success(
        request,
        _("It is now %(day)s, %(time)s.") % {"day": formatting.day(after), "time": formatting.clock(after)},
    )
    return HttpResponseRedirect(_back(request))


def _remind(before: datetime, after: datetime) -> None:
    """Write the reminders that would have left meanwhile, day by day as the worker would have, and let them leave."""
    moment = before
    while moment < after:
        with clock.frozen_at(moment):
            reminders.write_due()
        moment += timedelta(days=1)
    reminders.write_due()
    registry.start("mail.send_due")


def _moment(to: str, now: datetime, mission_ref: str) -> datetime | None:
    match to:
        case "hour":
            return now + timedelta(hours=1)
        case "day":
            return now + timedelta(days=1)
        case "month":
            return now + timedelta(days=31)
        case "start":
            return planning.next_moment(now, edge="starts_at", mission_ref=mission_ref)
        case "end":
            ends_at = planning.next_moment(now, edge="ends_at", mission_ref=mission_ref)
            return ends_at + timedelta(minutes=1) if ends_at else None
        case _:
            raise Http404


def _back(request: Request) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else reverse("home")


def _or_404[T](thing: T | None) -> T:
    if thing is None:
        raise Http404
    return thing


def _base(request: Request) -> str:
    """Whoever is not logged in yet reads a code here: the page stands in the frame of the log-in page."""
    return "base.html" if request.viewer.user else "guest_base.html"
