"""What a rule answers when the house says no. Free of Django, so that rules stay pure."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """One complaint: a code of core/errors.py, the field it belongs to, and the facts its sentence names."""

    code: str
    field: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
