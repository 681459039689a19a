from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClosingsConfig(AppConfig):
    name = "hub.closings"
    label = "closings"
    verbose_name = _("Closed months and editions")
