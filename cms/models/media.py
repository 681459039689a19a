"""Images and documents of the public site; custom from the first migration, so that fields can be added."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class HubImage(AbstractImage):
    """A picture: verified, re-encoded and stripped of its metadata on the way in."""

    admin_form_fields = Image.admin_form_fields


class HubRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")]


class HubDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = Document.admin_form_fields
