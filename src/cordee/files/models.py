"""Stored files, under the hash of their content."""

from django.db import models


class StoredFile(models.Model):
    """One deposited or made file. The bytes live in the storage under their SHA-256 and are never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_not_empty"),)

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.content_type}, {self.size} bytes)"
