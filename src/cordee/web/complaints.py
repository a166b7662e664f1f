"""What every page on which people complain has in common: the form, and what was said since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cordee.kernel import clock
from cordee.network.models import Facilitator
from cordee.quality import queries
from cordee.quality.models import KIND_LABELS, Complaint
from cordee.quality.queries import Said
from cordee.quality.rules import ComplaintDraft
from cordee.quality.states import LONGEST_WORDS, OPEN, ComplaintKind, ComplaintState
from cordee.web.pages import HouseForm

KINDS = {
    ComplaintState.RECEIVED: "wait",
    ComplaintState.UNDER_WAY: "go",
    ComplaintState.DECIDED: "done",
}


def kind_of(complaint: Complaint) -> str:
    """Return the status kind of a complaint; one whose day has gone by is late."""
    state = ComplaintState(complaint.state)
    return "late" if state in OPEN and complaint.due_on < clock.today() else KINDS[state]


def raiser_name(complaint: Complaint) -> str:
    """Return who raised it."""
    person = complaint.enrolment.participant if complaint.enrolment else None
    who = person or complaint.contact or complaint.facilitator or complaint.staff
    return who.full_name if who else ""


class WordsForm(HouseForm):
    """Something to say, at the length of a letter."""

    words = forms.CharField(
        label=gettext_lazy("Your message"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 4})
    )


class ComplaintForm(HouseForm):
    """What went wrong. `people` are those whom it may be about."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=list(KIND_LABELS.items()),
        initial=ComplaintKind.COMPLAINT,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What happened, and what should be done?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("It is about how a person behaved"),
        required=False,
        help_text=gettext_lazy(
            "Violence, harassment, discrimination… Then it goes to those in charge of such cases alone: neither who "
            "runs the session nor who coordinates it learns that you wrote."
        ),
    )
    about = forms.TypedChoiceField(
        label=gettext_lazy("About whom, if you wish to say"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("Whoever you name here never sees what you write."),
    )

    def __init__(self, *args: Any, people: Sequence[Facilitator] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people:
            field: Any = self.fields["about"]
            field.choices = [("", "—"), *((person.pk, person.full_name) for person in people)]
        else:
            del self.fields["about"]

    def draft(self) -> ComplaintDraft:
        """Return what was filled in."""
        data = self.cleaned_data
        return ComplaintDraft(
            kind=ComplaintKind(data["kind"]),
            words=data["words"],
            confidential=data["confidential"],
            about_facilitator_id=data.get("about"),
        )


@dataclass(frozen=True, slots=True)
class Thread:
    """A complaint with all that was said of it since."""

    complaint: Complaint
    kind: str
    said: Sequence[Said]


def threads(complaints: Iterable[Complaint]) -> list[Thread]:
    """Return complaints with what who raised them may read of what was said: two queries."""
    complaints = list(complaints)
    if not complaints:
        return []
    said = queries.said([c.pk for c in complaints], notes=False)
    return [Thread(c, kind_of(c), [s for s in said if s.complaint_id == c.pk]) for c in complaints]
