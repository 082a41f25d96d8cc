"""Pictures made small enough for a terminal. Runs in a worker: decoders meet hostile files there."""

import io
from typing import Any

# Few terminals are wider than 200 cells of 10 pixels; more would only cost bytes.
_WIDEST = 1200
_TALLEST = 1600
# A picture of more pixels than this is refused before it is decoded.
_MOST_PIXELS = 60_000_000
_QUALITY = 80


def shrink(request: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """The job: `body` as JPEG, or PNG where it has transparency or few colours.

    Raises ValueError for what is no picture, or one too large.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with Image.open(io.BytesIO(body)) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise ValueError("a picture of too many pixels")
        # A JPEG can be decoded at a fraction of its size.
        opened.draft("RGB", (_WIDEST, _TALLEST))
        picture = ImageOps.exif_transpose(opened)
    picture.thumbnail((_WIDEST, _TALLEST))
    kept = io.BytesIO()
    if picture.mode in ("RGBA", "LA", "P", "PA", "1"):
        picture.convert("RGBA").quantize(256).save(kept, "PNG", optimize=True)
    else:
        picture.convert("RGB").save(kept, "JPEG", quality=_QUALITY)
    small = kept.getvalue()
    fits = picture.size == (opened.width, opened.height)
    if fits and len(body) <= len(small):
        small = body
    return {"width": picture.width, "height": picture.height}, small
