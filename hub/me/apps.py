from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeConfig(AppConfig):
    name = "hub.me"
    label = "me"
    verbose_name = _("My things")
