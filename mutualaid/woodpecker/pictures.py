"""A photo of a newspaper page. What comes in has been written anew by hub.core.uploads; here it is made small enough to keep, and large enough to read."""

from io import BytesIO
from typing import Any

from PIL import Image

LARGEST = 1600  # px, the longest side
QUALITY = 82


def picture_of(upload: Any) -> bytes:
    """A JPEG of a clean upload (PhotoField)."""
    upload.seek(0)
    picture = Image.open(BytesIO(upload.read())).convert("RGB")
    picture.thumbnail((LARGEST, LARGEST))
    out = BytesIO()
    picture.save(out, format="JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
