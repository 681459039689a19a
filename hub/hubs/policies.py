"""Wagtail's permission policies, answered by our own named questions (each app's permissions.py)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from wagtail.permission_policies.base import BasePermissionPolicy

Question = Callable[[Any, Any], bool]


class AskPolicy(BasePermissionPolicy):
    """`AskPolicy(Room, view=user_can_see_rooms, change=user_can_keep_rooms)`.

    A question takes the user and the row (None when it is asked of the kind of thing) and is the truth; an action without a question
    is forbidden to everybody.
    """

    def __init__(self, model: type[models.Model], **questions: Question) -> None:
        super().__init__(model)
        self.questions = questions

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_permission_for_instance(user, action, None)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if not user.is_active:
            return False
        if action == "view" and action not in self.questions:
            action = "change"
        question = self.questions.get(action)
        return bool(question and question(user, instance))

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        rows = self.model._default_manager
        return rows.filter(hub=user.acting_at) if self.user_has_any_permission(user, actions) else rows.none()

    def instances_user_has_permission_for(self, user: Any, action: str) -> Any:
        return self.instances_user_has_any_permission_for(user, [action])

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        return get_user_model()._default_manager.none()

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> Any:
        return get_user_model()._default_manager.none()
