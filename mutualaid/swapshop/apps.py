from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SwapshopConfig(AppConfig):
    name = "mutualaid.swapshop"
    label = "swapshop"
    verbose_name = _("Swap shop")
