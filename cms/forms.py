"""Wagtail's page form with pinyin addresses."""

import re
from typing import Any

from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import cautious_slugify
from wagtail.models import Page

from cms.slugs import free_slug, has_han, pinyin_slug

HEX_NAMES = re.compile(r"u[3-9a-f][0-9a-f]{3}")  # what Wagtail's script makes of Chinese characters


class PublicPageForm(WagtailAdminPageForm):
    """Gives pages with Chinese titles a pinyin address, so that a link sent by WeChat can be read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        title, slug = self.cleaned_data.get("title", ""), self.cleaned_data.get("slug", "")
        if "slug" in self.fields and "slug" not in self.errors and self.is_made_by_machine(slug, title):
            self.cleaned_data["slug"] = self.free_slug(pinyin_slug(title))
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    @staticmethod
    def is_made_by_machine(slug: str, title: str) -> bool:
        """Whether nobody chose this address: it is empty, or what Wagtail makes of the Chinese title."""
        if not slug:
            return True
        return has_han(title) and (slug in {slugify(title), cautious_slugify(title)} or bool(HEX_NAMES.search(slug)))

    def free_slug(self, wanted: str) -> str:
        return free_slug(wanted, taken=lambda slug: not Page._slug_is_available(slug, self.parent_page, self.instance))
