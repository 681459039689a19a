"""Staff screens: newspapers, editions, prizes, awards with their register, winners of earlier years."""

from typing import Any

import django_filters
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from hub.core import wording
from hub.hubs.policies import Question
from hub.hubs.viewsets import HubFilterSet, HubViewSet, row
from mutualaid.woodpecker import queries, staff, staff_panel
from mutualaid.woodpecker.actions.awards import prizes_of_last
from mutualaid.woodpecker.models import Award, Edition, EditionPrize, Newspaper, PastWinner
from mutualaid.woodpecker.permissions import (
    user_can_hand_over,
    user_can_keep_editions,
    user_can_review,
    user_can_see_awards,
    user_can_see_reports,
)
from mutualaid.woodpecker.staff_forms import EditionForm, PrizeForm
from mutualaid.woodpecker.states import Stages

KEPT: dict[str, Question] = {"view": user_can_see_reports, "add": user_can_keep_editions, "change": user_can_keep_editions}


class NewspaperIndexView(generic.IndexView):
    """All of them."""

    @cached_property
    def columns(self) -> list[Any]:
        return [TitleColumn("name_zh", label=_("Newspaper"), get_url=self.get_edit_url), BooleanColumn("is_active", label=_("In use"))]


class NewspaperViewSet(HubViewSet):
    """Taken out of use, never deleted."""

    model = Newspaper
    icon = "doc-full"
    menu_label = _("Newspapers")
    questions = KEPT
    form_fields = ["name_zh", "name_en", "is_active"]
    index_view_class = NewspaperIndexView
    inspect_view_enabled = True


# --- editions -------------------------------------------------------------------------------------------------------
class StageColumn(Column):
    """Where it stands: asked once for the whole page."""

    def get_value(self, instance: Any) -> str:
        return str(Stages(queries.stages_of([instance])[instance.pk] if not hasattr(instance, "stage") else instance.stage).label)


class EditionIndexView(generic.IndexView):
    """The latest first."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("newspaper")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        rows = list(context["object_list"])
        stages = queries.stages_of(rows)
        for each in context["object_list"]:
            each.stage = stages[each.pk]
        return context

    def desk_url(self, instance: Edition) -> str:
        return reverse("woodpecker_edition:desk", args=[instance.pk])

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("title", label=pgettext_lazy("newspaper", "Edition"), get_url=self.desk_url),
            Column("newspaper", label=_("Newspaper")),
            Column("number", label=_("Issue number"), sort_key="number"),
            DateColumn("issued_on", label=_("Comes out on"), sort_key="issued_on"),
            DateColumn("deadline_on", label=_("Reports until"), sort_key="deadline_on"),
            StageColumn("stage", label=_("State")),
        ]


class EditionInspectView(generic.InspectView):
    """One edition's data; its work stands on its desk page."""

    def get_budget_fen_display_value(self) -> str:
        return wording.amount_words(self.object.budget_fen)

    def get_spent_fen_display_value(self) -> str:
        return wording.amount_words(self.object.spent_fen)

    @cached_property
    def header_buttons(self) -> list[Any]:
        pk = self.object.pk
        buttons = [HeaderButton(gettext("What is left to do"), url=reverse("woodpecker_edition:desk", args=[pk]), icon_name="tasks")]
        if user_can_review(self.request.user):
            buttons.append(HeaderButton(gettext("Sort reports"), url=reverse("woodpecker_edition:sort", args=[pk]), icon_name="folder-open-inverse"))
        return buttons


