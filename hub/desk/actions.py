"""What can be done with a call: open it, say who it is, keep what is typed, do something in it, wrap it up."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import DeskDone, DeskTask, desk_tasks
from hub.core.locks import lock_number
from hub.core.references import new_token
from hub.desk import call_rules as rules
from hub.desk.callers import SUBJECT, caller_of
from hub.desk.models import Call, WrapUpCode
from hub.desk.states import Directions
from hub.people.actions.residents import add_resident
from hub.people.models import Resident
from hub.people.queries import likely_same
from hub.people.states import Channels
from hub.promises.actions import keep, take
from hub.promises.models import Promise


@transaction.atomic
def open_call(
    *,
    hub: Any,
    by: Any,
    phone: str = "",
    name: str = "",
    person: Resident | None = None,
    channel: str = Channels.PHONE,
    direction: str = Directions.IN,
    answers: Promise | None = None,
) -> Call:
    """A new call of this operator's; whose card it shows is written down. `phone` is in normal form."""
    if not (phone or name.strip() or person):
        raise RuleBroken.of("caller_unreachable", "name")
    call = Call.objects.create(
        hub=hub, token=new_token(), operator=by, channel=channel, direction=direction, phone=phone, name=name.strip(), person=person,
        started_at=clock.now(), answers=answers,
    )  # fmt: skip
    _write_line(call, "open_call", by, direction=str(direction))
    if person is not None:
        _note_look(call, by)
    return call


@transaction.atomic
def take_ring(*, hub: Any, by: Any, phone: str) -> Call:
    """A call that a softphone announces. Announced twice within moments it is one call; one person behind the number is chosen at once."""
    lock_number(phone)
    since = clock.now() - rules.SAME_RING
    rung = Call.objects.at(hub).open().filter(operator=by, phone=phone, direction=Directions.IN, started_at__gte=since).first()
    return rung or open_call(hub=hub, by=by, phone=phone, person=only_one_at(hub, phone))


@transaction.atomic
def note_missed(*, hub: Any, phone: str, by: Any = None) -> Call:
    """A call that nobody took; it stays on the board until somebody has rung back."""
    call = Call.objects.create(hub=hub, token=new_token(), direction=Directions.MISSED, phone=phone, person=only_one_at(hub, phone), started_at=clock.now())
    _write_line(call, "note_missed", by)
    return call


def only_one_at(hub: Any, phone: str) -> Resident | None:
    """The resident of a number that is one person's; of two nobody is guessed at."""
    rows = Resident.objects.at(hub).living().filter(phones__number=phone).distinct()[:2]
    return rows[0] if len(rows) == 1 else None


@transaction.atomic
def choose_person(*, call: Call, person: Resident, by: Any) -> Call:
    """It is this one who rings: the card is opened, which is written down."""
    held = _held(call, by)
    if held.person_id != person.pk:
        held.person = person
        held.save(update_fields=["person"])
        _note_look(held, by)
    return held


@transaction.atomic
def add_person(*, call: Call, name: str, by: Any, is_new: bool = False) -> Call:
    """Write an unknown caller down as a new resident, with the number of the call. RuleBroken when somebody like that is known, unless `is_new`."""
    held = _held(call, by)
    if held.person is not None:
        return held
    if not is_new and likely_same(held.hub, name=name.strip(), phones=[held.phone] if held.phone else []):
        raise RuleBroken.of("caller_likely_known", "is_new")
    held.person = add_resident(hub=held.hub, name=name, phones=[held.phone] if held.phone else [], by=by, channel=held.channel)
    held.name = held.person.name
    held.save(update_fields=["person", "name"])
    _note_look(held, by)
    return held


@transaction.atomic
def keep_draft(*, call: Call, task: str, typed: dict[str, Any], turn: int, by: Any) -> Call:
    """Keep what is typed for one task; nothing typed forgets it. What comes from a page of an earlier turn was done already: it is no draft."""
    held = _held(call, by)
    if turn != len(held.done):
        return held
    drafts = {**(held.draft or {}), task: typed}
    kept = {name: fields for name, fields in drafts.items() if fields}
    if kept != (held.draft or {}):
        held.draft = kept or None
        held.save(update_fields=["draft"])
    return held


@transaction.atomic
def take_over(*, call: Call, by: Any) -> Call:
    """A colleague goes on with a call. What the first one had typed is not theirs to read: it goes."""
    held = _locked(call)
    if not held.is_open:
        raise RuleBroken.of("call_closed")
    if held.operator_id != by.pk:
        before, held.operator, held.draft = held.operator_id, by, None
        held.save(update_fields=["operator", "draft"])
        _write_line(held, "take_over_call", by, operator=[before, by.pk])
        if held.person is not None:
            _note_look(held, by)
    return held


@transaction.atomic
def do_task(
    *,
    call: Call,
    task: DeskTask,
    typed: dict[str, Any],
    turn: int,
    digest: str,
    by: Any,
    code: WrapUpCode | None = None,
    note: str = "",
    drops_draft: bool = False,
) -> Call:
    """Do what was asked and, with `code`, wrap up: both or neither.

    `turn` is how many things the call had done when its page was made, `digest` tells what was typed: pressed twice it is done once.
    """
    held = _locked(call)
    if held.operator_id == by.pk and 0 <= turn < len(held.done) and held.done[turn]["digest"] == digest:
        return held
    held = _held(call, by)
    if turn != len(held.done):
        raise RuleBroken.of("done_otherwise")
    done = task.act(held.hub, caller_of(held), typed, by, task_token(held, task.name, turn))
    _put_down(held, task, done, digest)
    _write_line(held, "do_task", by, task=task.name, reference=done.reference)
    return wrap_up(call=held, code=code, note=note, by=by, drops_draft=drops_draft) if code is not None else held


