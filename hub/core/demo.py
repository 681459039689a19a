"""The world the demo is put into: two hubs, a repeatable chance, a scale."""

import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class World:
    """What each app's demo seed gets. `notes` carries things from one seed to the next (users and residents by name)."""

    hub: Any
    second_hub: Any
    now: datetime
    random: random.Random
    scale: int = 1
    notes: dict[str, Any] = field(default_factory=dict)
