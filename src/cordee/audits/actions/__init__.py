"""Declaring what proves indicators, and making the files of audits."""

from cordee.audits.actions.auditing import ask_draw, ask_named, build, build_left, take
from cordee.audits.actions.declaring import declare, offer

__all__ = ("ask_draw", "ask_named", "build", "build_left", "declare", "offer", "take")
