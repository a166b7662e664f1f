"""Noting that somebody has answered, apart from what they answered."""

from cordee.surveys.models import Addressee


def note_answered(asked: Addressee) -> None:
    """Note that somebody has answered, so that nobody reminds them."""
    Addressee.objects.filter(pk=asked.pk).update(answered=True)
    survey = asked.survey
    survey.answered = survey.asked.filter(answered=True).count()
    survey.save(update_fields=["answered"])
