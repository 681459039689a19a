"""Messages for tests."""

import factory

from hub.core import clock
from hub.notifications.models import Message
from hub.notifications.states import Channels, States


class MessageFactory(factory.django.DjangoModelFactory):
    """A text message that waits to be sent; give it a `hub`."""

    class Meta:
        model = Message

    key = factory.Sequence(lambda n: f"test-{n}")
    kind = "test"
    channel = Channels.SMS
    phone = factory.Sequence(lambda n: f"1380000{n % 10000:04d}")
    text = "您好，书画活动室已为您留好。"
    state = States.WAITING
    created_at = factory.LazyFunction(clock.now)
    send_after = factory.LazyAttribute(lambda message: message.created_at)


class CallFactory(MessageFactory):
    """Somebody who can only be rung."""

    channel = Channels.CALL
    phone = factory.Sequence(lambda n: f"03716600{n % 10000:04d}")
    state = States.TO_RING
