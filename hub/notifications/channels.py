"""The doors through which messages leave the house: one for each way."""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage

from hub.notifications.models import Message
from hub.notifications.states import Channels


class Refused(Exception):
    """The other side will never take this message. The text is a code of theirs, without personal data."""


class NotNow(Exception):
    """The other side cannot take it at the moment. The text is a code of theirs, without personal data."""


def send(message: Message) -> None:
    """Hand `message` to the outside. Raises Refused or NotNow; anything else raised is taken for NotNow."""
    DOORS[message.channel](message)


def send_sms(message: Message) -> None:
    """By the provider that SMS_PROVIDER names."""
    name = getattr(settings, "SMS_PROVIDER", "outbox")
    if name not in SMS_PROVIDERS:
        raise NotNow(f"SMS_PROVIDER {name} is unknown")
    SMS_PROVIDERS[name](message)


def keep_in_outbox(message: Message) -> None:
    """Nothing leaves the house: the message stands on the outbox page. What the demo and a new hub do."""


def send_by_tencent(message: Message) -> None:
    """By Tencent Cloud; its package is an extra and is asked for only here."""
    from hub.notifications import tencent

    tencent.send_sms(message)


def send_email(message: Message) -> None:
    """By Django's mail settings. The message's key is its id, so that a second copy can be told from the first."""
    subject, _newline, _rest = message.text.partition("\n")
    mail = EmailMessage(subject[:78], message.text, to=[message.email], headers={"Message-ID": f"<{message.key}@{message.hub.site.hostname}>"})
    mail.send()


SMS_PROVIDERS: dict[str, Callable[[Message], None]] = {"outbox": keep_in_outbox, "tencent": send_by_tencent}
DOORS: dict[str, Callable[[Message], None]] = {Channels.SMS: send_sms, Channels.EMAIL: send_email}
