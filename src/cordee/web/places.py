"""Where a session takes place, for whoever may know."""

from dataclasses import dataclass
from urllib.parse import quote

from cordee.planning.models import Session
from cordee.planning.states import DeliveryMode


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a session takes place, with the address to open."""

    remote: bool
    text: str
    url: str


def place_of(session: Session) -> Place:
    """Return where a session takes place: the video link, or the place on a map. Its client must be loaded."""
    if session.mode == DeliveryMode.REMOTE:
        return Place(remote=True, text=session.video_link, url=session.video_link)
    text = ", ".join(part for part in (session.place, session.address) if part)
    query = session.address or f"{session.place}, {session.mission.order.client.city}"
    return Place(remote=False, text=text, url=f"https://www.openstreetmap.org/search?query={quote(query)}")
