"""What goes out after the commit."""

from django_tasks import task

from hub.notifications.actions import send_now
from hub.notifications.models import Message
from hub.notifications.states import States


@task
def send_code(key: str) -> None:
    """Send a code at once, and forget it: its text is blank as soon as it has gone."""
    if send_now(key=key):
        Message.objects.filter(key=key, state=States.SENT).update(text="")
