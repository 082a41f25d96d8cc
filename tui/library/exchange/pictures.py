"""What kind of picture some bytes are, by their first bytes: a server's or file's word is not taken."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureKind:
    """A format: the ending of its files, and its media type."""

    ending: str
    media_type: str


PNG = PictureKind("png", "image/png")
JPEG = PictureKind("jpg", "image/jpeg")
GIF = PictureKind("gif", "image/gif")
WEBP = PictureKind("webp", "image/webp")


def kind(data: bytes) -> PictureKind | None:
    """The format of `data`, or None for what is no picture of a kind that we keep."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    return None
