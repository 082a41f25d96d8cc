"""From bytes to pixels, within limits. The only place that uses Pillow."""

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# What the web has and Pillow reads in its own, hardened code.
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
# Pixels: 25 million are 75 MB, more is no picture of an article.
_MOST_PIXELS = 25_000_000
_LARGEST = 20_000_000


class BadPicture(Exception):
    """The bytes are no picture that we draw; the text says why, in one line."""


def decode(data: bytes, width: int, height: int) -> "Image":
    """The picture in `data` as RGB, shrunk to `width` x `height` pixels exactly. Transparent parts
    are white: pictures of articles are made for paper. Raises BadPicture."""
    from PIL import Image

    if len(data) > _LARGEST:
        raise BadPicture("the picture is too large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            if image.width * image.height > _MOST_PIXELS:
                raise BadPicture(f"the picture has {image.width}x{image.height} pixels")
            # JPEG is decoded at an eighth, a quarter or a half where that is enough.
            image.draft("RGB", (width, height))
            image.seek(0)
            flat = _flat(image)
            return flat.resize((width, height), Image.Resampling.BOX, reducing_gap=2.0)
    except BadPicture:
        raise
    except Exception as error:  # Pillow raises nearly everything on damaged files
        raise BadPicture("the picture is damaged") from error


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises BadPicture."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            return image.width, image.height
    except Exception as error:
        raise BadPicture("the picture is damaged") from error


def _flat(image: "Image") -> "Image":
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        whole = image.convert("RGBA")
        paper = Image.new("RGBA", whole.size, "white")
        return Image.alpha_composite(paper, whole).convert("RGB")
    return image.convert("RGB")
