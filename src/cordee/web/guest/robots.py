"""Keeping programs out of public forms without asking people to prove anything."""

from typing import Any, override

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel import clock
from cordee.web.pages import HouseForm

QUICKEST = 2
"""Seconds: nobody fills in a form in less."""
OLDEST = 24 * 60 * 60
_signer = Signer(salt="cordee.guest.form")


def _stamp() -> str:
    """Return when the form was shown, signed, so that it is ours and not made up."""
    return _signer.sign(f"{clock.now().timestamp():.0f}")


class GuardedForm(HouseForm):
    """A form for everybody: it has a field that only programs fill in, and knows when it was shown."""

    homepage = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    shown_at = forms.CharField(widget=forms.HiddenInput, initial=_stamp, required=False)

    @override
    def clean(self) -> dict[str, Any]:
        """Say politely what looks like a program; sent again by a person, it goes through."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("homepage"):
            self._again(
                _("A field that must stay empty was filled in. It is empty again: please send it once more.")
            )
            return data
        age = _age(data.get("shown_at", ""))
        if age is None or age > OLDEST:
            self._again(_("This page had been open for long. Check what you wrote, and send it once more."))
        elif age < QUICKEST:
            self._again(_("That was very quick. Check what you wrote, and send it once more."))
        return data

    def _again(self, sentence: str) -> None:
        fresh: Any = self.data.copy()  # type: ignore[attr-defined]  # a posted form holds a QueryDict
        fresh[self.add_prefix("homepage")] = ""
        fresh[self.add_prefix("shown_at")] = _stamp()
        self.data = fresh
        self.add_error(None, sentence)


def _age(stamp: str) -> float | None:
    try:
        shown = float(_signer.unsign(stamp))
    except (BadSignature, ValueError):
        return None
    return clock.now().timestamp() - shown
