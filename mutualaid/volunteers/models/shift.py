"""What can be done, when, and who has signed up for it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.core import clock
from hub.core.bilingual import in_page_language, marked
from hub.hubs.models import HubOwned, HubQuerySet
from hub.people.models import Resident
from hub.people.models.behalf import OnBehalf
from mutualaid.volunteers.models.team import Team
from mutualaid.volunteers.rules import LONGEST, MOST_PLACES, ShiftFacts, Span
from mutualaid.volunteers.states import LIVES, SignUpStates


class Opportunity(HubOwned):
    """A kind of work that shifts are of."""

    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="opportunities", verbose_name=pgettext_lazy("volunteers", "team")
    )
    name_zh = models.CharField(_("name in Chinese"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    about_zh = models.CharField(_("what is done, in Chinese"), max_length=200)
    about_en = models.CharField(_("what is done, in English"), max_length=300, blank=True)
    where_zh = models.CharField(_("where, in Chinese"), max_length=80)
    where_en = models.CharField(_("where, in English"), max_length=120, blank=True)
    needs_zh = models.CharField(_("what one should be able to do, in Chinese"), max_length=100, blank=True)
    needs_en = models.CharField(_("what one should be able to do, in English"), max_length=150, blank=True)
    youngest = models.PositiveSmallIntegerField(
        _("youngest age"), default=0, validators=[MaxValueValidator(80)], help_text=_("0: everybody. Who is under 18 needs a guardian's word as well.")
    )
    withdraw_hours = models.PositiveSmallIntegerField(_("can withdraw until so many hours before"), default=24, validators=[MaxValueValidator(14 * 24)])
    is_published = models.BooleanField(_("shown"), default=True)

    class Meta:
        verbose_name = _("kind of volunteer work")
        verbose_name_plural = _("kinds of volunteer work")
        ordering = ["name_zh", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "name_zh"], name="opportunity_once_a_hub", violation_error_message=_("There is work of this name already."))
        ]

    def __str__(self) -> str:
        return self.name_zh

    if TYPE_CHECKING:
        id: int
        team_id: int | None

    @property
    def name(self) -> str:
        """In the page's language."""
        return in_page_language(self, "name")

    @property
    def where(self) -> str:
        """In the page's language."""
        return in_page_language(self, "where")

    @property
    def marked_name(self) -> str | SafeString:
        """For HTML, marked when it is Chinese on an English page; so are the next three."""
        return marked(self, "name")

    @property
    def marked_about(self) -> str | SafeString:
        return marked(self, "about")

    @property
    def marked_where(self) -> str | SafeString:
        return marked(self, "where")

    @property
    def marked_needs(self) -> str | SafeString:
        return marked(self, "needs")


class ShiftQuerySet(HubQuerySet):
    """Shifts …"""

    def open(self, now: datetime) -> Self:
        """… that the public can sign up for: shown, not begun, not called off."""
        return self.filter(opportunity__is_published=True, called_off_at=None, starts_at__gt=now)

    def with_going(self) -> Self:
        """… with `going_count`, how many have a place, and `waiting_count`."""
        states = {"going_count": SignUpStates.GOING, "waiting_count": SignUpStates.WAITING}
        return self.annotate(**{name: models.Count("sign_ups", filter=Q(sign_ups__state=state)) for name, state in states.items()})


