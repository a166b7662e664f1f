"""Columns in which people write why, in their own words."""

from collections.abc import Sequence
from typing import Any, override

from django.db import models


class ReasonField(models.TextField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A reason in the words of who gave it, on the row that it is about.

    It knows the way from its row to the mission (`of_mission`; empty where there is none), so that the words are found
    and erased wherever they stand (`journal.actions.erase_reason`); and to what says that they are confidential
    (`withheld`), so that they are listed for nobody.
    """

    def __init__(self, *args: Any, of_mission: str = "", withheld: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_mission = of_mission
        self.withheld = withheld

    @override
    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Tell migrations of a text: to the database it is nothing else."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
