"""The evidence of indicators: one declared in words, one with a file, and an audit of ten missions that is ready."""

from collections.abc import Iterator
from datetime import timedelta

from cordee.audits import actions
from cordee.demo.papers import paper
from cordee.demo.stage import Stage, Story

_A_YEAR = timedelta(days=364)


def stories(stage: Stage) -> Iterator[Story[None]]:
    yield _declared(stage)


def _declared(stage: Stage) -> Story[None]:
    """What lies outside Cordée."""
    yield stage.moment(stage.day(-90), "10:20")
    actions.declare(
        indicator=23,
        words="Veille légale : lettres du Centre Inffo et du ministère, lues chaque lundi ; ce qui change est noté au "
        "compte rendu de l’équipe.",
        by=stage.quitterie,
    )
    yield stage.moment(stage.day(-89), "11:05")
    actions.declare(
        indicator=19,
        words="Livret remis à chaque participant·e avec les ressources de l’atelier.",
        file=paper("welcome_booklet"),
        valid_until=stage.today + _A_YEAR,
        by=stage.quitterie,
    )


def prepare(stage: Stage) -> None:
    """Ten missions of the year, drawn at random, once all that proves them is there; what they lack is known before the
    auditor comes.
    """
    today = stage.today
    audit = actions.ask_draw(since=today - _A_YEAR, until=today, count=10, seed="cordee", by=stage.quitterie)
    actions.build(audit_id=audit.pk, by=stage.quitterie)
