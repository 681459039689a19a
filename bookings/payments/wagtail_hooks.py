"""Money in the Wagtail admin: charges and refunds are looked at and acted on, never edited. Nobody's name stands here."""

from typing import Any

import django_filters
from django.db.models import Case, IntegerField, Value, When
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from bookings.payments import staff
from bookings.payments.models import Charge, Payment, Refund
from bookings.payments.permissions import user_can_ask_refund, user_can_decide_refund, user_can_reverse, user_can_see_money, user_can_take_money
from bookings.payments.states import Methods, PaymentStates, RefundStates, reason_words
from hub.core.joins import payment_purposes
from hub.core.references import clean_reference, grouped
from hub.core.wording import amount_words
from hub.hubs.viewsets import FoundByNumber, HubViewSet


def purpose_words(purpose: str) -> str:
    """What the money is for, in words."""
    return str(payment_purposes[purpose].label) if purpose in payment_purposes else purpose


def purpose_choices() -> list[tuple[str, Any]]:
    """Every purpose, for a filter."""
    return [(purpose.name, purpose.label) for purpose in payment_purposes]


class FenColumn(Column):
    """Fen in words: 20.50元."""

    def get_value(self, instance: Any) -> str:
        return amount_words(super().get_value(instance))


def number_words(ref: str) -> str:
    """6621 0259; a reference of another shape as it is."""
    return grouped(ref) if clean_reference(ref) else ref


class ChargeFilterSet(WagtailFilterSet):
    """Which state, what for, opened when."""

    purpose = django_filters.ChoiceFilter(label=_("What for"), choices=purpose_choices)
    opened_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Charge
        fields = ["state", "waived_for"]


class ChargeIndexView(FoundByNumber, generic.IndexView):
    """What is and was owed, the latest first."""

    number_field = "subject_ref"

    def to_row_dict(self, item: Any) -> Any:
        return {**super().to_row_dict(item), "purpose": purpose_words(item.purpose)}

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("subject_ref", label=_("Reference number"), accessor=lambda charge: number_words(charge.subject_ref), get_url=self.get_inspect_url),
            Column("purpose", label=_("What for"), accessor=lambda charge: purpose_words(charge.purpose)),
            Column("get_state_display", label=_("State"), sort_key="state"),
            FenColumn("due_fen", label=_("To pay"), sort_key="due_fen"),
            FenColumn("received_fen", label=_("Received"), sort_key="received_fen"),
            FenColumn("refunded_fen", label=_("Paid back")),
            DateColumn("opened_at", label=_("Opened"), sort_key="opened_at"),
        ]


class InWordsInspectView(generic.InspectView):
    """Fen as yuan, a dash for what is not there."""

    def get_field_label(self, field_name: str, field: Any) -> str:
        return gettext("Over since") if field_name == "closed_at" else str(super().get_field_label(field_name, field))

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if field_name.endswith("_fen"):
            return amount_words(value)
        if field_name == "reason":
            return reason_words(value) or "–"
        return "–" if value in (None, "") else value


class ChargeInspectView(InWordsInspectView):
    """One charge with what came in and what went back, and what can be done now."""

    template_name = "payments/staff/charge.html"

    def get_page_subtitle(self) -> str:
        return f"{purpose_words(self.object.purpose)} {number_words(self.object.subject_ref)}"

    def get_purpose_display_value(self) -> str:
        return purpose_words(self.object.purpose)

    def get_subject_ref_display_value(self) -> str:
        return number_words(self.object.subject_ref)

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not (self.object.is_open and user_can_take_money(self.request.user, self.object)):
            return []
        return [HeaderButton(gettext("Take money"), url=reverse("charge:take_money", args=[self.object.pk]), icon_name="plus")]

    def ways(self, payment: Payment) -> list[tuple[str, str]]:
        """What this user can do with one payment now: words and address."""
        user = self.request.user
        is_waiting = payment.method == Methods.INVOICE and payment.state == PaymentStates.STARTED
        counts = payment.state == PaymentStates.RECEIVED or is_waiting
        ways = [
            (is_waiting and user_can_take_money(user, payment), gettext("The money has come"), "invoice_paid"),
            (payment.can_go_back_fen and user_can_ask_refund(user, payment), gettext("Give back"), "give_back"),
            (counts and not payment.is_online and not payment.refunded_fen and user_can_reverse(user, payment), gettext("A mistake"), "reverse_payment"),
        ]
        return [(label, reverse(f"charge:{name}", args=[payment.pk])) for may, label, name in ways if may]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        payments = list(self.object.payments.select_related("organisation").order_by("created_at", "pk"))
        refunds = list(Refund.objects.filter(payment__charge=self.object).select_related("payment").order_by("asked_at", "pk"))
        return super().get_context_data(payments=[(payment, self.ways(payment)) for payment in payments], refunds=refunds, **kwargs)


