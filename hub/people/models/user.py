"""An account: one verified mobile number, or a staff username."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core import clock


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # reverse names of Wagtail's abstract image and document
    """Somebody who can sign in. A person without an account is a Resident; e-mail is never needed."""

    username = models.CharField(_("username"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    phone = models.CharField(_("mobile number"), max_length=15, unique=True, null=True, blank=True)
    phone_verified = models.BooleanField(_("number verified"), default=False)
    name = models.CharField(_("name"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_staff = models.BooleanField(default=False, editable=False)  # Django's and Wagtail's user screens ask for it
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=clock.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    acting_at: Any = None  # the hub of the request this user is in; set by HubMiddleware

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """Wagtail's greeting asks for one; here a name is one piece."""
        return self.name

    @property
    def last_name(self) -> str:
        return ""

    def roles_at(self, hub_id: int) -> frozenset[str]:
        """The roles at one hub, asked once for this object's life (a request)."""
        known: dict[int, frozenset[str]] = self.__dict__.setdefault("_roles", {})
        if hub_id not in known:
            known[hub_id] = frozenset(self.roles.filter(hub_id=hub_id).values_list("role", flat=True)) if self.is_active else frozenset()
        return known[hub_id]

    def has_a_role(self) -> bool:
        """Whether this user works at the hub it acts at."""
        return self.acting_at is not None and bool(self.roles_at(self.acting_at.pk))

    def is_at_work_as(self, roles: Iterable[str]) -> bool:
        """Whether this user has one of `roles` at the hub it acts at."""
        return self.acting_at is not None and not self.roles_at(self.acting_at.pk).isdisjoint(roles)
