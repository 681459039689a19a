"""The desk's own task: somebody is rung back."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import Caller, DeskDone, DeskPreview
from hub.core.wording import moment_words
from hub.desk.call_forms import ME, TEAM, CallBackForm
from hub.desk.call_rules import call_back_due
from hub.desk.callers import CALL_BACK, SUBJECT
from hub.people.models import User
from hub.people.states import Roles
from hub.promises.actions import promise
from hub.promises.models import Promise


def form(hub: Any, caller: Caller, data: Any, initial: Any) -> CallBackForm:
    """Unbound without data."""
    return CallBackForm(data, hub=hub, initial=initial)


def preview(hub: Any, caller: Caller, typed: Any) -> DeskPreview:
    """What is promised."""
    refuse_second(caller)
    due_at = call_back_due(clock.now(), typed["due"])
    return DeskPreview(lines=((_("Rung back by"), moment_words(due_at)),), read_back=(sentence(due_at),))


def act(hub: Any, caller: Caller, typed: Any, by: Any, token: str) -> DeskDone:
    """A promise about this call, owned by one person or by the desk."""
    refuse_second(caller)
    due_at = call_back_due(clock.now(), typed["due"])
    owner = owner_of(typed["owner"], by)
    made = promise(
        hub_id=hub.pk, kind=CALL_BACK, subject=SUBJECT, ref=caller.ref, due_at=due_at, owner=owner, team="" if owner else Roles.OPERATOR,
        note=typed["about"], by=by,
    )  # fmt: skip
    return DeskDone("", reverse("promises:inspect", args=[made.pk]), (sentence(due_at),))


def owner_of(chosen: str, by: Any) -> Any:
    """Oneself, nobody yet, or a colleague whom the form offered."""
    if chosen == TEAM:
        return None
    return by if chosen == ME else User.objects.get(pk=chosen)


def refuse_second(caller: Caller) -> None:
    """One call-back a call: a second would be the first one unchanged, and say otherwise."""
    if Promise.objects.open().about(SUBJECT, caller.ref).filter(kind=CALL_BACK).exists():
        raise RuleBroken.of("call_back_open")


def sentence(due_at: Any) -> str:
    """What is said to the caller."""
    return _("We ring you back by %(when)s at the latest.") % {"when": moment_words(due_at, spoken=True)}