class EditionViewSet(HubViewSet):
    """Plain data with a desk page for its work. A new one begins with the prizes of the one before it."""

    model = Edition
    name = "woodpecker_edition"
    icon = "date"
    menu_label = pgettext_lazy("newspaper", "Editions")
    questions = KEPT
    index_view_class = EditionIndexView
    inspect_view_class = EditionInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "newspaper", "number", "title_zh", "title_en", "issued_on", "deadline_on", "pages_count", "credit", "light_most", "budget_fen", "spent_fen",
    ]  # fmt: skip
    list_filter = ["newspaper"]
    list_export = ["newspaper", "number", "title_zh", "issued_on", "deadline_on", "pages_count", "credit", "light_most", "budget_fen", "spent_fen"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [row("newspaper", "number"), row("title_zh", "title_en"), row("issued_on", "deadline_on"), row("pages_count", "pdf")],
                heading=pgettext_lazy("newspaper", "Edition"),
            ),
            MultiFieldPanel([row("credit", "light_most"), FieldPanel("budget_fen"), FieldPanel("reviewers")], heading=_("How it is judged")),
        ],
        base_form_class=EditionForm,
    )

    def after_save(self, request: HttpRequest, row: Any, changed: list[str], is_new: bool) -> None:
        super().after_save(request, row, changed, is_new)
        if is_new:
            EditionPrize.objects.bulk_create(prizes_of_last(row))

    def get_urlpatterns(self) -> list[URLPattern]:
        names = {"desk": staff_panel, "sort": staff_panel, "score": staff_panel, "ranks": staff_panel, "close": staff, "reopen": staff}
        return [
            *super().get_urlpatterns(),
            *(path(f"{name}/<int:pk>/", getattr(module, name), name=name) for name, module in names.items()),
            path("give/<int:pk>/", staff.give_prizes, name="give"),
        ]


class AmountColumn(Column):
    """100元."""

    def get_value(self, instance: Any) -> str:
        return wording.amount_words(instance.cash_fen) if instance.cash_fen else ""


class PrizeFilterSet(HubFilterSet):
    """Which edition."""

    edition = django_filters.ModelChoiceFilter(label=pgettext_lazy("newspaper", "Edition"), queryset=Edition.objects.select_related("newspaper"))

    class Meta:
        model = EditionPrize
        fields = ["edition"]


class PrizeIndexView(generic.IndexView):
    """By edition."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("edition__newspaper").order_by("-edition__issued_on", "rank")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", label=pgettext_lazy("newspaper", "Prize"), get_url=self.get_edit_url),
            Column("edition", label=pgettext_lazy("newspaper", "Edition")),
            Column("places_count", label=_("How many win it")),
            AmountColumn("cash_fen", label=_("In cash")),
            Column("souvenir_zh", label=_("Souvenir")),
        ]


class PrizeViewSet(HubViewSet):
    """What an edition gives. Given ones stay."""

    model = EditionPrize
    name = "woodpecker_prize"
    icon = "pick"
    menu_label = pgettext_lazy("newspaper", "Prizes")
    questions = KEPT
    index_view_class = PrizeIndexView
    inspect_view_enabled = True
    filterset_class = PrizeFilterSet
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [row("edition", "rank"), row("name_zh", "name_en"), row("places_count", "cash_fen"), row("souvenir_zh", "souvenir_en")],
                heading=pgettext_lazy("newspaper", "Prize"),
            ),
        ],
        base_form_class=PrizeForm,
    )


# --- awards ---------------------------------------------------------------------------------------------------------
class AwardFilterSet(HubFilterSet):
    """Which edition, when awarded; what nobody has come for."""

    edition = django_filters.ModelChoiceFilter(label=pgettext_lazy("newspaper", "Edition"), queryset=Edition.objects.select_related("newspaper"))
    awarded_at = django_filters.DateFromToRangeFilter(label=_("Awarded"), widget=DateRangePickerWidget)
    unclaimed = django_filters.BooleanFilter(label=_("Nobody has come for it"), method="filter_unclaimed")

    class Meta:
        model = Award
        fields = ["edition"]

    def filter_unclaimed(self, rows: Any, _name: str, value: bool) -> Any:
        return rows.filter(handover=None, voided_at=None) if value else rows.exclude(handover=None)


class HandedColumn(Column):
    """When it was handed over, or until when it waits."""

    def get_value(self, instance: Award) -> str:
        if instance.voided_at is not None:
            return gettext("taken back")
        if instance.is_handed_over:
            return wording.moment_words(instance.handover.at)
        words = gettext("not collected until %(day)s") if instance.is_overdue else gettext("waits until %(day)s")
        return words % {"day": wording.day_words(instance.claim_by)}


class AwardIndexView(generic.IndexView):
    """The latest edition first; names as they are printed."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("edition__newspaper", "prize", "handover")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", label=_("Name as printed"), get_url=self.get_inspect_url),
            Column("edition", label=pgettext_lazy("newspaper", "Edition")),
            Column("prize", label=pgettext_lazy("newspaper", "Prize")),
            AmountColumn("cash_fen", label=_("In cash")),
            HandedColumn("handover", label=pgettext_lazy("prize", "Handed over")),
        ]

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not user_can_hand_over(self.request.user):
            return []
        url = reverse("woodpecker_award:register")
        return [
            HeaderButton(gettext("The register on paper"), url=url, icon_name="doc-full"),
            HeaderButton(gettext("What nobody has come for"), url=f"{url}?unclaimed=1", icon_name="time"),
        ]


