"""Public bodies, firms and social organisations."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.bilingual import in_page_language
from hub.core.names import masked_name
from hub.core.phones import masked
from hub.hubs.models import HubOwned
from hub.people.states import OrganisationKinds


class Organisation(HubOwned):
    """One organisation. Those of the area, council member or not, use the rooms marked so free of charge."""

    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=OrganisationKinds.choices)
    address_zh = models.CharField(_("address"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=15, blank=True)
    is_of_the_area = models.BooleanField(_("of the area"), default=True, help_text=_("Organisations of the area use the meeting rooms free."))
    is_council_member = models.BooleanField(_("member of the council"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_zh"]
        constraints = [models.UniqueConstraint(fields=["hub", "name_zh"], name="organisation_once_a_hub")]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        """In the page's language."""
        return in_page_language(self, "name")

    @property
    def has_free_rooms(self) -> bool:
        """Whether rooms marked free for organisations of the area are free for this one."""
        return self.is_of_the_area and self.is_active


class OrganisationContact(HubOwned):
    """Who speaks for an organisation: an account, or a name and a phone."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("organisation"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="organisation_contacts", verbose_name=_("account")
    )
    name = models.CharField(_("name"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=15, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("contact of an organisation")
        verbose_name_plural = _("contacts of organisations")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="contact_once_an_organisation"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | ~models.Q(name="") & ~models.Q(phone=""), name="contact_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return masked_name(self.name) or str(self.user)

    @property
    def masked_phone(self) -> str:
        return masked(self.phone)

    if TYPE_CHECKING:
        organisation_id: int
        user_id: int | None
