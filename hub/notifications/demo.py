"""Demo messages in every state. Invented people only."""

from datetime import datetime, timedelta
from typing import Any

from hub.core import clock
from hub.notifications.models import Message
from hub.notifications.states import Channels, Outcomes, States

ROWS: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("waiting", Channels.SMS, States.WAITING, "您好，您预约的书画活动室明天上午9点开始，地址南顺城街66号三楼。不来请提前取消，电话66212590。", {}),
    ("sent", Channels.SMS, States.SENT, "您好，舞蹈排练室已为您留好。来不了请提前取消，电话66212590。", {"tries_count": 1}),
    ("to-ring", Channels.CALL, States.TO_RING, "请告诉老人：棋牌活动室周三下午照常开放，直接来就行。", {}),
    ("not-reached", Channels.CALL, States.TO_RING, "请告诉老人：健康医疗站的体检改到周五上午。", {"tries_count": 1, "outcome": Outcomes.NOT_REACHED}),
    ("rung", Channels.CALL, States.RUNG, "请告诉老人：多功能厅的演出下午2点开始。", {"tries_count": 1, "outcome": Outcomes.TOLD}),
    ("failed", Channels.SMS, States.FAILED, "您好，您预约的会议室已经确认。", {"tries_count": 1, "last_error": "FailedOperation.PhoneNumberInBlacklist"}),
    ("given-up", Channels.EMAIL, States.GIVEN_UP, "会议室预约已确认\n您好，会议室已为贵单位留好。", {"tries_count": 6, "last_error": "SMTPServerDisconnected"}),
]


def seed(world: Any) -> None:
    """One message in every state a person may see; safe to call again. `world` has `hub` and `random`."""
    now = clock.now()
    Message.objects.bulk_create([_message(world, now, *row) for row in ROWS], ignore_conflicts=True)


def _message(world: Any, now: datetime, name: str, channel: str, state: str, text: str, more: dict[str, Any]) -> Message:
    written_at = now - timedelta(minutes=world.random.randrange(30, 600))
    is_done = state in {States.SENT, States.RUNG}
    digits = f"{world.random.randrange(10000):04d}"
    return Message(
        hub=world.hub,
        key=f"demo-{world.hub.slug}-{name}",
        kind="demo",
        channel=channel,
        phone={Channels.SMS: f"1380000{digits}", Channels.CALL: f"03716600{digits}"}.get(Channels(channel), ""),
        email="office@example.org" if channel == Channels.EMAIL else "",
        text=text,
        state=state,
        created_at=written_at,
        send_after=now + timedelta(hours=12) if state == States.WAITING else written_at,
        sent_at=written_at + timedelta(minutes=1) if is_done else None,
        **more,
    )
