"""What is written to the log, by whom, and what never is: the tokens of links."""

import logging
from collections.abc import Mapping
from typing import Any, override

from cordee.kernel.tokens import hidden_in_log

_FORMATTER = logging.Formatter()


class WithoutTokens(logging.Filter):
    """Takes tokens out of a record: out of its sentence, its traceback and its stack."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = hidden_in_log(_sentence(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = _FORMATTER.formatException(record.exc_info)
        if record.exc_text:  # what handlers print in place of the exception
            record.exc_text = hidden_in_log(record.exc_text)
        if record.stack_info:
            record.stack_info = hidden_in_log(record.stack_info)
        return True


def _sentence(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # a caller's slip: logging would print all of it, tokens too
        return f"{record.msg} {record.args}"


_FILTERS = {"without_tokens": {"()": WithoutTokens}}


def _guarded(handler: Mapping[str, Any]) -> dict[str, Any]:
    return {**handler, "filters": list(_FILTERS)}


def of_the_house() -> dict[str, Any]:
    """Return Django's setting LOGGING: one handler for all, in place of those that Django brings itself."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": _FILTERS,
        "handlers": {"console": _guarded({"class": "logging.StreamHandler"})},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            "django.request": {"level": "ERROR"},
            "factur-x": {"level": "WARNING"},  # says of each invoice that nothing is wrong
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        },
    }


def of_the_server(handlers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the web server logs by: its own handlers, guarded like ours."""
    return {"filters": _FILTERS, "handlers": {name: _guarded(handler) for name, handler in handlers.items()}}
