"""Errors as the reviewers put them together, and what they think of them."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hub.core.bilingual import in_page_language
from hub.core.constraints import AppendOnly
from hub.hubs.models import HubOwned, HubQuerySet
from mutualaid.woodpecker.models.edition import Edition
from mutualaid.woodpecker.models.report import Report
from mutualaid.woodpecker.rules import MOST_POINTS, MOST_WEIGHT
from mutualaid.woodpecker.states import Reasons, Statuses, Verdicts

EDITION = pgettext_lazy("newspaper", "edition")
REPORT = pgettext_lazy("newspaper", "report")
ERROR = pgettext_lazy("newspaper", "error")
BY: dict[str, Any] = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+", "db_index": False}


class ErrorKind(HubOwned):
    """What sort of error, and how much it weighs."""

    name_zh = models.CharField(_("name in Chinese"), max_length=20)
    name_en = models.CharField(_("name in English"), max_length=40, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1, help_text=_("The panel's points are multiplied by it: 1 to 10."))
    is_light = models.BooleanField(_("light"), default=False, help_text=_("Of light errors only the best few count for one reader."))
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("kind of error")
        verbose_name_plural = _("kinds of errors")
        ordering = ["-weight", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "name_zh"], name="error_kind_once_a_hub"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=MOST_WEIGHT), name="error_kind_weighs"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_page_language(self, "name")

    if TYPE_CHECKING:
        id: int


class ErrorQuerySet(HubQuerySet):
    """Errors …"""

    def standing(self) -> Self:
        """… that have reports."""
        return self.filter(dissolved_at=None)

    def valid(self) -> Self:
        """… that are errors."""
        return self.standing().filter(verdict=Verdicts.VALID)

    def to_settle(self) -> Self:
        """… that the reviewers are not done with."""
        return self.standing().filter(status=Statuses.OPEN)


class CanonicalError(HubOwned):
    """One error of an edition, whoever found it. `version` goes up with every change, so that nobody decides over what they have not seen.
    When its last report leaves, it is dissolved."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="errors", verbose_name=EDITION)
    page = models.PositiveSmallIntegerField(pgettext_lazy("newspaper", "page"))
    title = models.CharField(_("title of the article"), max_length=60)
    what = models.CharField(_("what is wrong"), max_length=300)
    right = models.CharField(_("the right words"), max_length=300, blank=True)
    kind = models.ForeignKey(ErrorKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of error"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdicts.choices, default=Verdicts.UNDECIDED)
    reason_code = models.CharField(_("reason"), max_length=15, choices=Reasons.choices, blank=True)
    reply = models.CharField(_("what readers are told"), max_length=300, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Statuses.choices, default=Statuses.OPEN)
    decided_by = models.ForeignKey(**BY, null=True, blank=True, verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("made"))
    dissolved_at = models.DateTimeField(_("dissolved"), null=True, blank=True)

    objects = ErrorQuerySet.as_manager()

    class Meta:
        verbose_name = ERROR
        verbose_name_plural = pgettext_lazy("newspaper", "errors")
        ordering = ["edition", "page", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(page__gte=1), name="error_has_a_page"),
            models.CheckConstraint(condition=~Q(verdict=Verdicts.VALID) | Q(kind__isnull=False), name="error_valid_has_a_kind"),
            models.CheckConstraint(condition=~Q(verdict=Verdicts.INVALID) | ~Q(reason_code=""), name="error_invalid_has_a_reason"),
            models.CheckConstraint(
                condition=Q(verdict=Verdicts.UNDECIDED, decided_at=None) | ~Q(verdict=Verdicts.UNDECIDED) & Q(decided_at__isnull=False),
                name="error_decided_has_a_time",
            ),
            models.CheckConstraint(condition=~Q(status=Statuses.SETTLED) | ~Q(verdict=Verdicts.UNDECIDED), name="error_settled_is_decided"),
        ]

    def __str__(self) -> str:
        return f"{gettext('page %(n)s') % {'n': self.page}} {self.title}"

    if TYPE_CHECKING:
        id: int
        edition_id: int
        kind_id: int | None
        groupings: Any

        def get_verdict_display(self) -> str: ...
        def get_status_display(self) -> str: ...
        def get_reason_code_display(self) -> str: ...


