"""A photo in the two sizes the shop shows. What comes in has been written anew by hub.core.uploads; here it is only made smaller."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

LARGE, SMALL = 1200, 160  # px: the longest side; the side of the square
QUALITY = 82
NOISE = 2  # levels of grey, of 256: less is no difference


@dataclass(frozen=True, slots=True)
class Photo:
    """Two JPEGs, and what tells the same photo when it comes again."""

    large: bytes
    small: bytes
    content_hash: str


def photo_of(upload: Any) -> Photo:
    """The sizes of a clean upload (PhotoField); its hash is of the points, so that another file name or another way of packing hides nothing."""
    upload.seek(0)
    picture = Image.open(BytesIO(upload.read())).convert("RGB")
    look = ImageOps.fit(picture, (64, 64)).tobytes()
    picture.thumbnail((LARGE, LARGE))
    return Photo(_jpeg(picture), _jpeg(ImageOps.fit(picture, (SMALL, SMALL))), hashlib.sha256(look).hexdigest())


def look_of(content: bytes) -> str:
    """How a picture looks, as 32 hex digits: whether each of 8 × 8 spots is darker than the one to its right, then the colour (Cb, Cr) of its four quarters.
    Packing it anew, making it smaller or brighter changes little of it. (The package ImageHash does the first half and brings numpy, scipy, PyWavelets.)"""
    light, blue, red = Image.open(BytesIO(content)).convert("YCbCr").split()
    grey = light.resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    spots = ["1" if grey[9 * row + column] + NOISE < grey[9 * row + column + 1] else "0" for row in range(8) for column in range(8)]
    quarters = b"".join(colour.resize((2, 2), Image.Resampling.BOX).tobytes() for colour in (blue, red))
    return format(int("".join(spots), 2), "016x") + quarters.hex()


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, format="JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
