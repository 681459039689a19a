from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServedConfig(AppConfig):
    name = "hub.served"
    label = "served"
    verbose_name = _("Services given")
