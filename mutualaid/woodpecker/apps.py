from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WoodpeckerConfig(AppConfig):
    name = "mutualaid.woodpecker"
    label = "woodpecker"
    verbose_name = _("Woodpecker board")
