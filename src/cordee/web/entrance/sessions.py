"""Django's sessions in the database, read with SQL written once: every page of somebody logged in reads one."""

from datetime import datetime
from typing import Any, override

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from cordee.prepared import prepared


@prepared
def _live(session_key: str, now: datetime) -> QuerySet[Session, str]:
    return Session.objects.filter(session_key=session_key, expire_date__gt=now).values_list(
        "session_data", flat=True
    )


class SessionStore(DatabaseStore):
    """What a browser carries between pages; `settings.SESSION_ENGINE` names this module."""

    @override
    def load(self) -> dict[str, Any]:
        for data in _live(self.session_key or "", timezone.now()):  # noqa: TID251 - Django ends sessions by it
            return self.decode(data)
        self._session_key = None
        return {}
