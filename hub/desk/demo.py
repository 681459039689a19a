"""Demo calls in every state, call-backs late and soon. Nobody real rang."""

from datetime import timedelta
from typing import Any

from hub.core import clock
from hub.core.references import new_token
from hub.desk.callers import CALL_BACK, SUBJECT
from hub.desk.models import Call, WrapUpCode
from hub.people.states import Channels, Roles
from hub.promises.models import Promise

# minutes ago, direction, channel, number, name said, whose card (of the people's notes), code, note
CALLS = [
    (18, "in", "phone", "13800009002", "马国强", "wheelchair", "answered", "问轮椅能不能上二楼"),
    (65, "in", "phone", "13800009003", "", "low_income", "ordered", ""),
    (90, "in", "counter", "", "", "elder", "complaint", "说走廊灯太暗"),
    (150, "out", "phone", "13800009004", "何𬭊", "hardship", "not_reached", ""),
    (26 * 60, "in", "phone", "037166001234", "王先生", "", "wrong_number", ""),
    (7, "in", "phone", "13800000001", "", "mother", "", ""),
    (40, "missed", "phone", "037166005678", "", "", "", ""),
    (22, "missed", "phone", "037166005678", "", "", "", ""),
    (12, "missed", "phone", "13800009001", "", "", "", ""),
]
# minutes ago, number, name, whose card, due in minutes from now, note
CALL_BACKS = [
    (80, "13800009003", "", "low_income", -20, "告诉他低保复核要带哪些材料"),
    (35, "13800009004", "何𬭊", "hardship", 45, "问困难补助发放时间"),
]


def seed(world: Any) -> None:
    """Calls of the operator's; safe to call again."""
    hub, notes = world.hub, world.notes
    operator = notes["users"]["operator"]
    if Call.objects.at(hub).exists():
        return
    codes = {code.code: code for code in WrapUpCode.objects.at(hub)}
    for ago, direction, channel, phone, name, key, code, note in CALLS:
        started = clock.now() - timedelta(minutes=ago)
        closed = {"closed_at": started + timedelta(minutes=3), "wrap_up": codes[code]} if code else {}
        put_call(hub, None if direction == "missed" else operator, notes["residents"].get(key), started, direction, channel, phone, name, note=note, **closed)
    for ago, phone, name, key, due_in, note in CALL_BACKS:
        started = clock.now() - timedelta(minutes=ago)
        closed = {"closed_at": started + timedelta(minutes=2), "wrap_up": codes["call_back"]}
        call = put_call(hub, operator, notes["residents"].get(key), started, "in", Channels.PHONE, phone, name, **closed)
        due_at = clock.now() + timedelta(minutes=due_in)
        Promise.objects.create(
            hub=hub, kind=CALL_BACK, subject_label=SUBJECT, subject_ref=call.token, due_at=due_at, team=Roles.OPERATOR, note=note, made_at=started,
            owner=operator if due_in < 0 else None, taken_at=started if due_in < 0 else None,
        )  # fmt: skip


def put_call(hub: Any, operator: Any, person: Any, started: Any, direction: str, channel: str, phone: str, name: str, **more: Any) -> Call:
    """One call, written past the actions: it lies in the past."""
    made: Call = Call.objects.create(
        hub=hub, token=new_token(), operator=operator, person=person, started_at=started, direction=direction, channel=channel, phone=phone, name=name, **more
    )
    return made
