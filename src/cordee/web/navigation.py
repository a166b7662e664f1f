"""Where each role can go, the most used first."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel.permissions import Permission
from cordee.web.addresses import address
from cordee.web.request import Viewer


@dataclass(frozen=True, slots=True)
class Place:
    """A page one can go to from anywhere."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None


_OFFICE = (
    (Permission.VIEW_CLIENTS, gettext_lazy("Clients"), "clients", "client"),
    (Permission.VIEW_FEES, gettext_lazy("Fees"), "fee_requests", "fees"),
    (Permission.VIEW_SUPPLIERS, gettext_lazy("Suppliers"), "suppliers", "bank"),
    (Permission.VIEW_PEOPLE, gettext_lazy("People"), "people", "users"),
    (Permission.VIEW_SURVEYS, gettext_lazy("Surveys"), "survey_results", "chart"),
    (Permission.VIEW_CATALOGUE, gettext_lazy("Services"), "catalogue", "book"),
    (Permission.VIEW_MAIL, gettext_lazy("E-mails"), "mails", "mail"),
)
"""What the office goes to less often than its missions."""


_DASHBOARDS = (
    (Permission.PAY, "finance_dashboard"),
    (Permission.VIEW_EVIDENCE, "quality_dashboard"),
    (Permission.VIEW_CLIENTS, "operations_dashboard"),
)
"""Of each role the dashboard that is its own: tabs lead to the others."""
_BESIDE = {
    "/dashboards/operations/": ("/dashboards/", "/sessions/"),
    "/dashboards/quality/": ("/dashboards/", "/sessions/"),
    "/dashboards/finance/": ("/dashboards/", "/sessions/"),
    "/fees/": ("/invoices/", "/payments/"),
    "/complaints/": ("/improvements/", "/risks/"),
    "/quality/indicators/": ("/quality/audits/",),
}
"""Pages that lie in a place by their tabs, not by their address."""


def navigation(viewer: Viewer, path: str) -> list[Place]:
    """Return the places of the viewer's roles; the one that `path` lies in is current."""
    actor = viewer.actor
    wanted: list[tuple[str, str, str]] = []
    if actor.may(Permission.VIEW_MISSIONS):
        wanted += [(_("To do"), "office_todo", "todo"), (_("Missions"), "missions", "mission")]
    if own := next((name for right, name in _DASHBOARDS if actor.may(right)), ""):
        wanted.append((_("Dashboard"), own, "chart"))
    if actor.may(Permission.VIEW_EVIDENCE):
        wanted.append((_("Sheets"), "sheets", "sheet"))
    if actor.may(Permission.VIEW_COMPLAINTS):
        wanted.append((_("Complaints"), "complaints", "message"))
    if actor.may(Permission.VIEW_INDICATORS):
        wanted.append((_("Quality"), "indicators", "quality"))
    if actor.may(Permission.HANDLE_ACCESS_NEEDS):
        wanted.append((_("Access needs"), "access_needs", "access"))
    if actor.facilitator_id is not None:
        wanted += [
            (_("My work"), "my_work", "home"),
            (_("My missions"), "my_missions", "mission"),
            (_("My sessions"), "my_sessions", "calendar"),
            (_("My fees"), "my_fees", "fees"),
            (_("Payment"), "my_payment", "bank"),
            (_("What people say"), "my_opinions", "chart"),
        ]
    wanted += [(str(label), name, icon) for right, label, name, icon in _OFFICE if actor.may(right)]
    places = [(label, address(name), icon) for label, name, icon in wanted]
    best = max((url for _label, url, _icon in places if _lies_in(path, url)), key=len, default="")
    return [Place(label, url, icon, current=url == best) for label, url, icon in places]


def _lies_in(path: str, url: str) -> bool:
    """Tell whether a page lies in a place; a mission lies in “my missions”, a session in “my sessions”."""
    its_own = url.removeprefix("/my")
    if path.startswith(_BESIDE.get(url, ())):
        return True
    return path.startswith(url) or (its_own not in {url, "/"} and path.startswith(its_own))


def account_menu(viewer: Viewer) -> list[Place]:
    """Return what stands under the viewer's name."""
    places = [
        Place(_("My account"), address("my_account"), "user"),
        Place(_("Help"), address("help"), "help"),
    ]
    if viewer.actor.may(Permission.EDIT_SETTINGS):
        places.append(Place(_("Organisation"), address("organisation"), "settings"))
    if viewer.actor.may(Permission.EDIT_MAILS):
        places.append(Place(_("Mails and reminders"), address("mail_settings"), "bell"))
    if settings.DEMO:
        places.append(Place(_("Mailbox of the demonstration"), address("mailbox"), "mail"))
    return places
