"""What the forms of the office have in common."""

from datetime import date
from typing import Any, override

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cordee.kernel.refusals import Refused
from cordee.web.components.formatting import short_day
from cordee.web.components.markup import markup, markup_of_each
from cordee.web.fields import VersionField
from cordee.web.pages import HouseForm

_SELECTED = mark_safe(" selected")


class LightSelect(forms.Select):
    """A list to choose from, drawn without templates: hundreds of choices cost hardly more than a few.

    For plain choices, not for groups of them.
    """

    @override
    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = set(self.format_value(value) or ())
        texts = ((str(own), label) for own, label in self.choices)
        options = markup_of_each(
            '<option value="{}"{}>{}</option>',
            ((own, _SELECTED if own in chosen else "", label) for own, label in texts),
        )
        return markup(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


class EditForm(HouseForm):
    """A form on something that others may be editing too: the second editor is told, not overwritten.

    `initial` holds what is on record now. After a clash each field that differs shows what the other person
    saved, and saving again means it.
    """

    expected_version = VersionField()

    def __init__(self, *args: Any, version: int, initial: dict[str, Any], **kwargs: Any) -> None:
        kwargs["initial"] = {**initial, "expected_version": version}
        super().__init__(*args, **kwargs)
        self._version = version

    @override
    def refuse(self, refused: Refused) -> None:
        super().refuse(refused)
        if any(blocker.code == "changed_meanwhile" for blocker in refused.blockers):
            self._show_what_others_saved()

    def _show_what_others_saved(self) -> None:
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a posted form holds a QueryDict
        data[self.add_prefix("expected_version")] = self._version
        self.data = data
        for name, field in self.fields.items():
            if name not in self.initial or field.widget.is_hidden or isinstance(field, forms.FileField):
                continue
            saved = self.initial[name]
            if self.cleaned_data.get(name, saved) != saved:
                # Bound fields were made while cleaning: they carry their own copy.
                self[name].help_text = markup(_("On record now: {}"), _in_words(field, saved))


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.MultipleChoiceField):
        each: Any = field.choices
        words = dict(each)
        return ", ".join(str(words.get(one, one)) for one in value) or _("none")
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get("" if value is None else value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return short_day(value)
    return str(value) if value not in (None, "") else _("empty")


def changes_of(form: forms.BaseForm, *names: str) -> dict[str, Any]:
    """Return these fields of a valid form, as an action takes them."""
    return {name: form.cleaned_data[name] for name in names}
