"""The hours book: filed by one, decided by another, put right by reversing; and the certificates drawn from it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core import clock
from hub.core.constraints import NoOverlap
from hub.core.letters import in_fours
from hub.core.references import new_token
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Resident
from mutualaid.volunteers.models.team import Team
from mutualaid.volunteers.rules import LONGEST, Span
from mutualaid.volunteers.states import HoursStates, Sources, TakesTime

no_overlap = NoOverlap(
    name="hours_never_twice", parts=("resident", "resident"), during=("starts_at", "ends_at"), state="takes_time", holding=("yes",),
    longest=LONGEST + timedelta(seconds=1),
)  # fmt: skip


class HoursQuerySet(HubQuerySet):
    """Entries …"""

    def counted(self) -> Self:
        """… whose minutes are summed: confirmed, reversals among them."""
        return self.filter(state=HoursStates.CONFIRMED)

    def filed(self) -> Self:
        """… that wait for somebody to decide."""
        return self.filter(state=HoursStates.FILED)

    def taking_time(self) -> Self:
        """… that keep their time from others of the same person."""
        return self.filter(takes_time=TakesTime.YES)

    def meeting(self, start: datetime, end: datetime) -> Self:
        """… of which a part lies in [start, end)."""
        return self.filter(starts_at__gt=start - LONGEST, starts_at__lt=end, ends_at__gt=start)


class HoursEntry(HubOwned):
    """One span of one person. `account` is the person's own, copied so that the database itself can forbid that they confirm it.

    A reversal has the span of what it `reverses` and its minutes with a minus, so that sums by day and month come right.
    """

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("volunteer"))
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False, editable=False)
    token = models.CharField(max_length=43, editable=False, default=new_token)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=pgettext_lazy("volunteers", "team")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    minutes = models.IntegerField(_("minutes"))
    what = models.CharField(_("what was done"), max_length=100, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Sources.choices)
    state = models.CharField(_("state"), max_length=10, choices=HoursStates.choices, default=HoursStates.FILED)
    takes_time = models.CharField(max_length=3, choices=TakesTime.choices, default=TakesTime.YES, editable=False)
    is_end_assumed = models.BooleanField(_("did not check out: the shift's end was taken"), default=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("filed by"),
        help_text=_("Empty: by the house itself."),
    )  # fmt: skip
    filed_at = models.DateTimeField(_("filed"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal", verbose_name=_("reverses"))
    correction = models.CharField(_("correction asked for"), max_length=200, blank=True)
    subject_label = models.CharField(_("about what"), max_length=40, blank=True)
    subject_ref = models.CharField(_("which"), max_length=43, blank=True)

    objects = HoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the hours book")
        verbose_name_plural = _("entries of the hours book")
        ordering = ["-starts_at", "-id"]
        indexes = [
            # read alone, without the table, when everybody's minutes are summed; the state stands in it because SQLite, asked with a parameter, looks it up
            models.Index(fields=["hub", "resident", "starts_at", "minutes", "state"], name="hours_summed", condition=Q(state="confirmed")),
            models.Index(fields=["resident", "starts_at"], name="hours_of_person"),
            models.Index(fields=["hub", "starts_at", "ends_at"], name="hours_at_hub"),
            models.Index(fields=["hub", "filed_at"], name="hours_to_decide", condition=Q(state="filed")),
        ]
        constraints = [
            no_overlap,
            models.UniqueConstraint(fields=["token"], name="hours_token_once"),
            models.UniqueConstraint(fields=["subject_label", "subject_ref"], name="hours_once_a_subject", condition=~Q(subject_ref="") & Q(reverses=None)),
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")) & Q(ends_at__lte=F("starts_at") + LONGEST), name="hours_times_in_order"),
            models.CheckConstraint(condition=Q(reverses=None, minutes__gt=0) | Q(reverses__isnull=False, minutes__lt=0), name="hours_signs"),
            models.CheckConstraint(
                condition=Q(state=HoursStates.FILED, decided_at=None, decided_by=None)
                | ~Q(state=HoursStates.FILED) & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="hours_decided_by_somebody",
            ),
            models.CheckConstraint(condition=Q(decided_by=None) | Q(filed_by=None) | ~Q(decided_by=F("filed_by")), name="hours_not_by_who_filed"),
            models.CheckConstraint(condition=Q(decided_by=None) | Q(account=None) | ~Q(decided_by=F("account")), name="hours_not_ones_own"),
            models.CheckConstraint(condition=~Q(state=HoursStates.REFUSED) | ~Q(reason=""), name="hours_refused_has_a_reason"),
            models.CheckConstraint(condition=Q(reverses=None) | Q(state=HoursStates.CONFIRMED, takes_time=TakesTime.NO), name="hours_reversal_counts"),
            models.CheckConstraint(condition=~Q(state=HoursStates.REFUSED) | Q(takes_time=TakesTime.NO), name="hours_refused_take_no_time"),
            models.CheckConstraint(condition=~Q(state=HoursStates.FILED) | Q(takes_time=TakesTime.YES), name="hours_filed_take_time"),
        ]

    def __str__(self) -> str:
        return f"{clock.local(self.starts_at):%Y-%m-%d %H:%M} {self.resident}"

    if TYPE_CHECKING:
        id: int
        resident_id: int
        account_id: int | None
        team_id: int | None
        filed_by_id: int | None
        decided_by_id: int | None
        reverses_id: int | None

        def get_state_display(self) -> str: ...
        def get_source_display(self) -> str: ...

    @property
    def span(self) -> Span:
        """On the wall clock of the house."""
        return clock.local(self.starts_at), clock.local(self.ends_at)

    @property
    def is_filed(self) -> bool:
        return self.state == HoursStates.FILED

    @property
    def is_reversed(self) -> bool:
        """Whether it was confirmed and then taken back."""
        return self.state == HoursStates.CONFIRMED and self.reverses_id is None and self.takes_time == TakesTime.NO

    @property
    def can_be_changed(self) -> bool:
        """By the volunteer: own hours nobody has decided about."""
        return self.is_filed and self.source == Sources.OWN

    @property
    def can_be_corrected(self) -> bool:
        """Confirmed, still standing, and nobody has asked yet."""
        return self.state == HoursStates.CONFIRMED and self.takes_time == TakesTime.YES and not self.correction


class Certificate(HubOwned):
    """Confirmed hours of one person from one day to another: what stood in the book when it was drawn, frozen."""

    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("volunteer"))
    number = models.CharField(_("number"), max_length=16)
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until and including"))
    minutes = models.PositiveIntegerField(_("minutes"))
    entries = models.ManyToManyField(HoursEntry, related_name="certificates", verbose_name=_("entries"))
    drawn_at = models.DateTimeField(_("drawn up"))
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("drawn up by")
    )

    class Meta:
        verbose_name = pgettext_lazy("of hours", "certificate")
        verbose_name_plural = pgettext_lazy("of hours", "certificates")
        ordering = ["-drawn_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="certificate_number_once"),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="certificate_dates_in_order"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="certificate_of_something"),
        ]

    def __str__(self) -> str:
        return self.grouped_number

    if TYPE_CHECKING:
        id: int
        resident_id: int

    @property
    def grouped_number(self) -> str:
        """7KQ2-M9XA-…"""
        return in_fours(self.number)

    @property
    def url(self) -> str:
        """The public page on which anybody can check it."""
        return reverse("volunteers:certificate", args=[self.grouped_number])

    def stands(self) -> bool:
        """Whether nothing of what it counts was reversed since."""
        return not self.entries.filter(reversal__isnull=False).exists()
