"""Messages that time brings: reminders, lists that are missing, requests without an answer.

Like every mail they are computed, never sent from here: `write_due` finds what leaves within the next two days and has
not been written yet, `follow` brings what is written in line with what has happened since. Written ahead, a reminder
can be read in the log, and stopped, before it leaves. What comes too late is never written: a session planned for
tomorrow has no reminder a week before.

Reminders are about "reminder", "lists" and "unanswered", not about "enrolment" or "assignment": whether
somebody was told of a session (`participants`, `staff`) has nothing to do with them.
"""

from cordee.notifications.reminders.following import follow, renew, write_due

__all__ = ["follow", "renew", "write_due"]
