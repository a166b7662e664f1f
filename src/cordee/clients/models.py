"""Client organisations and their contacts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.clients.states import Sector

SECTOR_LABELS = {
    Sector.COMPANY: _("Company"),
    Sector.ASSOCIATION: _("Association"),
    Sector.PUBLIC_BODY: _("Public body"),
    Sector.EDUCATION: _("Education"),
}


class ClientOrganisation(models.Model):
    """A company, association, public body or school that orders."""

    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=20, choices=list(SECTOR_LABELS.items()))
    siret = models.CharField(max_length=14, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, default="FR")
    search_key = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["siret"], condition=~models.Q(siret=""), name="one_client_per_siret"
            ),
        )
        indexes = (models.Index(fields=["name"], name="clients_by_name"),)

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """Somebody at a client's."""

    client = models.ForeignKey(ClientOrganisation, on_delete=models.PROTECT, related_name="contacts")
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    position = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
