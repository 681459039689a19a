"""Who does what at which hub."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.hubs.models import HubOwned
from hub.people.states import Roles


class Role(HubOwned):
    """One role of one user at one hub; granted and revoked by actions, which keep Wagtail's groups in step."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles", verbose_name=_("account"))
    role = models.CharField(_("role"), max_length=20, choices=Roles.choices)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["user", "hub", "role"], name="role_once_a_hub")]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    if TYPE_CHECKING:

        def get_role_display(self) -> str: ...
