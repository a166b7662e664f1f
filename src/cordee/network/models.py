"""The network of freelance facilitators."""

from django.conf import settings
from django.db import models


class Facilitator(models.Model):
    """A freelancer who runs sessions, and may coordinate missions. Logs in with an account of their own."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=30, blank=True)
    city = models.CharField(max_length=100, blank=True)
    can_coordinate = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    search_key = models.CharField(max_length=400)

    class Meta:
        indexes = (models.Index(fields=["search_key"], name="facilitators_by_name"),)

    def __str__(self) -> str:
        return self.user.full_name

    @property
    def full_name(self) -> str:
        return self.user.full_name
