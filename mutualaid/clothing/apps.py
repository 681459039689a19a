from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClothingConfig(AppConfig):
    name = "mutualaid.clothing"
    label = "clothing"
    verbose_name = _("Clothing aid")
