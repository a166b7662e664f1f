"""Work after the request is registered by name, and every scheduled job exists."""

from importlib import import_module
from typing import Any

from cordee.jobs import registry


def test_every_scheduled_job_is_a_task_that_takes_nothing(settings: Any) -> None:
    from cordee.config import settings as house  # noqa: PLC0415 - as the operator has them, not as tests do

    for name, schedule in house.TASKS["default"]["OPTIONS"]["SCHEDULES"].items():
        module, _, function = schedule["task"].rpartition(".")
        task = getattr(import_module(module), function)
        assert task.module_path == schedule["task"], name


def test_rooms_registered_their_tasks() -> None:
    assert {"journal.deliver", "mail.send_due"} <= set(registry._tasks)
