"""Which automatic mails leave, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.kernel.permissions import Permission
from cordee.notifications import actions, queries
from cordee.notifications.mails import MAILS, Mail
from cordee.notifications.models import READER_LABELS
from cordee.notifications.rules import least
from cordee.notifications.states import MOST, MailRule, Reader, Timing
from cordee.web.office.forms import EditForm
from cordee.web.pages import carry_out, page, status_of
from cordee.web.request import Request

UNITS = {
    Timing.MINUTES_LATER: gettext_lazy("minutes after the enrolment"),
    Timing.AFTER_CHANGE: gettext_lazy("minutes after the change: undone in time, nothing leaves"),
    Timing.DAYS_BEFORE: gettext_lazy("days before the session"),
    Timing.DAYS_AFTER: gettext_lazy("days after it was asked"),
}


class RulesForm(EditForm):
    """A switch for each automatic mail, and a delay where it has one."""

    def __init__(self, *args: Any, rules: dict[Mail, MailRule], **kwargs: Any) -> None:
        self._rules = rules
        initial: dict[str, Any] = {}
        for purpose, rule in rules.items():
            if rule.timing != Timing.AFTER_CHANGE:
                initial[f"enabled-{purpose}"] = rule.enabled
            if rule.timing in UNITS:
                initial[f"amount-{purpose}"] = rule.amount
        super().__init__(*args, initial=initial, **kwargs)
        for purpose, rule in rules.items():
            name = str(purpose.name)
            if rule.timing != Timing.AFTER_CHANGE:  # what people must know always leaves
                self.fields[f"enabled-{purpose}"] = forms.BooleanField(
                    label=_("%(name)s leaves") % {"name": name}, required=False
                )
            if rule.timing in UNITS:
                self.fields[f"amount-{purpose}"] = forms.IntegerField(
                    label=f"{name}, {UNITS[rule.timing]}",
                    min_value=least(rule.timing),
                    max_value=MOST[rule.timing],
                )

    def wanted(self) -> dict[Mail, MailRule]:
        data = self.cleaned_data
        return {
            purpose: MailRule(
                enabled=data.get(f"enabled-{purpose}", True),
                amount=data.get(f"amount-{purpose}", rule.amount),
                timing=rule.timing,
            )
            for purpose, rule in self._rules.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One mail of the house: its switch, its delay, and the way to its words."""

    name: str
    enabled: forms.BoundField | None
    amount: forms.BoundField | None
    unit: str
    words: list[tuple[str, str, bool]]
    """Language, address, whether the office wrote words of its own."""


@page(Permission.EDIT_MAILS)
def mail_settings(request: Request) -> HttpResponse:
    """Show every mail of the house by its reader, and switch those that leave by themselves."""
    kept = queries.mail_settings()
    form = RulesForm(request.POST or None, rules=queries.rules(kept), version=kept.version)

    def do() -> str:
        actions.set_rules(
            wanted=form.wanted(),
            expected_version=form.cleaned_data["expected_version"],
            by=request.viewer.actor,
        )
        return reverse("mail_settings")

    if form.is_valid():
        answer = carry_out(request, form, do, done=_("Saved. It counts from now on."))
        if answer:
            return answer
    changed = queries.changed_words()
    groups = [(READER_LABELS[reader], list(_rows(reader, form, changed))) for reader in Reader]
    return render(
        request, "office/mail_settings.html", {"form": form, "groups": groups}, status=status_of(form)
    )


def _rows(reader: Reader, form: RulesForm, changed: set[tuple[str, str]]) -> Iterator[Row]:
    for purpose in MAILS.values():
        if purpose.reader == reader:
            timing = purpose.rule.timing if purpose.rule else Timing.AT_ONCE
            yield Row(
                name=str(purpose.name),
                enabled=form[switch] if (switch := f"enabled-{purpose}") in form.fields else None,
                amount=form[f"amount-{purpose}"] if timing in UNITS else None,
                unit=str(UNITS.get(timing, "")),
                words=[
                    (str(name), reverse("mail_words", args=[purpose, code]), (purpose, code) in changed)
                    for code, name in settings.LANGUAGES
                ],
            )
