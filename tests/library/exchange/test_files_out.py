"""Files on their way out: whole or not at all, Markdown folders, and the EPUB that epubcheck takes."""

import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.library.exchange.conftest import NOW, PICTURE, PNG, article
from tui.domain.blocks import Article, Block, Item, List, Paragraph, Span
from tui.domain.editions import Edition
from tui.domain.errors import BroadsheetError
from tui.domain.feeds import Page, ParsedEntry, ParsedFeed
from tui.library.exchange import epub, folder
from tui.library.exchange.epub.text import Chapter, address
from tui.library.exchange.whole import replacing
from tui.library.store import SqliteLibrary

EVERYTHING = Edition("")


def add(library: SqliteLibrary, *articles: Article) -> None:
    feed = library.subscribe("https://b.example/f", "Harbour: Post")
    entries = tuple(ParsedEntry(a.url, a.title, a.url, NOW) for a in articles)
    library.save_feed(feed, ParsedFeed(feed.url, feed.title, entries=entries), Page(feed.url, b""))
    ids = library.entry_ids(feed.id, [a.url for a in articles])
    for text in articles:
        library.save_article(ids[text.url], text, None)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replacing(file) as new:
        new.write(b"half")
        raise ZeroDivisionError
    assert [(f.name, f.read_bytes()) for f in tmp_path.iterdir()] == [("kept", b"old")]
    with replacing(file) as new:
        new.write(b"new")
    assert [(f.name, f.read_bytes()) for f in tmp_path.iterdir()] == [("kept", b"new")]


def test_a_folder_that_is_no_folder_is_said(full: SqliteLibrary, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BroadsheetError, match="can't be made"):
        folder.write(tmp_path / "file", full, EVERYTHING)


def test_markdown_folder(full: SqliteLibrary, tmp_path: Path) -> None:
    add(full, article("https://b.example/1", "../../What's new?"))
    target = tmp_path / "out"
    assert folder.write(target, full, EVERYTHING) == 2
    files = {str(f.relative_to(target)): f.read_text() for f in target.rglob("*") if f.is_file()}
    assert set(files) == {
        "The Meridian/2031-03-04 Lights & fog.md",
        "Harbour- Post/2031-03-04 What's new.md",
    }
    text = files["The Meridian/2031-03-04 Lights & fog.md"]
    assert text.startswith("# Lights & fog\n")
    assert text.endswith("Tags: law, sea\n\nNote: Read again.\n")
    assert folder.write(target, full, EVERYTHING) == 2
    assert len(list(target.rglob("*.md"))) == 2, "a second export replaces the first"


def test_same_titles_get_numbers(library: SqliteLibrary, tmp_path: Path) -> None:
    titles = enumerate(["Same", "same", "Same"])
    add(library, *(article(f"https://b.example/{n}", title) for n, title in titles))
    folder.write(tmp_path, library, EVERYTHING)
    names = {f.name.casefold() for f in tmp_path.rglob("*.md")}
    assert names == {"2031-03-04 same.md", "2031-03-04 same 2.md", "2031-03-04 same 3.md"}


