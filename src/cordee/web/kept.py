"""Pages that go on without network: what the service worker (`cordee/worker.js`) may keep on a device, and for whom.

A form that waited on a device is sent again until it is answered, and says so by a header: it is done once, and
answered in a way that no page for people can be taken for.
"""

from base64 import b64encode
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from cordee.web.request import Viewer

HEADER = "Cordee-Kept"
"""Of a form that waited on a device."""
_SALT = "cordee.web.kept"


def was_kept(request: HttpRequest) -> bool:
    """Tell whether this form waited on a device for the network."""
    return request.method == "POST" and HEADER in request.headers


def done() -> HttpResponse:
    """Return the answer that lets a device forget what waited."""
    return HttpResponse(status=204, headers={"Cordee-Done": "yes"})


def account(viewer: Viewer) -> str:
    """Return as whom a device keeps pages of who is logged in; empty for nobody."""
    user = viewer.user
    return owner(f"user:{user.pk}", letter="a") if user else ""


def owner(of: str, *, letter: str = "g") -> str:
    """Return as whom a device keeps pages: of an account (`a`) or of somebody who came by a link (`g`)."""
    return letter + salted_hmac(_SALT, of, algorithm="sha256").hexdigest()[:24]


def keep(response: HttpResponse, whose: str, *, then: str) -> HttpResponse:
    """Let a device keep this page for when there is no network, for its owner alone.

    `then` is where the device goes once it has kept what was filled in. What waits is encrypted with a key that
    only pages of the same owner bring.
    """
    if response.status_code == HTTPStatus.OK and whose:
        key = salted_hmac(_SALT + ".key", whose, algorithm="sha256").digest()
        response["Cordee-Keep"] = f"{whose} {b64encode(key).decode()}"
        response["Cordee-Keep-Then"] = then
    return response