class AwardInspectView(generic.InspectView):
    """One prize, and handing it over."""

    def get_cash_fen_display_value(self) -> str:
        return wording.amount_words(self.object.cash_fen)

    def get_field_label(self, field_name: str, field: Any) -> str:
        names = {"handed": pgettext("prize", "Handed over"), "grouped_number": gettext("number of the certificate").capitalize()}
        return names.get(field_name) or str(super().get_field_label(field_name, field))

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        if field_name != "handed":
            return super().get_field_display_value(field_name, field)
        if not self.object.is_handed_over:
            return "—"
        done = self.object.handover
        words = gettext("%(when)s by %(who)s, %(receipt)s") % {"when": wording.moment_words(done.at), "who": done.by, "receipt": done.get_receipt_display()}
        return words if not done.witness else f"{words} ({done.witness})"

    @cached_property
    def header_buttons(self) -> list[Any]:
        award = self.object
        if not user_can_hand_over(self.request.user):
            return []
        buttons = [
            HeaderButton(gettext("Whose prize is it?"), url=reverse("woodpecker_award:whose", args=[award.pk]), icon_name="view"),
            HeaderButton(gettext("Certificate to print"), url=reverse("woodpecker:paper", args=[award.grouped_number]), icon_name="doc-full"),
        ]
        if award.voided_at is None and not award.is_handed_over:
            url = reverse("woodpecker_award:hand_over", args=[award.pk])
            buttons.insert(0, HeaderButton(gettext("Hand it over"), url=url, icon_name="success"))
        return buttons


class AwardViewSet(HubViewSet):
    """Awarded and handed over by buttons."""

    model = Award
    name = "woodpecker_award"
    icon = "success"
    menu_label = _("Prizes awarded")
    questions = {"view": user_can_see_awards}
    form_fields = ["name"]
    index_view_class = AwardIndexView
    inspect_view_class = AwardInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "name", "edition", "prize", "place", "cash_fen", "marks", "corrections_count", "grouped_number", "awarded_at", "claim_by", "handed", "voided_at",
    ]  # fmt: skip
    filterset_class = AwardFilterSet
    list_export = ["edition", "prize", "place", "name", "cash_fen", "marks", "corrections_count", "awarded_at", "claim_by"]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("register/", staff_panel.register, name="register"),
            path("hand-over/<int:pk>/", staff.hand_over, name="hand_over"),
            path("whose/<int:pk>/", staff.winner, name="whose"),
        ]


class PastIndexView(generic.IndexView):
    """The latest year first."""

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("edition_name", label=pgettext_lazy("newspaper", "Edition"), get_url=self.get_edit_url),
            Column("year", label=_("Year"), sort_key="year"),
            Column("prize_name", label=pgettext_lazy("newspaper", "Prize")),
            Column("name", label=_("Name as printed")),
        ]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = super().header_more_buttons
        if user_can_keep_editions(self.request.user):
            buttons.append(HeaderButton(gettext("Earlier winners from a list"), url=reverse("past_winner_import:index"), icon_name="upload"))
        return buttons


class PastWinnerViewSet(HubViewSet):
    """Before the house kept this book."""

    model = PastWinner
    name = "past_winner"
    icon = "history"
    menu_label = _("Earlier winners")
    questions = {"view": user_can_see_awards, "add": user_can_keep_editions, "change": user_can_keep_editions, "delete": user_can_keep_editions}
    form_fields = ["year", "edition_name", "prize_name", "name", "is_full_name"]
    personal_fields = frozenset({"name"})
    index_view_class = PastIndexView
    inspect_view_enabled = True
    list_export = ["year", "edition_name", "prize_name", "name"]
    list_per_page = 50
