from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("Public site")

    def ready(self) -> None:
        """Wagtail has no setting for its answer to who may not."""
        from wagtail.admin import auth

        from cms.admin_gate import as_if_absent

        auth.permission_denied = as_if_absent
