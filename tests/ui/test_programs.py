"""Programs beside the reader: their input, what they say at the end, and how they fail."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.ui.programs import Ended, program, run_beside, run_here


def beside(line: str, text: str = "") -> str:
    """What is said when the program has ended."""
    ends: list[Ended] = []
    run_beside(program(line, {}), text, ends.append, seconds=60)
    assert ends[0].well == ("did not start" not in ends[0].said and "status" not in ends[0].said)
    return ends[0].said


def test_the_text_is_the_input_and_the_last_line_is_said(tmp_path: Path) -> None:
    file = tmp_path / "got"
    assert beside(f"tee {file}", "Título\n\nText\n") == "Text"
    assert file.read_text() == "Título\n\nText\n"
    assert beside("sort -r", "a\nc\nb\n\n") == "a"
    assert beside("true") == "true: done"


def test_what_fails_is_said_in_one_line() -> None:
    assert (
        beside("sh -c 'echo no such thing >&2; exit 3'") == "sh ended with status 3: no such thing"
    )
    assert beside("false") == "false ended with status 1"
    assert "no-such-program did not start: No such file" in beside("/x/no-such-program")
    assert run_here(program("false", {})) == "false ended with status 1"
    assert "did not start" in run_here(program("/x/no-such-program", {}))


def test_a_text_is_the_input_in_the_terminal_too(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_here(program("cat", {}), "Título\n") == ""
    assert capfd.readouterr().out == "Título\n"


def test_more_text_than_a_pipe_holds_and_more_output_than_we_keep() -> None:
    assert beside("sh -c 'yes | head -c 3000000; cat'", "x" * 300_000 + "\nend") == "end"


def test_a_program_that_reads_nothing_is_no_error() -> None:
    assert beside("sh -c 'exec 0<&-; echo well'", "x" * 300_000) == "well"


@pytest.mark.parametrize(
    ("line", "terminal"),
    [("!mpv %e", True), (" ! less", True), ("w3m", True), ("/usr/bin/lynx", True), ("mpv", False)],
)
def test_who_gets_the_terminal(line: str, terminal: bool) -> None:
    assert program(line, {}).terminal is terminal


@settings(max_examples=20)
@given(st.binary(max_size=300))
def test_what_a_program_prints_never_reaches_the_terminal_raw(output: bytes) -> None:
    printed = "".join(f"\\{byte:03o}" for byte in output)
    said = beside(f"printf '{printed}'")
    assert said.isprintable() or not said.isascii()
    assert "\x1b" not in said and "\n" not in said
