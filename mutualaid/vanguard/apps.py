from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VanguardConfig(AppConfig):
    name = "mutualaid.vanguard"
    label = "vanguard"
    verbose_name = _("Vanguard posts")
