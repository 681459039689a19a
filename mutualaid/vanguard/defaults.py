"""What a new hub finds: tags to choose from. Posts are its own."""

from typing import Any

from mutualaid.vanguard.models import RatingTag

TAGS = (
    ("热情耐心", "Friendly and patient", True), ("讲得清楚", "Explained clearly", True), ("办得快", "Quick", True), ("手艺好", "Good work", True),
    ("等得太久", "Waited too long", False), ("态度生硬", "Unfriendly", False), ("没讲明白", "Not explained", False), ("没办成", "Not done", False),
)  # fmt: skip


def open_tags(hub: Any) -> None:
    """Eight tags, unless the hub has some."""
    if not RatingTag.objects.at(hub).exists():
        RatingTag.objects.bulk_create(RatingTag(hub=hub, name_zh=chinese, name_en=english, is_praise=praise) for chinese, english, praise in TAGS)
