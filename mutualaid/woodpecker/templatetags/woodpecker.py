"""What the woodpecker's pages say in words."""

from datetime import datetime
from typing import Any

from django import template

from hub.core import clock, wording
from mutualaid.woodpecker.models import CanonicalError, Edition
from mutualaid.woodpecker.queries import standing_of_report
from mutualaid.woodpecker.states import Stages, Standings

register = template.Library()


@register.simple_tag(takes_context=True)
def deadline(context: template.Context, edition: Edition) -> str:
    """12月1日 星期二 晚上11:59: the last minute of the deadline day."""
    return wording.moment_words(edition.last_moment, spoken=bool(context.get("elder")))


@register.filter
def seconds(moment: datetime) -> str:
    """14:03:27, on the wall clock of the house: who was first may hang on it."""
    return f"{clock.local(moment):%H:%M:%S}"


@register.filter
def standing_words(standing: str) -> str:
    """How a report stands."""
    return str(Standings(standing).label)


@register.filter
def report_words(report: Any) -> str:
    """The same of a report that carries what the query added."""
    return standing_words(standing_of_report(report))


@register.filter
def stage_words(stage: str) -> str:
    """Where an edition stands."""
    return str(Stages(stage).label)


@register.filter
def choice_of(error: CanonicalError) -> str:
    """How an error is named in the form that sorts: with the version that was shown."""
    return f"{error.pk}-{error.version}"
