"""Where the desk appears elsewhere: what was given away, as the funder reads it; calls."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hub.core import errors
from hub.core.joins import (
    DemoSeed,
    DeskTask,
    Figure,
    HubOpener,
    IntegrityCheck,
    PeriodicJob,
    PersonalFields,
    demo_seeds,
    desk_tasks,
    figures,
    hub_openers,
    integrity_checks,
    periodic_jobs,
    personal_fields,
)
from hub.desk import call_backs, call_figures, checks, demo, money, personal, seeds
from hub.desk.actions import blank_old
from hub.desk.permissions import user_can_serve_callers
from hub.desk.sentences import SENTENCES


def waived_fen(hub: Any, start: Any, end: Any) -> int:
    """The sum of the statement."""
    return money.waived(hub, start, end).fen


def statement_url(first: date, last: date) -> str:
    """The statement of these days."""
    return f"{reverse('desk_money_waived')}?from={first}&to={last}"


figures.register(Figure("desk.waived", _("Money waived"), waived_fen, statement_url, unit="fen", order=900))
errors.SENTENCES.update(SENTENCES)
hub_openers.register(HubOpener("desk.codes", seeds.open_codes, order=30))
desk_tasks.register(DeskTask("call_back", _("Ring back"), call_backs.form, call_backs.preview, call_backs.act, user_can_serve_callers, order=90))
figures.register(Figure("desk.calls", _("Calls taken"), call_figures.taken, call_figures.listed(direction="taken"), order=50))
figures.register(Figure("desk.missed", _("Calls missed"), call_figures.missed, call_figures.listed(direction="missed"), order=51))
figures.register(Figure("desk.call_backs", _("Call-backs kept on time"), call_figures.on_time, call_figures.promised, "percent", 52))
integrity_checks.register(IntegrityCheck("desk.codes", checks.closed_without_code))
integrity_checks.register(IntegrityCheck("desk.strayed", checks.strayed))
periodic_jobs.register(PeriodicJob("desk.blank_old", blank_old, 24 * 60, "Blanks numbers, names, notes and drafts of calls older than a year."))
personal_fields.register(PersonalFields("desk.call", personal.FIELDS, personal.export, personal.erase))
demo_seeds.register(DemoSeed("desk", demo.seed, order=90))
