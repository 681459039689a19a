"""A team of volunteers, who is in it, how it trains, and the homes its members visit."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from hub.core.bilingual import in_page_language, marked
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Resident
from hub.places.models import Community
from mutualaid.volunteers.rules import MOST_HOMES


class TeamQuerySet(HubQuerySet):
    """Teams …"""

    def active(self) -> Self:
        """… that are at work."""
        return self.filter(is_active=True)


class Team(HubOwned, ClusterableModel):
    """Who volunteers together."""

    name_zh = models.CharField(_("name in Chinese"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    about_zh = models.CharField(_("what they do, in Chinese"), max_length=200, blank=True)
    about_en = models.CharField(_("what they do, in English"), max_length=300, blank=True)
    is_active = models.BooleanField(_("at work"), default=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team of volunteers")
        verbose_name_plural = _("teams of volunteers")
        ordering = ["name_zh", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "name_zh"], name="team_once_a_hub", violation_error_message=_("There is a team of this name already."))
        ]

    def __str__(self) -> str:
        return self.name_zh

    if TYPE_CHECKING:
        id: int

    @property
    def name(self) -> str:
        """In the page's language."""
        return in_page_language(self, "name")

    @property
    def marked_name(self) -> str | SafeString:
        """For HTML, marked when it is Chinese on an English page; so is the next."""
        return marked(self, "name")

    @property
    def marked_about(self) -> str | SafeString:
        return marked(self, "about")


class Honour(models.Model):
    """What a team was honoured with."""

    HUB_PATH = "team__hub"

    team = ParentalKey(Team, on_delete=models.CASCADE, related_name="honours", verbose_name=pgettext_lazy("volunteers", "team"))
    given_on = models.DateField(_("given on"))
    title_zh = models.CharField(_("honour, in Chinese"), max_length=80)
    title_en = models.CharField(_("honour, in English"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("honour of a team")
        verbose_name_plural = _("honours of a team")
        ordering = ["-given_on", "id"]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def marked_title(self) -> str | SafeString:
        """For HTML, marked when it is Chinese on an English page."""
        return marked(self, "title")


class MemberQuerySet(HubQuerySet):
    """Members …"""

    def on(self, day: date) -> Self:
        """… who belong to their team on `day`."""
        return self.filter(Q(left_on=None) | Q(left_on__gte=day), joined_on__lte=day)

    def to_choose(self) -> Self:
        """… with all that `masked_words` reads."""
        return self.select_related("resident", "team").prefetch_related("resident__phones")


class Member(HubOwned, ClusterableModel):
    """A resident in a team, from one day to another, and the communities they are paired with."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members", verbose_name=pgettext_lazy("volunteers", "team"))
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("resident"))
    is_leader = models.BooleanField(_("leads the team"), default=False)
    is_party_member = models.BooleanField(_("party member or applicant"), default=False)
    joined_on = models.DateField(_("joined"))
    left_on = models.DateField(_("last day"), null=True, blank=True)
    communities = ParentalManyToManyField(Community, blank=True, related_name="+", verbose_name=_("paired with"))

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of a team")
        ordering = ["team__name_zh", "-is_leader", "joined_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "resident"], name="member_once_a_team", condition=Q(left_on=None),
                violation_error_message=_("This person is in the team already."),
            ),
            models.UniqueConstraint(
                fields=["team"], name="member_leads_alone", condition=Q(is_leader=True, left_on=None),
                violation_error_message=_("The team has a leader already. Please take that away first."),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="member_dates_in_order",
                violation_error_message=_("The last day lies before the first. Please correct the dates."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.resident.masked_name} · {self.team}"

    if TYPE_CHECKING:
        id: int
        team_id: int
        resident_id: int

    @property
    def masked_name(self) -> str:
        """As lists show it."""
        return self.resident.masked_name

    @property
    def masked_phone(self) -> str:
        """Tells two of the same masked name apart."""
        return next((phone.masked_number for phone in self.resident.phones.all()), "")

    @property
    def masked_words(self) -> str:
        """As a list to choose from shows a member."""
        return " · ".join(part for part in (f"{self.masked_name} {self.masked_phone}".strip(), str(self.team)) if part)


class Training(HubOwned, ClusterableModel):
    """Prepared together, presented by one."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="trainings", verbose_name=pgettext_lazy("volunteers", "team"))
    held_on = models.DateField(_("day"))
    topic = models.CharField(_("topic"), max_length=80)
    presenter = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("presented by"))
    attendees = ParentalManyToManyField(Member, blank=True, related_name="+", verbose_name=_("who was there"))
    listeners_count = models.PositiveIntegerField(_("listeners from outside"), default=0)

    class Meta:
        verbose_name = _("training of a team")
        verbose_name_plural = _("trainings of a team")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "held_on", "topic"], name="training_once_a_day", violation_error_message=_("This training is written down already.")
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.topic}"

    if TYPE_CHECKING:
        team_id: int
        presenter_id: int


class VisitRound(HubOwned):
    """The homes a member called at on one day: how many, and how many were helped to apply for something."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="visit_rounds", verbose_name=_("member"))
    community = models.ForeignKey(Community, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("community"))
    made_on = models.DateField(_("day"))
    homes_count = models.PositiveIntegerField(_("homes visited"))
    helped_count = models.PositiveIntegerField(_("of these helped to apply"), default=0)

    class Meta:
        verbose_name = _("round of home visits")
        verbose_name_plural = _("rounds of home visits")
        ordering = ["-made_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "community", "made_on"], name="visit_round_once_a_day",
                violation_error_message=_("This member's round of that day is written down already."),
            ),
            models.CheckConstraint(
                condition=Q(homes_count__gte=1, homes_count__lte=MOST_HOMES), name="visit_round_of_homes",
                violation_error_message=_("How many homes? Please write a number from 1 to 10000."),
            ),
            models.CheckConstraint(
                condition=Q(helped_count__lte=F("homes_count")), name="visit_round_helped_some",
                violation_error_message=_("More homes were helped than visited. Please mend one of the numbers."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.made_on} {self.member}"

    if TYPE_CHECKING:
        member_id: int
