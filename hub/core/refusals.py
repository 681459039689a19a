"""What a rule answers when the house says no. Free of Django, so that rules stay pure."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True)
class Refusal:
    """One complaint: a code of core/errors.py, the field it belongs to, and the facts its sentence names."""

    code: str
    field: str | None = None
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)
