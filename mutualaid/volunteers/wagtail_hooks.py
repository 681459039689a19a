"""Volunteers in the Wagtail admin: teams, work and visits are plain data; shifts, sign-ups and hours have a life of their own."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from mutualaid.volunteers.hours_import import HoursImport
from mutualaid.volunteers.screens_hours import CertificateViewSet, ContributionViewSet, HoursViewSet
from mutualaid.volunteers.screens_shifts import OpportunityViewSet, ShiftViewSet, SignUpViewSet
from mutualaid.volunteers.screens_teams import MemberViewSet, TeamViewSet, TrainingViewSet, VisitRoundViewSet


class VolunteersGroup(ViewSetGroup):
    """Who helps, when, and what it came to."""

    menu_label = _("Volunteers")
    menu_icon = "group"
    menu_name = "volunteers"
    menu_order = 170
    items = (
        ShiftViewSet, SignUpViewSet, HoursViewSet, OpportunityViewSet, TeamViewSet, MemberViewSet, TrainingViewSet, VisitRoundViewSet, CertificateViewSet,
        ContributionViewSet,
    )  # fmt: skip


@hooks.register("register_admin_viewset")
def register_volunteers() -> list[object]:
    return [VolunteersGroup(), HoursImport("hours_import")]
