"""What staff see of messages: the outbox, and the list of people who can only be rung."""

from typing import Any

import django_filters
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from hub.core import clock
from hub.core.subjects import subject_words
from hub.core.wording import moment_words
from hub.hubs.columns import SubjectColumn
from hub.hubs.viewsets import HubViewSet
from hub.notifications import views
from hub.notifications.models import Message
from hub.notifications.permissions import user_can_read_text, user_can_ring, user_can_see_messages, user_can_send_again
from hub.notifications.states import DID_NOT_ARRIVE, Channels, States


class MessageFilterSet(WagtailFilterSet):
    """Where they stand, which way they go, when they were written."""

    created_at = django_filters.DateFromToRangeFilter(label=_("written"), widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields = ["state", "channel"]


class TextColumn(Column):
    """The beginning of what is said."""

    def get_value(self, instance: Message) -> str:
        return "–" if instance.is_secret else Truncator(instance.text).chars(31, truncate="…")


class OutboxIndexView(generic.IndexView):
    """All messages of the hub, the newest first; the administrator sees them without the texts."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("user")

    @cached_property
    def columns(self) -> list[Any]:
        columns: list[Any] = [
            TitleColumn("masked_address", label=_("To"), get_url=self.get_inspect_url),
            SubjectColumn("subject_label", label=_("About what")),
            Column("get_channel_display", label=_("Way")),
            Column("get_state_display", label=_("State"), sort_key="state"),
            DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        ]
        if user_can_read_text(self.request.user):
            columns.insert(1, TextColumn("text", label=_("Text")))
        return columns


class CallListIndexView(generic.IndexView):
    """Whom to ring now, the longest waiting first; the title leads to the page with the number."""

    page_title = _("Call list")

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().to_ring(clock.now()).select_related("user")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("masked_address", label=_("To"), get_url=self.get_inspect_url),
            DateColumn("send_after", label=_("Waiting since")),
            Column("tries_count", label=_("Tries")),
            Column("get_outcome_display", label=_("Last call")),
        ]

    def get_inspect_url(self, instance: Message) -> str:
        return reverse("call_list:ring", args=[instance.pk])


class MessageInspectView(generic.InspectView):
    """One message, and what can be done with it."""

    labels = {"masked_address": _("To")}

    def get_field_label(self, field_name: str, field: Any) -> Any:
        return self.labels.get(field_name) or super().get_field_label(field_name, field)

    def get_page_subtitle(self) -> str:
        return f"{subject_words(self.object.subject_label)} {self.object.subject_ref}".strip()

    def get_subject_label_display_value(self) -> str:
        return subject_words(self.object.subject_label)

    def get_send_after_display_value(self) -> Any:
        """Said while it waits: afterwards the hour stands there at which a try that broke off would have begun again."""
        return moment_words(self.object.send_after, with_year=True) if self.object.send_after and self.object.sent_at is None else "—"

    def get_text_display_value(self) -> str:
        return self.object.text if user_can_read_text(self.request.user, self.object) else "–"

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(label, url=reverse(name, args=[self.object.pk]), icon_name=icon) for label, name, icon in self.ways()]

    def ways(self) -> list[tuple[str, str, str]]:
        """What this user can do with this message now."""
        message, user = self.object, self.request.user
        may_ring, arrived_not = user_can_ring(user, message), message.state in DID_NOT_ARRIVE
        may_send = user_can_send_again(user, message) and arrived_not and message.channel != Channels.CALL and message.text
        ways = [
            (may_ring and message.state == States.TO_RING, gettext("Ring"), "call_list:ring", "mobile-alt"),
            (may_send, gettext("Send again"), "outbox:send_again", "mail"),
            (may_ring and arrived_not and message.phone, gettext("Ring instead"), "outbox:ring_instead", "mobile-alt"),
        ]
        return [(label, name, icon) for may, label, name, icon in ways if may]


class OutboxViewSet(HubViewSet):
    """Messages have a life of their own: looked at, never edited."""

    model = Message
    icon = "mail"
    menu_label = _("Outbox")
    menu_name = "outbox"
    questions = {"view": user_can_see_messages}
    form_fields = ["kind"]
    index_view_class = OutboxIndexView
    inspect_view_class = MessageInspectView
    inspect_view_enabled = True
    inspect_view_fields = [
        "masked_address", "channel", "state", "text", "subject_label", "subject_ref",
        "created_at", "send_after", "sent_at", "tries_count", "outcome", "last_error",
    ]  # fmt: skip
    filterset_class = MessageFilterSet
    list_per_page = 50
    ordering = ["-id"]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("send-again/<int:pk>/", views.send_again, name="send_again"),
            path("ring-instead/<int:pk>/", views.ring_instead, name="ring_instead"),
        ]


class CallListViewSet(HubViewSet):
    """People who can only be rung."""

    model = Message
    icon = "mobile-alt"
    menu_label = _("Call list")
    menu_name = "call_list"
    questions = {"view": user_can_see_messages}
    form_fields = ["kind"]
    index_view_class = CallListIndexView
    inspect_view_class = MessageInspectView
    inspect_view_enabled = True
    inspect_view_fields = OutboxViewSet.inspect_view_fields
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("ring/<int:pk>/", views.ring, name="ring")]


class MessagesGroup(ViewSetGroup):
    """The outbox and the call list under one entry of the menu."""

    menu_label = _("Messages")
    menu_icon = "mail"
    menu_name = "messages"
    menu_order = 300
    items = (CallListViewSet("call_list"), OutboxViewSet("outbox"))


@hooks.register("register_admin_viewset")
def register_messages() -> MessagesGroup:
    return MessagesGroup()
