"""Wagtail's own upload forms with this house's care: every upload screen, choosers and API included, uses them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from hub.core.fields import checked_picture
from hub.core.uploads import UploadRefused, check_document


class PictureField(WagtailImageField):
    """A picture that has been verified and written anew (hub/core/uploads.py); a bad one is a form error."""

    def to_python(self, data: Any) -> Any:
        upload: Any = forms.FileField.to_python(self, data)
        return checked_picture(upload) if upload is not None else None


class HubImageForm(BaseImageForm):
    """Named in WAGTAILIMAGES_IMAGE_FORM_BASE: single, multiple and chooser upload, replacing a file, and the API."""

    class Meta(BaseImageForm.Meta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stock = self.fields.get("file")
        if stock is not None:
            self.fields["file"] = PictureField(label=stock.label, required=stock.required, widget=stock.widget)


class HubDocumentForm(BaseDocumentForm):
    """Named in WAGTAILDOCS_DOCUMENT_FORM_BASE."""

    class Meta(BaseDocumentForm.Meta):
        pass

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            try:
                check_document(upload)
            except UploadRefused as refused:
                raise ValidationError(str(refused), code=refused.code) from None
        return upload
