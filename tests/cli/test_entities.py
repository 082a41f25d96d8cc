"""`broadsheet entities` on files, as a script would call it."""

import io
import json
import sys
from pathlib import Path

import pytest

from tui.cli.main import main

TEXT = "Angela Merkel met Barack Obama in Berlin. Mrs Merkel said the United States (US) agreed."


@pytest.mark.model
def test_json_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "a.json"
    document.write_text(json.dumps({"id": "one", "text": TEXT, "more": 1}))
    plain = tmp_path / "two.txt"
    plain.write_text(TEXT)
    assert main(["entities", "--json", str(document), str(plain)]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(first) == ["id", "entities", "ranking"]
    assert (first["id"], second["id"]) == ("one", "two")
    assert first["entities"] == second["entities"]
    assert [0, 13, "PERSON", "Angela Merkel"] in first["entities"]
    named = [(TEXT[start:end], canonical) for start, end, _, canonical in first["entities"]]
    assert ("Merkel", "Angela Merkel") in named
    assert ("US", "United States") in named
    assert first["entities"] == sorted(first["entities"])
    assert set(first["ranking"]) == {canonical for _, _, _, canonical in first["entities"]}


@pytest.mark.model
def test_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "story.txt"
    file.write_text(TEXT)
    assert main(["entities", str(file)]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("●●●● person   2  Angela Merkel  (Merkel ×1)")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", ' {"id": "x", "text": "Berl', "is no valid JSON: unterminated string"),
        (
            "a.json",
            "Angela Merkel met him in Berlin.",
            "is no valid JSON: expecting value in line 1",
        ),
        ("a.JSON", '["Berlin"]', 'is JSON without "text"'),
        ("a.json", '{"text": ' + "[" * 100_000, "is no valid JSON: nested too deeply"),
        ("a.json", "", "is no valid JSON: expecting value"),
    ],
)
def test_broken_json_is_an_error(
    name: str, content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, fine = tmp_path / name, tmp_path / "fine.txt"
    broken.write_text(content)
    fine.write_text("12 34")
    assert main(["entities", "--json", str(broken), str(fine)]) == 1
    output = capsys.readouterr()
    assert f"{name}: {message}" in output.err
    assert [json.loads(line)["id"] for line in output.out.splitlines()] == ["fine"]


def test_an_empty_text_has_no_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "empty.json"
    file.write_text(r'{"id": "\ud800", "text": ""}')
    assert main(["entities", "--json", str(file)]) == 0
    assert json.loads(capsys.readouterr().out) == {"id": "?", "entities": [], "ranking": []}


def test_a_bad_file_costs_itself_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("12 34")
    odd = tmp_path / "odd.json"
    odd.write_text('{"id": "x"}')
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"... 1")))
    assert main(["entities", "--json", str(tmp_path / "none"), str(odd), str(empty), "-"]) == 1
    output = capsys.readouterr()
    assert [json.loads(line) for line in output.out.splitlines()] == [
        {"id": "empty", "entities": [], "ranking": []},
        {"id": "-", "entities": [], "ranking": []},
    ]
    assert "none: can't be read: No such file or directory" in output.err
    assert 'odd.json: is JSON without "text"' in output.err
    assert "empty.txt: there are no words in this text" in output.err
