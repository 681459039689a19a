"""What staff see of people."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from hub.people import staff, staff_roles


class PeopleGroup(ViewSetGroup):
    """One entry of the menu."""

    menu_label = _("People")
    menu_icon = "group"
    menu_name = "people"
    menu_order = 200
    items = (
        staff.ResidentViewSet("residents"),
        staff.HouseholdViewSet("households"),
        staff.EntitlementViewSet("entitlements"),
        staff.OrganisationViewSet("organisations"),
        staff.ContactViewSet("organisation_contacts"),
        staff_roles.RoleViewSet("staff"),
    )


@hooks.register("register_admin_viewset")
def register_people() -> list[object]:
    return [PeopleGroup(), staff.ResidentImport("resident_import")]
