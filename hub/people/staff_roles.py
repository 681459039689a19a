"""The screen on which roles are granted and revoked."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton

from hub.core.errors import RuleBroken
from hub.people import permissions as may
from hub.people import staff_accounts, views
from hub.people.actions.roles import grant_role
from hub.people.forms import RoleForm, account_named
from hub.people.models import Role
from hub.people.signin.permissions import user_can_reset_totp
from hub.people.staff import AuditedByAction, CreateByAction


class RoleIndexView(generic.IndexView):
    """Who does what at this hub; revoking is a button, and nobody's own."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("user").order_by("role", "user__name", "id")

    @cached_property
    def columns(self) -> list[Any]:
        return [
            self._get_title_column("user"),
            Column("get_role_display", label=_("role")),
            BooleanColumn("user.is_active", label=_("active")),
        ]

    def get_list_more_buttons(self, instance: Role) -> list[Any]:
        found = []
        if may.user_can_grant_roles(self.request.user, instance):
            found.append(Button(gettext("Revoke"), url=reverse("staff:revoke", args=[instance.pk]), icon_name="cross"))
        if instance.user_id != self.request.user.pk and user_can_reset_totp(self.request.user):  # who stands in this list has a role here
            found.append(Button(gettext("Forget the second step"), url=reverse("staff:forget_second_step", args=[instance.pk]), icon_name="key"))
        return found

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not may.user_can_grant_roles(self.request.user):
            return []
        return [*super().header_buttons, HeaderButton(gettext("New account"), url=reverse("staff:open_account"), icon_name="user")]


class RoleViewSet(AuditedByAction):
    """Staff: roles granted and revoked by actions; there is no superuser."""

    model = Role
    icon = "group"
    menu_label = _("Staff and roles")
    menu_name = "staff"
    questions = {"view": may.user_can_see_staff, "add": may.user_can_grant_roles}
    index_view_class = RoleIndexView
    add_view_class = CreateByAction
    list_filter = ["role"]
    list_per_page = 100

    def get_form_class(self, for_update: bool = False) -> Any:
        return RoleForm

    def write(self, request: HttpRequest, form: Any) -> Role:
        hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
        account = account_named(form.cleaned_data["account"], hub)
        if account is None:
            raise RuleBroken.of("account_unknown", "account")
        if account.pk == request.user.pk:
            raise RuleBroken.of("role_of_oneself", "account")
        return grant_role(user=account, hub=hub, role=form.cleaned_data["role"], by=request.user)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("revoke/<int:pk>/", views.revoke_role, name="revoke"),
            path("account/", staff_accounts.open_account, name="open_account"),
            path("second-step/<int:pk>/", staff_accounts.forget_second_step, name="forget_second_step"),
        ]
