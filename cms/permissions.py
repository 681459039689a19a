"""Who may do what with the public site. Page by page Wagtail's own permissions decide; these questions are about the whole."""

from typing import Any

from hub.people.states import Roles

WRITES_PAGES = frozenset({Roles.EDITOR, Roles.PUBLISHER, Roles.DIRECTOR})


def user_can_write_pages(user: Any, page: Any = None) -> bool:
    """Editors, publishers and the director write at their own hub."""
    return bool(user.is_at_work_as(WRITES_PAGES))


def user_can_open_document(user: Any, document: Any) -> bool:
    """A file of this hub is public once a live page leads to it; before that, those who write pages see it."""
    if user.acting_at is None or not document.is_kept_at(user.acting_at):
        return False
    return bool(document.is_published() or (user.is_authenticated and user_can_write_pages(user)))
