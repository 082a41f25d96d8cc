"""`broadsheet read` as scripts use it: a process of its own, real files."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cleaning.pages import page, prose

KEYS = (
    "source title byline excerpt siteName publishedTime modifiedTime lang dir status text "
    "textWithCaptions blocks error"
).split()


def read(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tui", "read", *args]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=60)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    file = tmp_path / "story.html.gz"
    body = (
        f"<article><h1>Bridge to be repaired</h1>{prose(8)}<p>See <a href=/x>x</a>.</p></article>"
    )
    file.write_bytes(gzip.compress(page(body, head="<meta name=author content='Ann Smith'>")))
    return file


def test_json_has_the_promised_keys_in_order_and_a_bad_source_costs_itself(story: Path) -> None:
    done = read("--json", "--url", "https://example.org/a", str(story), "missing.html", str(story))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [list(line) for line in lines] == [KEYS] * 3
    assert lines[0] == lines[2]
    assert lines[0]["byline"] == "Ann Smith"
    assert lines[0]["error"] is None
    assert lines[0]["text"].startswith("Paragraph 0.")
    assert "missing.html" in lines[1]["error"]
    assert lines[1]["text"] is None


def test_standard_input_as_markdown(story: Path) -> None:
    body = gzip.decompress(story.read_bytes())
    done = read("--markdown", "--url", "https://example.org/a", "-", stdin=body)
    assert done.returncode == 0
    assert done.stdout.startswith(b"# Bridge to be repaired\n\nAnn Smith")
    assert b"[x](<https://example.org/x>)" in done.stdout


def test_plain_text_keeps_to_its_width(story: Path) -> None:
    lines = read("--plain", "--width", "40", str(story)).stdout.decode().splitlines()
    assert lines[0] == "Bridge to be repaired"
    assert max(map(len, lines)) <= 40


def test_explain_names_steps_and_reasons(story: Path) -> None:
    text = read("--explain", str(story)).stdout.decode()
    assert "repeats the headline" in text
    assert "status full" in text


def test_explain_says_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    odd = tmp_path / "odd.html"
    related = "<div class='related'><p>Related st\u009b31mories \u202e to read</p></div>"
    odd.write_bytes(page(f"<article>{prose(6)}{related}</article>"))
    text = read("--explain", str(odd)).stdout.decode()
    assert "Related st31mories to read" in text
    assert not {"\u009b", "\u202e"} & set(text)


def test_an_empty_source_is_an_error() -> None:
    done = read("--json", "-")
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"] == "nothing to read: the page is empty"