class Grouping(models.Model):
    """A report stood under an error from `at` to `ended_at`. Nothing is ever deleted: taking it out ends the row."""

    HUB_PATH = "report__hub"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="groupings", verbose_name=REPORT)
    error = models.ForeignKey(CanonicalError, on_delete=models.PROTECT, related_name="groupings", verbose_name=ERROR)
    by = models.ForeignKey(**BY, null=True, blank=True, verbose_name=_("by"))
    at = models.DateTimeField(_("when"))
    ended_by = models.ForeignKey(**BY, null=True, blank=True, verbose_name=_("taken out by"))
    ended_at = models.DateTimeField(_("taken out"), null=True, blank=True)

    class Meta:
        verbose_name = _("sorting of a report")
        verbose_name_plural = _("sorting of reports")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["report"], name="report_under_one_error", condition=Q(ended_at=None)),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=models.F("at")), name="grouping_times_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} → {self.error_id}"

    if TYPE_CHECKING:
        report_id: int
        error_id: int


class Judgement(models.Model):
    """A report was itself judged to be none, whatever becomes of the error it stands under; taken back by ending the row."""

    HUB_PATH = "report__hub"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="judgements", verbose_name=REPORT)
    reason_code = models.CharField(_("reason"), max_length=15, choices=Reasons.choices)
    reply = models.CharField(_("what the reader is told"), max_length=300, blank=True)
    by = models.ForeignKey(**BY, null=True, blank=True, verbose_name=_("by"))
    at = models.DateTimeField(_("when"))
    ended_by = models.ForeignKey(**BY, null=True, blank=True, verbose_name=_("taken back by"))
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("report judged by itself")
        verbose_name_plural = _("reports judged by themselves")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["report"], name="report_judged_once", condition=Q(ended_at=None)),
            models.CheckConstraint(condition=~Q(reason_code=""), name="judgement_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}"

    if TYPE_CHECKING:
        report_id: int

        def get_reason_code_display(self) -> str: ...


class CreditQuerySet(models.QuerySet[Any]):
    """Credits …"""

    def standing(self) -> Self:
        """… that nobody took away."""
        return self.filter(ended_at=None)


class Credit(models.Model):
    """An error is credited to a report: what the panel scores. Taken away by ending the row; where the first alone is credited (`is_sole`) the
    database keeps a second out."""

    HUB_PATH = "error__hub"

    error = models.ForeignKey(CanonicalError, on_delete=models.PROTECT, related_name="credits", verbose_name=ERROR)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="credits", verbose_name=REPORT)
    is_sole = models.BooleanField(default=True, editable=False)
    at = models.DateTimeField(_("when"))
    ended_at = models.DateTimeField(_("taken away"), null=True, blank=True)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("credited correction")
        verbose_name_plural = _("credited corrections")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["error"], name="credit_sole_once", condition=Q(ended_at=None, is_sole=True)),
            models.UniqueConstraint(fields=["report"], name="credit_report_once", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.error_id}"

    if TYPE_CHECKING:
        id: int
        error_id: int
        report_id: int
        scores: Any


class Score(models.Model):
    """The points one of the panel gave to a credited correction. Written once: the database refuses changes."""

    HUB_PATH = "credit__error__hub"

    credit = models.ForeignKey(Credit, on_delete=models.PROTECT, related_name="scores", verbose_name=_("credited correction"))
    reviewer = models.ForeignKey(**BY, verbose_name=_("by"))
    points = models.PositiveSmallIntegerField(_("points"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = pgettext_lazy("newspaper", "score")
        verbose_name_plural = pgettext_lazy("newspaper", "scores")
        ordering = ["id"]
        constraints = [
            AppendOnly(name="score_append_only"),
            models.UniqueConstraint(fields=["credit", "reviewer"], name="score_once_a_reviewer"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=MOST_POINTS), name="score_from_nought_to_ten"),
        ]

    def __str__(self) -> str:
        return f"{self.credit_id}"

    if TYPE_CHECKING:
        credit_id: int
        reviewer_id: int
