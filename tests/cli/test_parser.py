"""The grammar: errors of one line with what to do, and queries as people type them."""

import pytest

from tests.cli.run import broadsheet
from tui.cli import parser


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lst"], "there is no command 'lst' (did you mean list?); `broadsheet --help` tells more"),
        (["list", "--limit", "-3"], "expected a whole number from 0, not '-3'"),
        (["list", "--limit", "9" * 30], "expected a whole number from 0, not '999"),
        (["list", "--order", "best"], "'best' is none of newest, oldest, feed, folder"),
        (["list", "--jsn"], "unrecognized arguments: --jsn"),
        (["read"], "required: SOURCE; `broadsheet read --help` tells more"),
        (["list", "--json", "--count"], "not allowed with argument"),
    ],
)
def test_a_wrong_line_is_told_in_one(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser.parse(words)
    assert stopped.value.code == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert err.startswith("broadsheet: ") and said in err


def test_a_term_with_a_dash_is_no_option() -> None:
    assert "".join(parser.parse(["search", "nato", "-is:read"]).query) == "nato -is:read"
    assert parser.parse(["list", "--query", "-is:read"]).query.strip() == "-is:read"
    assert parser.parse(["read", "-"]).source == ["-"]


def test_numbers_may_be_left_as_they_are() -> None:
    assert parser.parse(["list"]).limit == 100
    assert parser.parse(["list", "--limit", "0"]).limit == 0


def test_help_is_no_error() -> None:
    done = broadsheet("mark", "-h")
    assert done.returncode == 0
    assert done.stdout.startswith("usage: broadsheet mark")
