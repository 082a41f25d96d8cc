"""Commands of the user's: words, values that stay one word, and what is no command."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import SettingsError
from tui.domain.programs import words

URL = "https://example.org/a;touch%20x?q=$(id)&b='"


def test_values_stand_where_the_line_says() -> None:
    values = {"u": URL, "t": 'Two "words" here', "n": "3"}
    assert words("save --title=%t %u", values) == ["save", '--title=Two "words" here', URL]
    assert words("'my program' 100%% %n", values) == ["my program", "100%", "3"]
    assert words("play %e", values) == ["play", ""]
    assert words("date +%Y", values) == ["date", "+%Y"]


def test_the_last_value_is_added_where_the_line_has_none() -> None:
    assert words("w3m -N", {"u": URL}, last="u") == ["w3m", "-N", URL]
    assert words("w3m %u", {"u": URL}, last="u") == ["w3m", URL]
    assert words("lp", {"u": URL}) == ["lp"]
    assert words("at 100%%", {"u": URL}, last="u") == ["at", "100%", URL]


def test_a_title_is_no_option() -> None:
    assert words("say %t", {"t": "--help"}) == ["say", " --help"]
    assert words("say -%t", {"t": "-x"}) == ["say", "--x"]


@pytest.mark.parametrize("line", ["", "  ", 'mpv "', "a 'b"])
def test_what_is_no_command_is_told(line: str) -> None:
    with pytest.raises(SettingsError, match="the command"):
        words(line, {})


@given(st.text(), st.text())
def test_no_value_becomes_two_words_or_an_option(title: str, link: str) -> None:
    made = words("x %t %u", {"t": title, "u": link})
    assert len(made) == 3
    assert not any(word.startswith("-") for word in made)
    assert shlex.split(shlex.join(made)) == made
