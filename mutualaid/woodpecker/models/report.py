"""What a reader reported, as it was sent; and who sent it, which can be blanked."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core.constraints import AppendOnly
from hub.core.names import masked_name
from hub.core.phones import masked
from hub.hubs.models import HubOwned
from hub.people.models import Resident
from hub.people.models.behalf import OnBehalf
from mutualaid.woodpecker.models.edition import Edition, papers
from mutualaid.woodpecker.states import Ways


class Reader(HubOwned):
    """Somebody who reports errors, once a hub: a resident, or a number that we do not know. One prize goes to one reader."""

    resident = models.ForeignKey(Resident, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("resident"))
    phone = models.CharField(_("phone"), max_length=15, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("newspaper", "reader")
        verbose_name_plural = pgettext_lazy("newspaper", "readers")
        constraints = [
            models.UniqueConstraint(fields=["hub", "resident"], name="reader_resident_once"),
            models.UniqueConstraint(fields=["hub", "phone"], name="reader_phone_once", condition=Q(resident=None) & ~Q(phone="")),
            models.CheckConstraint(condition=Q(resident=None) | Q(phone=""), name="reader_is_one_or_the_other"),
        ]

    def __str__(self) -> str:
        return str(self.resident) if self.resident else masked(self.phone) or "—"

    if TYPE_CHECKING:
        id: int
        resident_id: int | None


class Report(HubOwned):
    """As it was sent: the database refuses changes. What becomes of it stands in groupings, judgements and credits; who sent it in `sender`."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reports", verbose_name=pgettext_lazy("newspaper", "edition"))
    reference = models.CharField(_("number"), max_length=8)
    token = models.CharField(max_length=43, editable=False)
    body_digest = models.CharField(max_length=43, editable=False)
    page = models.PositiveSmallIntegerField(pgettext_lazy("newspaper", "page"))
    title = models.CharField(_("title of the article"), max_length=60)
    wrong = models.CharField(_("what is wrong"), max_length=500)
    right = models.CharField(_("the right words"), max_length=300, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    way = models.CharField(_("way"), max_length=10, choices=Ways.choices, default=Ways.WEB)
    received_at = models.DateTimeField(_("received"))
    typed_at = models.DateTimeField(_("written down"))

    class Meta:
        verbose_name = pgettext_lazy("newspaper", "report")
        verbose_name_plural = pgettext_lazy("newspaper", "reports")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["edition", "received_at", "id"], name="report_by_edition"),
            models.Index(fields=["hub", "-received_at", "-id"], name="report_by_hub"),
        ]
        constraints = [
            AppendOnly(name="report_append_only"),
            models.UniqueConstraint(fields=["reference"], name="report_reference_once"),
            models.UniqueConstraint(fields=["token"], name="report_token_once"),
            models.CheckConstraint(condition=Q(page__gte=1), name="report_has_a_page"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(wrong=""), name="report_says_what"),
            models.CheckConstraint(condition=Q(received_at__lte=models.F("typed_at")), name="report_received_before_typed"),
        ]

    def __str__(self) -> str:
        return self.reference

    if TYPE_CHECKING:
        id: int
        edition_id: int
        sender: "Sender"
        groupings: Any
        judgements: Any
        credits: Any

        def get_way_display(self) -> str: ...

    @property
    def url(self) -> str:
        """Its private page: the token is long, and in no list."""
        return reverse("woodpecker:report", args=[self.token])


def place_of_photo(sender: "Sender", filename: str) -> str:
    """A name by chance."""
    return f"photos/{secrets.token_hex(16)}-{filename}"


class Sender(OnBehalf):
    """Who sent a report, how to reach them, and how they like to be named; blanked when they ask for it."""

    HUB_PATH = "report__hub"

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="sender", verbose_name=pgettext_lazy("newspaper", "report"))
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="senders", verbose_name=pgettext_lazy("newspaper", "reader"))
    contact_name = models.CharField(_("name"), max_length=40, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=15, blank=True)
    prints_full_name = models.BooleanField(_("print my full name if I win"), default=False)
    photo = models.FileField(_("photo"), storage=papers, upload_to=place_of_photo, max_length=120, blank=True)

    class Meta:
        verbose_name = _("sender of a report")
        verbose_name_plural = _("senders of reports")
        indexes = [models.Index(fields=["contact_phone"], name="sender_phone")]

    def __str__(self) -> str:
        return self.masked_name

    if TYPE_CHECKING:
        id: int
        report_id: int
        reader_id: int
        for_person_id: int | None
        asked_by_id: int | None

    @property
    def masked_name(self) -> str:
        return masked_name(self.contact_name) or "—"

    @property
    def masked_phone(self) -> str:
        return masked(self.contact_phone)
