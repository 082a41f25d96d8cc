"""Pictures made small: shape kept, kinds understood, hostile ones refused."""

import io

import pytest
from PIL import Image

from tui.domain.blocks import Article, Figure
from tui.sync.pictures import pictures_of
from tui.sync.shrink import shrink


def encoded(image: Image.Image, kind: str, **more: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def shrunk(body: bytes) -> Image.Image:
    reply, small = shrink({}, body)
    image = Image.open(io.BytesIO(small))
    assert image.size == (reply["width"], reply["height"])
    return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_large_picture_becomes_small_and_keeps_its_shape(kind: str) -> None:
    image = shrunk(encoded(Image.new("RGB", (4000, 1000), "red"), kind))
    assert image.size == (1200, 300)


def test_transparency_is_kept() -> None:
    image = Image.new("RGBA", (3000, 1000), (255, 0, 0, 0))
    small = shrunk(encoded(image, "PNG"))
    assert small.format == "PNG"
    assert small.convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_a_picture_on_its_side_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    small = shrunk(encoded(Image.new("RGB", (400, 200)), "JPEG", exif=exif))
    assert small.size == (200, 400)


def test_a_small_picture_never_grows() -> None:
    body = encoded(Image.new("P", (16, 16)), "GIF")
    _, small = shrink({}, body)
    assert len(small) <= len(body)


@pytest.mark.parametrize("body", [b"", b"no picture", b"<svg/>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_raises(body: bytes) -> None:
    with pytest.raises((ValueError, OSError)):
        shrink({}, body)


def test_a_cut_picture_raises() -> None:
    body = encoded(Image.effect_noise((800, 800), 90), "PNG")
    with pytest.raises((ValueError, OSError, SyntaxError)):
        shrink({}, body[: len(body) // 2])


def test_a_picture_of_too_many_pixels_is_refused_unseen() -> None:
    image = encoded(Image.new("1", (10_000, 7_000)), "PNG")
    with pytest.raises((ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning)):
        shrink({}, image)


def test_the_pictures_of_an_article_are_safe_once_and_not_too_many() -> None:
    sources = ["https://x.example/1.png", "javascript:x", "https://x.example/1.png", ""]
    sources += [f"https://x.example/{n}.png" for n in range(30)]
    article = Article(
        "https://x.example/",
        blocks=tuple(Figure(source) for source in sources),
        lead_image="https://x.example/lead.png",
    )
    found = pictures_of(article)
    assert found[:2] == ["https://x.example/lead.png", "https://x.example/1.png"]
    assert len(found) == len(set(found)) == 20
