"""What a hub is: one community centre, one Wagtail Site."""

from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from hub.core.bilingual import in_page_language, marked_address
from hub.core.versions import first_version
from hub.core.wording import span_words


class Hub(models.Model):
    """A community centre with its own address, hotline and staff; every row of every domain belongs to one."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="hub", verbose_name=_("site"))
    slug = models.SlugField(_("short name"), max_length=30, unique=True, help_text=_("Letters and digits, for groups and files: xidajie."))
    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    line_zh = models.CharField(_("line below the name, in Chinese"), max_length=60, blank=True)
    line_en = models.CharField(_("line below the name, in English"), max_length=80, blank=True)
    address_zh = models.CharField(_("address in Chinese"), max_length=120)
    address_en = models.CharField(_("address in English"), max_length=160, blank=True)
    way_in_zh = models.CharField(_("how to get in, in Chinese"), max_length=120, blank=True, help_text=_("Lift, ramp, which door."))
    way_in_en = models.CharField(_("how to get in, in English"), max_length=160, blank=True)
    hotline = models.CharField(_("hotline"), max_length=12)
    area_code = models.CharField(_("area code"), max_length=4, help_text=_("Given to local numbers: 0371."))
    hotline_from = models.TimeField(_("hotline answers from"))
    hotline_until = models.TimeField(_("hotline answers until"))
    calendar_version = models.PositiveIntegerField(default=first_version, editable=False)

    class Meta:
        verbose_name = _("hub")
        verbose_name_plural = _("hubs")
        constraints = [
            models.CheckConstraint(condition=models.Q(hotline_from__lt=models.F("hotline_until")), name="hub_hotline_hours_in_order"),
        ]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        """In the page's language; so are the next four."""
        return in_page_language(self, "name")

    @property
    def line(self) -> str:
        return in_page_language(self, "line")

    @property
    def address(self) -> str:
        return in_page_language(self, "address")

    @property
    def way_in(self) -> str:
        return in_page_language(self, "way_in")

    @property
    def marked_address(self) -> str | SafeString:
        """The address for HTML, marked when it is Chinese on an English page."""
        return marked_address(self)

    @property
    def origin(self) -> str:
        """What an address of this hub begins with, wherever it is sent or printed: the site's host with the scheme and the port of BASE_URL.

        The site's own port tells what reaches Django, not what people type before a proxy or a demo on the first free port.
        """
        base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        return f"{base.scheme}://{self.site.hostname}{f':{base.port}' if base.port else ''}"

    @property
    def hotline_hours(self) -> str:
        """上午8:00–晚上8:00."""
        return span_words(self.hotline_from, self.hotline_until)

    @property
    def hotline_link(self) -> str:
        """For tel: links, with the area code, so that a mobile reaches it."""
        return f"{self.area_code}{self.hotline}" if not self.hotline.startswith(("0", "1", "4")) else self.hotline


class HubQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the row type is each model's own
    """Rows that belong to a hub."""

    def at(self, hub: Hub) -> Self:
        """Only this hub's rows."""
        return self.filter(hub=hub)


class HubOwned(models.Model):
    """A row that belongs to one hub and is never seen at another."""

    hub = models.ForeignKey(Hub, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("hub"))

    objects = HubQuerySet.as_manager()

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        hub_id: int