class ChargeViewSet(HubViewSet):
    """Charges, with the buttons of their payments."""

    model = Charge
    name = "charge"
    icon = "clipboard-list"
    menu_label = _("Charges")
    questions = {"view": user_can_see_money}
    form_fields = ["reason"]
    index_view_class = ChargeIndexView
    inspect_view_class = ChargeInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "subject_ref", "purpose", "state", "list_fen", "due_fen", "waived_fen", "waived_for", "received_fen", "refunded_fen", "opened_at",
        "closed_at", "reason",
    ]  # fmt: skip
    filterset_class = ChargeFilterSet
    search_fields = ["subject_ref"]
    list_per_page = 50
    list_export = ["subject_ref", "purpose", "state", "list_fen", "due_fen", "waived_fen", "waived_for", "received_fen", "refunded_fen", "opened_at"]
    ordering = ["-opened_at", "-pk"]

    def get_urlpatterns(self) -> list[URLPattern]:
        buttons = ["take_money", "invoice_paid", "give_back", "reverse_payment"]
        return [*super().get_urlpatterns(), *(path(f"{name.replace('_', '-')}/<int:pk>/", getattr(staff, name), name=name) for name in buttons)]


WAITS_FIRST = Case(
    When(state=RefundStates.ASKED, then=Value(0)),
    When(state__in=[RefundStates.READY, RefundStates.FAILED], then=Value(1)),
    When(state=RefundStates.SENT, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


class RefundFilterSet(WagtailFilterSet):
    """Which state, asked when, for which kind of thing."""

    purpose = django_filters.ChoiceFilter(label=_("What for"), field_name="payment__charge__purpose", choices=purpose_choices)
    asked_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = Refund
        fields = ["state"]


class RefundIndexView(FoundByNumber, generic.IndexView):
    """What waits for a second person, then what is to be handed over, then the rest."""

    number_field = "payment__charge__subject_ref"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("payment__charge")

    def order_queryset(self, queryset: Any) -> Any:
        return super().order_queryset(queryset) if self.is_explicitly_ordered else queryset.order_by(WAITS_FIRST, "-asked_at", "-pk")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn(
                "subject", label=_("Reference number"), accessor=lambda refund: number_words(refund.payment.charge.subject_ref), get_url=self.get_inspect_url
            ),
            Column("purpose", label=_("What for"), accessor=lambda refund: purpose_words(refund.payment.charge.purpose)),
            Column("get_state_display", label=_("State"), sort_key="state"),
            FenColumn("amount_fen", label=_("Amount"), sort_key="amount_fen"),
            Column("payment.get_method_display", label=_("It came")),
            DateColumn("asked_at", label=_("Asked"), sort_key="asked_at"),
        ]


class RefundInspectView(InWordsInspectView):
    """One refund, and what can be done with it now."""

    def get_page_subtitle(self) -> str:
        charge = self.object.payment.charge
        return f"{purpose_words(charge.purpose)} {number_words(charge.subject_ref)}"

    def get_payment_display_value(self) -> str:
        return f"{self.object.payment.get_method_display()} {amount_words(self.object.payment.amount_fen)}"

    @cached_property
    def header_buttons(self) -> list[Any]:
        user, refund = self.request.user, self.object
        waits = refund.state == RefundStates.ASKED and user_can_decide_refund(user, refund)
        by_hand = refund.state == RefundStates.FAILED or (refund.state == RefundStates.READY and not refund.payment.is_online)
        ways = [
            (waits, gettext("Agree"), "agree", "check"),
            (waits, gettext("Decline"), "decline", "cross"),
            (by_hand and user_can_take_money(user, refund), gettext("Hand over"), "pay_out", "check"),
        ]
        buttons = [HeaderButton(label, url=reverse(f"refund:{name}", args=[refund.pk]), icon_name=icon) for may, label, name, icon in ways if may]
        return [*buttons, HeaderButton(gettext("To the charge"), url=reverse("charge:inspect", args=[refund.payment.charge_id]), icon_name="clipboard-list")]


class RefundViewSet(HubViewSet):
    """Refunds: the queue of the second person, and what is paid out by hand."""

    model = Refund
    name = "refund"
    icon = "resubmit"
    menu_label = _("Refunds")
    questions = {"view": user_can_see_money}
    form_fields = ["reason"]
    index_view_class = RefundIndexView
    inspect_view_class = RefundInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "state", "amount_fen", "payment", "reason", "asked_by", "asked_at", "decided_by", "decided_at", "receipt_no", "done_at", "said",
    ]  # fmt: skip
    filterset_class = RefundFilterSet
    search_fields = ["payment__charge__subject_ref"]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        buttons = ["agree", "decline", "pay_out"]
        return [*super().get_urlpatterns(), *(path(f"{name.replace('_', '-')}/<int:pk>/", getattr(staff, name), name=name) for name in buttons)]


class MoneyGroup(ViewSetGroup):
    """Charges and refunds."""

    menu_label = _("Payments")
    menu_icon = "clipboard-list"
    menu_order = 170
    items = (ChargeViewSet, RefundViewSet)


@hooks.register("register_admin_viewset")
def register_money() -> MoneyGroup:
    return MoneyGroup()
