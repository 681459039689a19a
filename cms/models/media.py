"""Images and documents of the public site; custom from the first migration, so that fields can be added."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Collection, Page, ReferenceIndex

from hub.hubs.models import Hub, HubOwned


class HubImage(AbstractImage):
    """A picture: verified, re-encoded and stripped of its metadata on the way in."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class HubRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")]


class HubDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = Document.admin_form_fields

    def is_published(self) -> bool:
        """Whether a page that is live leads to it."""
        sources = ReferenceIndex.get_references_to(self).filter(base_content_type=ContentType.objects.get_for_model(Page)).values_list("object_id", flat=True)
        return Page.objects.live().filter(pk__in=[int(pk) for pk in sources]).exists()

    def is_kept_at(self, hub: Hub) -> bool:
        """Whether it lies in that hub's library, or in a folder of it."""
        library = Library.objects.at(hub).select_related("collection").first()
        return library is not None and (self.collection_id == library.collection_id or self.collection.is_descendant_of(library.collection))


class Library(HubOwned):
    """The folder in which one hub keeps its pictures and files; what lies in it is seen by that hub's staff alone."""

    collection = models.OneToOneField(Collection, on_delete=models.PROTECT, related_name="library", verbose_name=_("collection"))

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")
        constraints = [models.UniqueConstraint(fields=["hub"], name="library_once_a_hub")]

    def __str__(self) -> str:
        return str(self.collection)
