"""The parts pages are made of: few, each with a name, an icon and a line that says what it is for."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from cms import live
from cms.rules import Hours
from hub.core.templatetags.drawings import SYMBOLS
from hub.workdays.states import HoursOf

WORDS = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]  # no h1, no embeds, no pictures inside the words
PREVIEW = "cms/block_preview.html"
VAGUE_ZH = ["点击这里", "点这里", "点此", "点击", "这里", "此处", "更多", "查看", "详情", "链接", "点击查看", "查看详情"]
VAGUE = frozenset([*VAGUE_ZH, "here", "click", "click here", "more", "read more", "link"])
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
SAFE_STARTS = ("https://", "http://", "tel:", "mailto:")


def check_address(address: str) -> None:
    """ValidationError unless `address` is a path of this house or a full address of a known kind."""
    if address and not address.startswith(SAFE_STARTS) and (not address.startswith("/") or address.startswith(("//", "/\\"))):
        raise ValidationError(_("Please begin with / for a page of this house, or with https:// for another site."), code="address")


def check_link_words(words: str) -> None:
    """ValidationError when the words of a link do not say where it leads."""
    if words.strip(" 。.…>»！!").lower() in VAGUE:
        raise ValidationError(_("“%(words)s” does not say where the link leads. Please write the name of the page."), params={"words": words}, code="vague")


def check_links_in_text(text: RichText) -> None:
    """The same for every link in written text."""
    for words in LINK.findall(text.source):
        check_link_words(strip_tags(words))


class LinkValue(blocks.StructValue):
    """Where a link leads."""

    @property
    def url(self) -> str:
        """The page's address, or the typed one; a path of this house keeps the reader's language."""
        page = self.get("page")
        if page:
            return str(page.url or "")
        address: str = self.get("address") or ""
        if get_language() == "en" and address.startswith("/") and not address.startswith("/en/"):
            return f"/en{address}"
        return address


class LinkBlock(blocks.StructBlock):
    """Words and where they lead."""

    words = blocks.CharBlock(
        max_length=40, label=_("words"), validators=[check_link_words], help_text=_("Say where it leads: “Opening hours”, never “click here”.")
    )
    page = blocks.PageChooserBlock(required=False, label=_("page"))
    address = blocks.CharBlock(required=False, max_length=300, label=_("or an address"), validators=[check_address], help_text="/rooms/")

    class Meta:
        icon = "link"
        label = _("link")
        value_class = LinkValue


class DoorBlock(LinkBlock):
    """A way into the house with its drawing."""

    note = blocks.CharBlock(required=False, max_length=40, label=_("note below"))
    drawing = blocks.ChoiceBlock(choices=[(name, name) for name in sorted(SYMBOLS)], default="door", label=_("drawing"))

    class Meta:
        icon = "tag"
        label = _("door")
        value_class = LinkValue


class HoursBlock(blocks.StructBlock):
    """Opening hours of one desk on some days."""

    name = blocks.CharBlock(max_length=20, label=_("what opens"))
    days = blocks.MultipleChoiceBlock(choices=[(str(value), label) for value, label in HoursOf.choices], label=_("days"))
    opens = blocks.TimeBlock(label=_("opens"))
    closes = blocks.TimeBlock(label=_("closes"))

    class Meta:
        icon = "time"
        label = _("opening hours")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["closes"] <= cleaned["opens"]:
            raise blocks.StructBlockValidationError({"closes": ValidationError(_("It has to close later than it opens."))})
        return cleaned


class FloorLineBlock(blocks.StructBlock):
    """What a floor is for."""

    floor = blocks.IntegerBlock(min_value=-3, max_value=60, label=_("floor"))
    line = blocks.CharBlock(max_length=30, label=_("what it is for"))

    class Meta:
        label = _("floor")


class FrontBlock(blocks.StructBlock):
    """The front of the house."""

    hours = blocks.ListBlock(HoursBlock(), label=_("opening hours"), max_num=14)
    doors = blocks.ListBlock(DoorBlock(), label=_("doors"), min_num=2, max_num=4)
    floors = blocks.ListBlock(FloorLineBlock(), label=_("floors"), default=[])

    class Meta:
        icon = "home"
        label = _("Front of the house")
        description = _("The house with its rooms, today's leaf of the calendar, and up to four ways in.")
        template = "cms/blocks/front.html"
        preview_template = PREVIEW

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        hub = context["hub"]
        context["card"] = live.today_card(hub, hours_of(value))
        context["floors"] = live.floors(hub, {row["floor"]: row["line"] for row in value["floors"]})
        context["room_count"] = sum(len(floor.rooms) for floor in context["floors"])
        return context


def hours_of(front: Any) -> list[Hours]:
    """The opening hours an editor typed into a front."""
    return [Hours(row["name"], frozenset(map(int, row["days"])), row["opens"], row["closes"]) for row in front["hours"]]


class HappeningsBlock(blocks.StructBlock):
    """What is on today."""

    title = blocks.CharBlock(max_length=20, label=_("title"))
    how_many = blocks.IntegerBlock(min_value=1, max_value=20, default=6, label=_("how many"))

    class Meta:
        icon = "date"
        label = _("Today in the house")
        description = _("What is on today, straight from the bookings.")
        template = "cms/blocks/happenings.html"
        preview_template = PREVIEW

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["happenings"] = live.happenings(context["hub"], value["how_many"])
        return context


class NoticesBlock(blocks.StructBlock):
    """The newest notices."""

    title = blocks.CharBlock(max_length=20, label=_("title"))
    how_many = blocks.IntegerBlock(min_value=1, max_value=8, default=4, label=_("how many"))

    class Meta:
        icon = "doc-full"
        label = _("Notices")
        description = _("The newest notices, pinned ones first.")
        template = "cms/blocks/notices.html"
        preview_template = PREVIEW

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        from cms.models.notice import notices_of  # blocks are loaded while the page models are being made

        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["notices"] = list(notices_of(context["hub"])[: value["how_many"]])
        return context


class HotlineBlock(blocks.StructBlock):
    """The hotline, large."""

    words = blocks.CharBlock(max_length=60, label=_("words"))

    class Meta:
        icon = "mobile-alt"
        label = _("Hotline")
        description = _("The hotline's number and hours with a sentence of yours.")
        template = "cms/blocks/hotline.html"
        preview_template = PREVIEW


class PictureBlock(blocks.StructBlock):
    """One picture with what is to be seen on it."""

    picture = ImageBlock(label=_("picture"), help_text=_("Say what is to be seen, for those who cannot see it; or mark it as decoration."))
    caption = blocks.CharBlock(required=False, max_length=80, label=_("line below"))

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture across the column, with its alt text.")
        template = "cms/blocks/picture.html"
        preview_template = PREVIEW


class LinksBlock(blocks.StructBlock):
    """A list of ways on."""

    title = blocks.CharBlock(required=False, max_length=30, label=_("title"))
    links = blocks.ListBlock(LinkBlock(), label=_("links"), min_num=1, max_num=12)

    class Meta:
        icon = "list-ul"
        label = _("Links")
        description = _("Where to read on, one below the other.")
        template = "cms/blocks/links.html"
        preview_template = PREVIEW


def words_block(**kwargs: Any) -> blocks.RichTextBlock:
    """Written text: headings of the second and third rank, lists, links."""
    return blocks.RichTextBlock(
        features=WORDS,
        validators=[check_links_in_text],
        icon="pilcrow",
        label=_("Text"),
        description=_("Written text with headings, lists and links."),
        template="cms/blocks/words.html",
        preview_template=PREVIEW,
        **kwargs,
    )


class BodyBlock(blocks.StreamBlock):
    """What a standard page or a notice is made of."""

    words = words_block()
    picture = PictureBlock()
    links = LinksBlock()
    hotline = HotlineBlock()


class HomeBlock(blocks.StreamBlock):
    """What the home page is made of."""

    front = FrontBlock()
    happenings = HappeningsBlock()
    notices = NoticesBlock()
    hotline = HotlineBlock()
    words = words_block()
    picture = PictureBlock()
    links = LinksBlock()

    class Meta:
        block_counts = {"front": {"max_num": 1}, "happenings": {"max_num": 1}, "notices": {"max_num": 1}}