class Shift(HubOwned):
    """One time of one kind of work. `ref` stands in its public address; `code` is read at the place and shows that somebody is there."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="shifts", verbose_name=_("work"))
    ref = models.CharField(max_length=10, editable=False)
    code = models.CharField(_("code at the place"), max_length=6, editable=False)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    places_count = models.PositiveSmallIntegerField(_("places"), default=6, validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)])
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True, editable=False)
    settled_at = models.DateTimeField(_("hours written"), null=True, blank=True, editable=False)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("volunteering", "shift")
        verbose_name_plural = pgettext_lazy("volunteering", "shifts")
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["hub", "starts_at"], name="shift_hub_from")]
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="shift_ref_once"),
            models.UniqueConstraint(fields=["hub", "code"], name="shift_code_once"),
            models.UniqueConstraint(
                fields=["opportunity", "starts_at"], name="shift_once_at_a_time", condition=Q(called_off_at=None),
                violation_error_message=_("A shift of this work begins at that time already."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")) & Q(ends_at__lte=F("starts_at") + LONGEST), name="shift_times_in_order",
                violation_error_message=_("A shift ends after it begins, and lasts 24 hours at most. Please mend the times."),
            ),
            models.CheckConstraint(
                condition=Q(places_count__gte=1, places_count__lte=MOST_PLACES), name="shift_has_places",
                violation_error_message=_("How many places? Please write a number from 1 to 500."),
            ),
            models.CheckConstraint(condition=Q(called_off_at=None, reason="") | Q(called_off_at__isnull=False) & ~Q(reason=""), name="shift_off_has_a_reason"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{clock.local(self.starts_at):%Y-%m-%d %H:%M} {self.opportunity}"

    if TYPE_CHECKING:
        id: int
        opportunity_id: int
        going_count: int
        waiting_count: int

    @property
    def url(self) -> str:
        """Its public page."""
        return reverse("volunteers:shift", args=[self.ref])

    @property
    def span(self) -> Span:
        """On the wall clock of the house."""
        return clock.local(self.starts_at), clock.local(self.ends_at)

    @property
    def facts(self) -> ShiftFacts:
        """What the rules ask of it."""
        return ShiftFacts(self.span, self.opportunity.youngest, self.called_off_at is not None)

    @property
    def withdraw_by(self) -> datetime:
        """Until then a volunteer withdraws without asking."""
        return self.starts_at - timedelta(hours=self.opportunity.withdraw_hours)

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None

    def places_left(self) -> int:
        """Of a shift that was asked for `with_going`."""
        return max(self.places_count - self.going_count, 0)

    def has_begun(self, now: datetime) -> bool:
        return self.starts_at <= now


class SignUpQuerySet(HubQuerySet):
    """Sign-ups …"""

    def living(self) -> Self:
        """… that hold a place or wait for one."""
        return self.filter(state__in=LIVES)

    def going(self) -> Self:
        """… that hold a place."""
        return self.filter(state=SignUpStates.GOING)

    def in_turn(self) -> Self:
        """… that wait, in the order they came."""
        return self.filter(state=SignUpStates.WAITING).order_by("id")


class SignUp(HubOwned, OnBehalf):
    """One person in one shift. Who has a place has its number, `place_no`; who was there has the moments they came and left."""

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="sign_ups", verbose_name=pgettext_lazy("volunteering", "shift"))
    token = models.CharField(max_length=43, editable=False)
    contact_phone = models.CharField(_("phone"), max_length=15, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SignUpStates.choices)
    place_no = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    asked_at = models.DateTimeField(_("signed up"))
    promoted_at = models.DateTimeField(_("moved up"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    came_at = models.DateTimeField(_("came"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    is_leaving_assumed = models.BooleanField(_("did not check out: the shift's end was taken"), default=False)
    wrong_codes_count = models.PositiveSmallIntegerField(_("wrong codes"), default=0)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up for a shift")
        verbose_name_plural = _("sign-ups for shifts")
        ordering = ["-shift__starts_at", "id"]
        indexes = [models.Index(fields=["shift", "id"], name="signup_in_turn", condition=Q(state=SignUpStates.WAITING))]
        constraints = [
            models.UniqueConstraint(fields=["token"], name="signup_token_once"),
            models.UniqueConstraint(fields=["shift", "for_person"], name="signup_once_a_shift", condition=Q(state__in=LIVES)),
            models.UniqueConstraint(fields=["shift", "place_no"], name="signup_place_once", condition=Q(state=SignUpStates.GOING)),
            models.CheckConstraint(
                condition=Q(state=SignUpStates.GOING, place_no__isnull=False) | ~Q(state=SignUpStates.GOING) & Q(place_no=None), name="signup_place_of_who_goes"
            ),
            models.CheckConstraint(condition=Q(for_person__isnull=False), name="signup_of_somebody"),
            models.CheckConstraint(
                condition=Q(state__in=LIVES, ended_at=None) | ~Q(state__in=LIVES) & Q(ended_at__isnull=False), name="signup_ended_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(came_at=None, left_at=None) | Q(came_at__isnull=False, state=SignUpStates.GOING), name="signup_came_had_a_place"
            ),
            models.CheckConstraint(condition=Q(left_at=None) | Q(left_at__gte=F("came_at")), name="signup_left_after_coming"),
        ]

    def __str__(self) -> str:
        return f"{self.shift} · {self.for_person}"

    if TYPE_CHECKING:
        id: int
        shift_id: int
        for_person_id: int
        asked_by_id: int | None

        def get_state_display(self) -> str: ...

    @property
    def url(self) -> str:
        """Its private page: the token is long, and in no list."""
        return reverse("volunteers:signup", args=[self.token])

    @property
    def person(self) -> Resident:
        """Whose it is; the database has nobody's."""
        assert self.for_person is not None  # noqa: S101  signup_of_somebody
        return self.for_person

    @property
    def lives(self) -> bool:
        """Whether it holds a place or waits for one."""
        return self.state in LIVES

    @property
    def is_going(self) -> bool:
        return self.state == SignUpStates.GOING

    def can_withdraw(self, now: datetime) -> bool:
        """Whether the volunteer can still withdraw without asking; who waits can until the shift begins."""
        return self.lives and (now <= self.shift.withdraw_by if self.is_going else not self.shift.has_begun(now))
