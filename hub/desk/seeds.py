"""What every new hub's desk begins with."""

from typing import Any

from hub.desk.models import WrapUpCode
from hub.desk.states import FIRST_CODES


def open_codes(hub: Any) -> None:
    """The first wrap-up codes; one that stands is left as the director has it."""
    for place, (code, label_zh, label_en, was_reached) in enumerate(FIRST_CODES, 1):
        words = {"label_zh": label_zh, "label_en": label_en, "was_reached": was_reached, "sort_order": place * 10}
        WrapUpCode.objects.get_or_create(hub=hub, code=code, defaults=words)
