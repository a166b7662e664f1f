"""What the contact of a school confirms, typed by themselves or as it stands on paper."""

from django import forms
from django.utils.translation import gettext_lazy

from cordee.attendance.rules import Delivered


class DeliveredFields(forms.Form):
    """What is confirmed of a session without a list."""

    class_name = forms.CharField(label=gettext_lazy("Class or group"), max_length=120)
    present = forms.IntegerField(
        label=gettext_lazy("How many people were there"), min_value=1, max_value=2000
    )
    name = forms.CharField(
        label=gettext_lazy("First and last name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    function = forms.CharField(
        label=gettext_lazy("Function"),
        max_length=120,
        help_text=gettext_lazy("For example: teacher, head of studies."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    def said(self) -> Delivered:
        """Return what was said, once the form is valid."""
        data = self.cleaned_data
        return Delivered(
            class_name=data["class_name"],
            present=data["present"],
            name=data["name"],
            function=data["function"],
        )
