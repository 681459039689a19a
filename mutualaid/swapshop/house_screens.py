"""Who swaps, what was reported, what is looked for, and the shop's plain data: kinds, words, hours."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from hub.hubs.policies import Question
from hub.hubs.viewsets import HubViewSet
from mutualaid.swapshop import reaching, staff
from mutualaid.swapshop.models import BannedWord, Barter, HandoverHour, Kind, Report, Swapper, Wish
from mutualaid.swapshop.permissions import user_can_check_things, user_can_keep_the_shop, user_can_serve_swaps
from mutualaid.swapshop.states import Sides


# --- people, reports, wishes ----------------------------------------------------------------------------------------
class SwapperIndexView(generic.IndexView):
    """Nicknames with their masked names."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("resident")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("nickname", label=_("nickname"), get_url=self.get_inspect_url),
            Column("resident", label=_("resident")),
            DateColumn("joined_at", label=_("since"), sort_key="joined_at"),
        ]


class SwapperInspectView(generic.InspectView):
    """Who it is, and whether a guardian has agreed."""

    def get_fields(self) -> list[str]:
        return [*super().get_fields(), "consent", "broken"]

    def get_field_label(self, field_name: str, field: Any) -> Any:
        ours = {"consent": gettext("A guardian has agreed"), "broken": gettext("Promises broken")}
        return ours.get(field_name) or super().get_field_label(field_name, field)

    def get_consent_display_value(self) -> str:
        if not self.object.is_child:
            return gettext("grown up, none is needed")
        return gettext("yes") if reaching.has_consent(self.object.resident) else gettext("no")

    def get_broken_display_value(self) -> str:
        person = self.object.resident_id
        rows = Barter.objects.filter(owner=person, broken_by=Sides.OWNER) | Barter.objects.filter(taker=person, broken_by=Sides.TAKER)
        return str(rows.count())

    @cached_property
    def header_buttons(self) -> list[Any]:
        ways = [(gettext("Another nickname"), "rename", "edit")]
        if self.object.is_child:
            has = reaching.has_consent(self.object.resident)
            ways.append((gettext("A guardian agrees no more"), "disagree", "cross") if has else (gettext("A guardian agrees"), "agree", "check"))
        return [HeaderButton(label, url=reverse(f"swapper:{name}", args=[self.object.pk]), icon_name=icon) for label, name, icon in ways]


class SwapperViewSet(HubViewSet):
    """Who swaps; a nickname is changed by its button."""

    model = Swapper
    icon = "user"
    menu_label = _("Swappers")
    questions = {"view": user_can_serve_swaps}
    form_fields = ["nickname"]
    index_view_class = SwapperIndexView
    inspect_view_class = SwapperInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["nickname", "resident", "said_child", "joined_at"]
    search_fields = ["nickname"]
    ordering = ["-id"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), *(path(f"{name}/<int:pk>/", getattr(staff, name), name=name) for name in ("rename", "agree", "disagree"))]


class ReportIndexView(generic.IndexView):
    """What people said, the latest first; who said it stands nowhere."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("item")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("item", label=_("thing"), get_url=lambda report: reverse("swap_item:inspect", args=[report.item_id])),
            Column("get_reason_display", label=_("reason")),
            DateColumn("made_at", label=_("made"), sort_key="made_at"),
            Column("get_state_display", label=_("State"), sort_key="state"),
        ]


class ReportViewSet(HubViewSet):
    """Decided on the thing's page."""

    model = Report
    icon = "warning"
    menu_label = _("Reports about listings")
    questions = {"view": user_can_check_things}
    form_fields = ["reason"]
    index_view_class = ReportIndexView
    list_filter = ["state", "reason"]
    list_export = ["item", "reason", "state", "made_at", "decided_at"]
    ordering = ["-made_at"]


class WishViewSet(HubViewSet):
    """What is looked for, without a name: it says what the shop lacks."""

    model = Wish
    icon = "search"
    menu_label = _("Wishes")
    questions = {"view": user_can_check_things}
    form_fields = ["words"]
    list_display = [Column("__str__", label=_("wish")), Column("kind", label=_("kind")), DateColumn("made_at", label=_("made"))]
    list_filter = ["kind"]
    ordering = ["-id"]


# --- plain data -----------------------------------------------------------------------------------------------------
KEPT: dict[str, Question] = {"view": user_can_keep_the_shop, "add": user_can_keep_the_shop, "change": user_can_keep_the_shop}


class KindViewSet(HubViewSet):
    """Shelves of the shop; taken out of use, not deleted."""

    model = Kind
    icon = "list-ul"
    menu_label = _("Kinds of things")
    questions = KEPT
    form_fields = ["name_zh", "name_en", "drawing", "sort_order", "is_active"]
    list_display = ["name_zh", "name_en", "sort_order", "is_active"]
    ordering = ["sort_order", "id"]


class WordIndexView(generic.IndexView):
    """With the way to and from a file."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [
            *super().header_more_buttons,
            HeaderButton(gettext("Words not allowed, from a list"), url=reverse("swap_word_import:index"), icon_name="upload"),
            HeaderButton(gettext("The words as a file"), url=reverse("swap_word_import:export"), icon_name="download"),
        ]


class WordViewSet(HubViewSet):
    """Words that may not stand in a listing."""

    model = BannedWord
    icon = "warning"
    menu_label = _("Words not allowed")
    questions = {**KEPT, "delete": user_can_keep_the_shop}
    index_view_class = WordIndexView
    form_fields = ["word", "group", "is_active"]
    list_display = ["word", Column("get_group_display", label=_("about")), "is_active"]
    list_filter = ["group", "is_active"]
    search_fields = ["word"]
    ordering = ["group", "word"]


class HourViewSet(HubViewSet):
    """When things change hands."""

    model = HandoverHour
    icon = "time"
    menu_label = _("Hours of handing over")
    questions = {**KEPT, "delete": user_can_keep_the_shop}
    form_fields = ["weekday", "starts_at", "ends_at"]
    list_display = [Column("__str__", label=_("Hours"))]
    ordering = ["weekday", "starts_at"]
