"""Planning, changing and cancelling sessions; putting facilitators on them; amending what was ordered."""

from cordee.planning.actions.amendments import amend_order_line
from cordee.planning.actions.sessions import cancel_session, change_session, plan_sessions, restore_session
from cordee.planning.actions.staffing import put_on, set_role, set_status

__all__ = [
    "amend_order_line",
    "cancel_session",
    "change_session",
    "plan_sessions",
    "put_on",
    "restore_session",
    "set_role",
    "set_status",
]
