"""The schemes that add to the contribution book. A scheme that stands on the hours book registers itself here from its own joins.py."""

from dataclasses import dataclass

from django.utils.functional import Promise

from hub.core.registry import Registry


@dataclass(frozen=True)
class Scheme:
    """`name` stands on every row, `label` is what the resident reads: an error found, a suggestion adopted."""

    name: str
    label: Promise


schemes: Registry[Scheme] = Registry()
