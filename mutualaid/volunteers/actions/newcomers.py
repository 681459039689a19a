"""An account nobody in our books belongs to signs up: name and number are written down, with the consent."""

from typing import Any

from django.db import transaction

from hub.core.errors import RuleBroken
from hub.hubs.models import Hub
from hub.people.actions.consents import record_consent
from hub.people.actions.residents import add_resident
from hub.people.models import Resident
from hub.people.queries import resident_of
from hub.people.states import CONSENT_TEXT_VERSION, Channels, ConsentPurposes


@transaction.atomic
def enter_newcomer(*, hub: Hub, user: Any, name: str, phone: str, has_agreed: bool) -> Resident:
    """The resident behind the account, entered where there was none. RuleBroken without the consent."""
    if (known := resident_of(user, hub)) is not None:
        return known
    if not has_agreed:
        raise RuleBroken.of("keeping_not_agreed", "keep")
    made = add_resident(hub=hub, name=name, by=user, phones=[phone], user=user, channel=Channels.WEB)
    record_consent(resident=made, purpose=ConsentPurposes.BASIC, text_version=CONSENT_TEXT_VERSION, channel=Channels.WEB, by=user)
    return made
