"""Pages, pictures and documents of a hub."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.models import HubDocument, HubImage, Library, NoticeIndexPage, NoticePage, StandardPage
from cms.models.notice import board_of
from hub.core import clock
from hub.hubs.models import Hub


def png(size: tuple[int, int] = (60, 40)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#9F3220").save(out, format="PNG")
    return out.getvalue()


def collection_of(hub: Hub) -> Any:
    return Library.objects.at(hub).get().collection


class HubImageFactory(factory.django.DjangoModelFactory):
    """`HubImageFactory(hub=hub)`."""

    class Meta:
        model = HubImage

    class Params:
        hub = None

    title = factory.Sequence(lambda n: f"图片{n}")
    file = factory.LazyFunction(lambda: SimpleUploadedFile("picture.png", png(), "image/png"))
    collection = factory.LazyAttribute(lambda made: collection_of(made.hub))


class HubDocumentFactory(factory.django.DjangoModelFactory):
    """`HubDocumentFactory(hub=hub)`."""

    class Meta:
        model = HubDocument

    class Params:
        hub = None

    title = factory.Sequence(lambda n: f"表格{n}")
    file = factory.LazyFunction(lambda: SimpleUploadedFile("form.pdf", b"%PDF-1.4\n%%EOF", "application/pdf"))
    collection = factory.LazyAttribute(lambda made: collection_of(made.hub))


def put_up(hub: Hub, title: str, *, text: str = "", slug: str = "", english_of: Any = None, ends: datetime | None = None, **fields: Any) -> NoticePage:
    """A notice on the hub's board; `english_of`: the English translation of that one."""
    board = board_of(hub)
    if english_of is not None:
        board = NoticeIndexPage.objects.get(translation_key=board.translation_key, locale__language_code="en")
        fields["translation_key"] = english_of.translation_key
    page = NoticePage(title=title, slug=slug or f"n{clock.now().timestamp():.6f}".replace(".", ""), locale=board.locale, expire_at=ends, **fields)
    if text:
        page.body = [("words", f"<p>{text}</p>")]
    board.add_child(instance=page)
    return page


def standing(hub: Hub, title: str, *, slug: str, text: str = "") -> StandardPage:
    """A standing page below the Chinese home page."""
    page = StandardPage(title=title, slug=slug, locale=hub.site.root_page.locale)
    if text:
        page.body = [("words", f"<p>{text}</p>")]
    hub.site.root_page.add_child(instance=page)
    return page


def yesterday() -> datetime:
    return clock.now() - timedelta(days=1)


def tomorrow() -> datetime:
    return clock.now() + timedelta(days=1)
