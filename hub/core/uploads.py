"""The one way in for files that staff upload.

A picture is opened by its content, never by its name; counted before it is decoded; decoded, turned upright, brought to sRGB and
written anew, so that nothing of the old file is left: no GPS, no camera, no comment, no appended archive. A document must be what
its ending says. Everything else is refused with a sentence.
"""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

LONGEST_SIDE = 4096  # px kept of a picture; no page shows more
DOCUMENT_MAX_BYTES = 20 * 1024 * 1024
UNPACKED_MAX_BYTES = 200 * 1024 * 1024
PACKED_FILES_MAX = 5000

PICTURE_FORMATS = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "WEBP": ("webp", "image/webp")}
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 86, "method": 4},
}
OFFICE_MARKS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}

SENTENCES: dict[str, Promise] = {
    "picture_unreadable": _("This file cannot be read as a picture. Please open it on the computer, save it again as JPG or PNG and upload that."),
    "picture_format": _("Only JPG, PNG and WebP pictures are taken. Please save the picture in one of these and upload it again."),
    "picture_pixels": _("This picture is %(width)s × %(height)s points; at most %(limit)s points fit. Please make it smaller first."),
    "picture_huge": _("This picture has far more points than the house can take. Please make it smaller first."),
    "too_heavy": _("This file is %(size)s, more than the %(limit)s that fit. Please make it smaller first."),
    "empty": _("The file is empty. Please choose it again."),
    "document_format": _("Only PDF, Word (docx) and Excel (xlsx) files are taken."),
    "document_other": _("This is not a real %(ending)s file. Please save it again as %(ending)s and upload that."),
    "document_macros": _("This file carries macros. Please save it without them and upload it again."),
    "document_bomb": _("Unpacked, this file is far too large. Please save it again without the large pictures."),
}


class UploadRefused(ValueError):
    """The file stays outside; `str()` is the sentence for the form."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % self.facts if self.facts else str(SENTENCES[self.code])


@dataclass(frozen=True)
class CleanPicture:
    """A picture as this house wrote it: its bytes, and what they are."""

    content: bytes
    extension: str
    content_type: str


def clean_picture(stream: IO[bytes]) -> CleanPicture:
    """The picture in `stream`, verified and written anew; UploadRefused with a sentence when it is none."""
    content = _read(stream, int(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE))
    try:
        picture = Image.open(BytesIO(content), formats=tuple(PICTURE_FORMATS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UploadRefused("picture_huge") from None
    except Exception:
        raise UploadRefused("picture_format") from None
    _refuse_too_many_pixels(*picture.size)
    kind = str(picture.format)
    try:
        written = _written_anew(picture, kind)
    except Exception:
        raise UploadRefused("picture_unreadable") from None
    return CleanPicture(written, *PICTURE_FORMATS[kind])


def take_picture(upload: "UploadedFile[Any]") -> None:
    """Put the clean picture in place of what was uploaded.

    In place, because Wagtail's multiple uploader keeps the very upload when another field of its form is wrong: no unclean byte may
    be left in it.
    """
    picture = clean_picture(upload)
    inner: Any = upload.file
    inner.seek(0)
    inner.write(picture.content)
    inner.truncate()
    inner.flush()
    inner.seek(0)
    upload.size = len(picture.content)
    upload.content_type = picture.content_type
    upload.name = f"{PurePath(upload.name or 'picture').stem}.{picture.extension}"


def check_document(upload: "UploadedFile[Any]") -> None:
    """UploadRefused unless `upload` is, by name and by content, a PDF, Word or Excel file of a bearable size."""
    ending = PurePath(upload.name or "").suffix.lower().removeprefix(".")
    if ending not in settings.WAGTAILDOCS_EXTENSIONS:
        raise UploadRefused("document_format")
    content = _read(upload, DOCUMENT_MAX_BYTES)
    upload.seek(0)
    if ending == "pdf":
        if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
            raise UploadRefused("document_other", ending="PDF")
    else:
        _check_office(content, ending)


def _read(stream: IO[bytes], limit: int) -> bytes:
    stream.seek(0)
    content = stream.read(limit + 1)
    if not content:
        raise UploadRefused("empty")
    if len(content) > limit:
        size = getattr(stream, "size", None) or len(content)
        raise UploadRefused("too_heavy", size=filesizeformat(size), limit=filesizeformat(limit))
    return content


def _refuse_too_many_pixels(width: int, height: int) -> None:
    limit = int(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)
    if width * height > limit:
        raise UploadRefused("picture_pixels", width=width, height=height, limit=limit)


def _written_anew(picture: Image.Image, kind: str) -> bytes:
    """The first frame as it is meant to be seen; moving pictures do not move here."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG alone: decode no finer than it will be kept
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    plain = _in_srgb(upright, kind)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain.info.clear()
    out = BytesIO()
    plain.save(out, format=kind, **SAVE_OPTIONS[kind])
    return out.getvalue()


def _in_srgb(picture: Image.Image, kind: str) -> Image.Image:
    has_alpha = kind != "JPEG" and (picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info)
    mode = "RGBA" if has_alpha else "L" if picture.mode in {"L", "1"} else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return converted if converted is not None else picture.convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken colour profile costs its colours, not the picture
    return picture.convert(mode)


def _check_office(content: bytes, ending: str) -> None:
    try:
        packed = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UploadRefused("document_other", ending=ending) from None
    names = {entry.filename for entry in packed}
    if OFFICE_MARKS[ending] not in names or "[Content_Types].xml" not in names:
        raise UploadRefused("document_other", ending=ending)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UploadRefused("document_macros")
    if len(packed) > PACKED_FILES_MAX or sum(entry.file_size for entry in packed) > UNPACKED_MAX_BYTES:
        raise UploadRefused("document_bomb")