def task_token(call: Call, task: str, turn: int) -> str:
    """What makes one press one order. It becomes the address of a private page: nobody can make it without the install's secret."""
    return salted_hmac("hub.desk.task", f"{call.token}:{task}:{turn}", algorithm="sha256").hexdigest()[:40]


def _put_down(held: Call, task: DeskTask, done: DeskDone, digest: str) -> None:
    """What was done stands on the call; what was typed for it is no draft any more."""
    held.done = [*held.done, {"task": task.name, "reference": done.reference, "url": done.url, "digest": digest}]
    held.said = [str(line) for line in done.read_back]
    held.draft = {name: fields for name, fields in (held.draft or {}).items() if name != task.name} or None
    held.save(update_fields=["done", "said", "draft"])


@transaction.atomic
def wrap_up(*, call: Call, code: WrapUpCode | None, by: Any, note: str = "", drops_draft: bool = False) -> Call:
    """Close a call with its code. RuleBroken without one, or while something typed was neither done nor dropped.

    Whoever was spoken to is rung back: missed calls of the same number are closed with it, and the call-back this call answers is kept.
    """
    held = _held(call, by)
    if code is None or code.hub_id != held.hub_id or not code.is_active:
        raise RuleBroken.of("call_code_missing", "code")
    if held.draft and not drops_draft:
        raise RuleBroken.of("call_task_left", "drop", tasks=_names(held.draft))
    now = clock.now()
    held.draft, held.wrap_up, held.note, held.closed_at = None, code, note.strip()[:300], now
    held.save(update_fields=["draft", "wrap_up", "note", "closed_at"])
    _write_line(held, "wrap_up", by, code=code.code)
    if code.was_reached:
        _settle(held, code, by)
    return held


def _settle(held: Call, code: WrapUpCode, by: Any) -> None:
    if held.phone:
        missed = Call.objects.at(held.hub).missed().open().filter(phone=held.phone)
        missed.update(closed_at=held.closed_at, wrap_up=code, operator=by)
    if held.answers is not None and held.answers.is_open:
        keep(promise=held.answers, by=by)


def _names(tasks: Iterable[str]) -> str:
    return _(", ").join(str(desk_tasks[name].label) if name in desk_tasks else name for name in tasks)


@transaction.atomic
def ring_missed(*, missed: Call, by: Any) -> Call:
    """Ring back somebody whom nobody answered; the missed call stays until that call is wrapped up. RuleBroken when somebody has."""
    held = _locked(missed)
    if not held.is_open:
        raise RuleBroken.of("call_back_over")
    return _mine_already(held.hub, by, phone=held.phone, answers=None) or open_call(
        hub=held.hub, by=by, phone=held.phone, person=held.person, direction=Directions.OUT
    )


@transaction.atomic
def ring_back(*, promise: Promise, by: Any) -> Call:
    """Keep a call-back: an outgoing call, the promise taken on. RuleBroken when somebody has settled it."""
    held: Promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if not held.is_open:
        raise RuleBroken.of("call_back_over")
    first = Call.objects.at(held.hub).filter(token=held.subject_ref).select_related("person").first() if held.subject_label == SUBJECT else None
    if first is None:
        raise RuleBroken.of("caller_unreachable")
    take(promise=held, by=by)
    return _mine_already(held.hub, by, phone=first.phone, answers=held) or open_call(
        hub=held.hub, by=by, phone=first.phone, name=first.name, person=first.person, channel=Channels.PHONE, direction=Directions.OUT, answers=held
    )


def _mine_already(hub: Any, by: Any, *, phone: str, answers: Promise | None) -> Call | None:
    """The outgoing call this operator has open for it: pressed twice it is one."""
    return Call.objects.at(hub).open().filter(operator=by, direction=Directions.OUT, phone=phone, answers=answers).first()


def blank_old() -> int:
    """Blank number, name, note, draft and words of calls older than a year; how many. That, when and with which code somebody rang stays."""
    before = clock.now() - rules.WORDS_ARE_KEPT_FOR
    return blank(Call.objects.filter(started_at__lt=before))


def blank(calls: Any) -> int:
    """What calls hold of somebody's; how many held anything."""
    return int(calls.with_words().update(phone="", name="", note="", draft=None, said=None))


def _locked(call: Call) -> Call:
    rows = Call.objects.select_for_update(of=("self",)).select_related("hub", "operator", "answers", "person__building__grid__community")
    held: Call = rows.get(pk=call.pk)
    return held


def _held(call: Call, by: Any) -> Call:
    """Locked, open, and this operator's; RuleBroken otherwise."""
    held = _locked(call)
    if not held.is_open:
        raise RuleBroken.of("call_closed")
    if held.operator_id != by.pk:
        raise RuleBroken.of("call_anothers", name=str(held.operator))
    return held


def _note_look(call: Call, by: Any) -> None:
    """Who saw whom."""
    person: Any = call.person
    write_line(
        hub_id=call.hub_id, actor=by, verb="open_card", subject="people.resident", ref=str(person.pk), for_person=person.masked_name, channel=call.channel,
        changes={"call": call.pk},
    )  # fmt: skip


def _write_line(call: Call, verb: str, by: Any, **changes: Any) -> None:
    write_line(hub_id=call.hub_id, actor=by, verb=verb, subject=SUBJECT, ref=str(call.pk), channel=call.channel, changes=changes)