def epubcheck(file: Path) -> str:
    """What epubcheck has to say about `file`: nothing if it is good."""
    jar = Path("/usr/share/java/epubcheck.jar")
    if shutil.which("java") is None or not jar.exists():
        pytest.skip("epubcheck is not installed (apt install epubcheck)")
    done = subprocess.run(
        ["java", "-jar", str(jar), "--quiet", "--failonwarnings", str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_epubcheck_finds_nothing(full: SqliteLibrary, tmp_path: Path) -> None:
    add(
        full,
        article("https://b.example/ä ö?q=a|b&c=[1]#x y", "Mañana <b>\x1b[1m", "ar"),
        Article("https://b.example/2", "", (Paragraph((Span("é & \x00 \ufffe"),)),)),
    )
    file = tmp_path / "edition.epub"
    assert epub.write(file, full, EVERYTHING, NOW) == 3
    assert epubcheck(file) == ""


def test_epub_of_nothing_says_so(library: SqliteLibrary, tmp_path: Path) -> None:
    file = tmp_path / "empty.epub"
    assert epub.write(file, library, EVERYTHING, NOW) == 0
    with zipfile.ZipFile(file) as book:
        contents = ET.fromstring(book.read("book/contents.xhtml"))
    assert "Nothing" in "".join(contents.itertext())


def test_epub_holds_pictures_contents_and_languages(full: SqliteLibrary, tmp_path: Path) -> None:
    add(full, article("https://b.example/1", "Third", "ar"))
    file = tmp_path / "edition.epub"
    epub.write(file, full, EVERYTHING, NOW)
    with zipfile.ZipFile(file) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
        names = book.namelist()
        pages = {n: book.read(n).decode() for n in names if n.endswith(".xhtml")}
        pictures = [n for n in names if n.endswith(".png")]
        assert [book.read(n) for n in pictures] == [PNG], "one picture for both articles"
    contents = pages["book/contents.xhtml"]
    assert contents.index("Harbour: Post") < contents.index("Third")
    assert "Lights &amp; fog" in contents
    chapters = [pages[n] for n in sorted(pages) if "article" in n]
    assert 'dir="rtl"' in chapters[0] + chapters[1]
    for chapter in chapters:
        assert '<img src="picture-1.png" alt="A light"/>' in chapter
        assert PICTURE not in chapter, "nothing is loaded from the network"
        assert "[Not here.]" in chapter


@pytest.mark.parametrize(
    ("items", "markup"),
    [
        ([0, 0], "<ul><li>0</li><li>1</li></ul>"),
        ([0, 1, 0], "<ul><li>0<ul><li>1</li></ul></li><li>2</li></ul>"),
        ([0, 1, 2, 0], "<ul><li>0<ul><li>1<ul><li>2</li></ul></li></ul></li><li>3</li></ul>"),
        ([3, 0], "<ul><li>0</li><li>1</li></ul>"),
        ([0, 3, 1], "<ul><li>0<ul><li>1</li><li>2</li></ul></li></ul>"),
    ],
)
def test_lists_are_nested_again(items: list[int], markup: str) -> None:
    block = List(tuple(Item((Span(str(n)),), depth) for n, depth in enumerate(items)))
    assert Chapter(Article("", blocks=(block,)), {}).body() == markup


def test_the_leading_picture_is_shown_once() -> None:
    text = article("https://b.example/1")
    names = {PICTURE: "picture-1.png"}
    assert Chapter(text, names).body().count("<img") == 1
    without = replace(text, blocks=text.blocks[:2])
    assert Chapter(without, names).body().startswith('<figure><img src="picture-1.png" alt=""/>')
    assert "<img" not in Chapter(without, {}).body()


@given(st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(1, 5)), max_size=12))
def test_every_list_is_well_formed(items: list[tuple[int, int | None]]) -> None:
    block = List(tuple(Item((Span("x"),), depth, number) for depth, number in items))
    tree = ET.fromstring(f"<r>{Chapter(Article('', blocks=(block,)), {}).body()}</r>")
    assert len(list(tree.iter("li"))) == len(items)
    assert {e.tag for li in tree.iter("li") for e in li} <= {"ul", "ol"}


@given(st.text(), st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_well_formed(text: str, link: str) -> None:
    blocks: tuple[Block, ...] = (Paragraph((Span(text, href=f"https://a.example/{link}"),)),)
    ET.fromstring(f"<r>{Chapter(Article('', blocks=blocks), {}).body()}</r>")


def test_addresses_hold_only_what_an_address_may() -> None:
    assert address("https://bücher.example/ä b?q=ü|[1]&x=%41#é") == (
        "https://xn--bcher-kva.example/%C3%A4%20b?q=%C3%BC%7C%5B1%5D&amp;x=%41#%C3%A9"
    )
    assert address("https://" + "a" * 70 + ".example/") == ""
