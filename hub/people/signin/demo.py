"""What the sign-in page tells in the demo, and nowhere else."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from hub.people.models import User
from hub.people.signin import gateway

LOGINS = (
    *("resident", "neighbour", "elder", "guardian", "organisation", "operator", "clerk", "provider", "volunteer", "coordinator"),
    *("reviewer", "reviewer2", "reviewer3", "editor", "publisher", "director", "admin", "stranger"),
)


def box(request: HttpRequest) -> dict[str, Any]:
    """The logins that are there (password = username) and the code that was just "sent"; empty unless HUB_DEMO."""
    if not settings.HUB_DEMO:
        return {}
    waiting = gateway.PhoneCode.of(request)
    there = set(User.objects.filter(username__in=LOGINS, is_active=True).values_list("username", flat=True))
    return {"demo": {"logins": [name for name in LOGINS if name in there], "code": waiting.shown_code if waiting else ""}}
