"""The small models behind the screens: prompt, layout, themes, history, ages, hints, timeline, news."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.newsroom import NOW
from tui import resources
from tui.domain import events as e
from tui.ui import themes
from tui.ui.ages import age, date, day
from tui.ui.history import History
from tui.ui.layout import LEAST_PANE, panes
from tui.ui.news import News
from tui.ui.render.cells import cell_len
from tui.ui.render.hints import hint_letters
from tui.ui.render.names import dots, sentence_around
from tui.ui.render.timeline import sparkline, weekly
from tui.ui.typography import Typography
from tui.ui.widgets.prompt import Prompt


def typed(*keys: str, text: str = "", history: list[str] | None = None) -> Prompt:
    prompt = Prompt(":", lambda _t: None, text=text, history=history or [])
    for key in keys:
        if not prompt.press(key):
            prompt.type(key)
    return prompt


def test_a_line_is_edited() -> None:
    assert typed("a", "b", "left", "c").text == "acb"
    assert typed("a", "b", "backspace").text == "a"
    assert typed("home", "delete", text="abc").text == "bc"
    assert typed("ctrl-w", text="order by feed").text == "order by "
    assert typed("left", "ctrl-u", text="abc").text == "c"
    assert typed("left", "x", text="e\u0301").text == "xe\u0301"


def test_pasted_text_is_one_clean_line() -> None:
    prompt = typed()
    prompt.type("two\nlines\x1b[31m")
    assert prompt.text == "two lines[31m"


def test_history_goes_back_and_forth_and_keeps_lines_once() -> None:
    prompt = typed("up", "up", history=["one", "two"])
    assert prompt.text == "one"
    prompt.press("down")
    assert prompt.text == "two"
    prompt.remember()
    assert prompt.history == ["one", "two"]


def test_completion_steps_through_choices() -> None:
    prompt = Prompt(
        ":",
        lambda _t: None,
        complete=lambda text: [w for w in ("star", "stop") if w.startswith(text)],
    )
    prompt.type("st")
    prompt.press("tab")
    assert prompt.text == "star"
    prompt.press("tab")
    assert prompt.text == "stop"
    prompt.press("shift-tab")
    assert prompt.text == "star"


@given(st.text(max_size=60), st.integers(4, 40), st.integers(0, 60))
def test_the_cursor_of_a_prompt_is_always_in_view(text: str, width: int, cursor: int) -> None:
    prompt = Prompt(":", lambda _t: None, text=text, cursor=min(cursor, len(text)))
    before, at, _after, _hint = prompt.shown(width)
    assert 1 + cell_len(before) + cell_len(at) <= max(width, 4)


@given(
    st.integers(1, 300),
    st.sampled_from(("list", "article", "names")),
    st.integers(0, 3),
    st.booleans(),
)
def test_panes_fill_the_width_and_show_the_focus(
    width: int, focus: str, wanted: int, names: bool
) -> None:
    shares = panes(width, focus, wanted, names=names)
    assert shares.list + shares.article + (not shares.under) * shares.names == width
    assert getattr(shares, focus) > 0
    assert all(share == 0 or share >= min(width, LEAST_PANE) for share in shares[:3])


def test_panes_by_width() -> None:
    widths = (50, 79, 80, 119, 120, 200)
    assert [sum(share > 0 for share in panes(w, "list")[:3]) for w in widths] == [1, 1, 2, 2, 3, 3]
    assert panes(80, "names") == panes(80, "list", under=True) == (32, 48, 32, True)


@pytest.mark.parametrize("name", themes.NAMES[1:])
def test_themes_load_and_know_the_same_looks(name: str) -> None:
    theme, problems = themes.load(name)
    assert problems == []
    assert set(theme.looks) == set(themes.load("terminal")[0].looks)


def test_mono_has_no_colour_and_marks_meaning_by_attributes() -> None:
    theme, _ = themes.load("mono")
    assert all(style.color is None and style.bgcolor is None for style in theme.looks.values())
    for look in ("mention-now", "hit", "hint", "status-error"):
        assert theme.style(look).reverse


def test_terminal_uses_its_sixteen_colours_only() -> None:
    theme, _ = themes.load("terminal")
    for style in theme.looks.values():
        assert style.bgcolor is None
        assert style.color is None or (style.color.number is not None and style.color.number < 16)


def luminance(colour: tuple[int, int, int]) -> float:
    red, green, blue = (c / 255 for c in colour)
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("name", "least"), [("high-contrast", 7.0), ("dark", 4.5), ("light", 4.5)])
def test_contrast(name: str, least: float) -> None:
    """WCAG 2.2: 4.5 to 1, and 7 to 1 where contrast is wanted; rules and bars are no text."""
    theme, _ = themes.load(name)
    for look, style in theme.looks.items():
        if (
            look in ("rule", "bar", "picture", "cursor-idle")
            or not style.color
            or not style.bgcolor
        ):
            continue
        a, b = (luminance(c.get_truecolor()) for c in (style.color, style.bgcolor))
        ratio = (max(a, b) + 0.05) / (min(a, b) + 0.05)
        assert ratio >= least, (look, round(ratio, 2))


def test_the_environment_chooses_mono() -> None:
    assert themes.choose("dark", {"NO_COLOR": "1", "TERM": "xterm"}) == "mono"
    assert themes.choose("auto", {"TERM": "vt100"}) == "mono"
    assert themes.choose("auto", {"TERM": "xterm-256color"}) == "terminal"
    assert themes.choose("dark", {"TERM": "xterm"}) == "dark"


def test_a_theme_of_ones_own_comes_first_and_its_mistakes_are_said(tmp_path: Path) -> None:
    (tmp_path / "dark.toml").write_text('[looks]\ntitle = "bold"\nlink = "no such"\n')
    theme, problems = themes.load("dark", tmp_path)
    assert theme.style("title").bold
    assert "link" in problems[0]
    assert "no theme 'neon'" in themes.load("neon", tmp_path)[1][0]
    (tmp_path / "bad.toml").write_text("[looks\n")
    assert "can't be read" in themes.load("bad", tmp_path)[1][0]


@pytest.mark.parametrize("name", ["nope", "a\0b", "../dark", "odd"])
def test_a_theme_that_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe")
    theme, problems = themes.load(name, tmp_path / "themes" if name != "odd" else tmp_path)
    assert theme.name == "terminal"
    assert len(problems) == 1 and "theme" in problems[0]


def test_themes_are_all_shipped() -> None:
    shipped = {f.name.removesuffix(".toml") for f in (resources.config() / "themes").iterdir()}
    assert shipped == set(themes.NAMES[1:])


def test_history_goes_back_and_forth() -> None:
    history = History()
    for entry in (1, 2, 2, 3):
        history.visit(entry)
    assert history.step(-1) == 2
    assert history.step(-1) == 1
    assert history.step(-1) is None
    assert history.step(1) == 2
    history.visit(9)
    assert history.step(1) is None


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (0, "now"),
        (5 * 60, "5m"),
        (3 * 3600, "3h"),
        (6 * 86400, "6d"),
        (20 * 86400, "2w"),
        (800 * 86400, "2y"),
        (-90, "now"),
    ],
)
def test_ages(ago: int, said: str) -> None:
    assert age(NOW - timedelta(seconds=ago), NOW) == said


@given(st.integers(0, 10**10))
def test_an_age_takes_three_columns(seconds: int) -> None:
    assert len(age(NOW - timedelta(seconds=seconds), NOW)) <= 3


def test_dates_are_in_the_zone_of_the_reader() -> None:
    assert date(NOW - timedelta(hours=1), NOW) == "today 13:05"
    assert date(NOW - timedelta(days=1), NOW) == "yesterday 14:05"
    assert date(NOW - timedelta(days=3), NOW) == "Sunday 14:05"
    assert date(NOW - timedelta(days=400), NOW) == "21 Oct 2025, 14:05"
    assert day(NOW - timedelta(days=2), NOW) == "Monday 23 Nov"
    assert day(NOW - timedelta(days=400), NOW) == "Tuesday 21 Oct 2025"


@given(st.integers(1, 500))
def test_hints_are_told_apart_by_typing(count: int) -> None:
    hints = hint_letters(count)
    assert len(set(hints)) == count
    assert len({len(hint) for hint in hints}) == 1


def test_dots_show_weight_without_colour() -> None:
    assert dots(0.9, 0.9) == "●●●"
    assert dots(0.05, 0.9) == "○○○"
    assert dots(0.0, 0.0) == "○○○"


def test_the_sentence_of_a_mention() -> None:
    text = "One. Marta spoke. Three."
    assert sentence_around(text, 5, 10) == ("Marta spoke.", 0)
    assert sentence_around("Alone", 0, 5) == ("Alone", 0)
    assert sentence_around("第一。苔庭は静か。", 3, 5)[0] == "苔庭は静か。"


def test_the_timeline_shows_every_day_with_articles() -> None:
    assert sparkline([0, 1, 100]) == " ▁█"
    assert sparkline([]) == ""
    counts, unit = weekly([("2026-01-01", 2), ("2026-01-03", 1)], 40)
    assert (counts, unit) == ([2, 0, 1], "day")
    counts, unit = weekly([("2025-01-01", 2), ("2026-01-03", 1)], 60)
    assert unit == "week" and sum(counts) == 3 and counts[0] == 2 and counts[-1] == 1


def test_typography_has_bounds() -> None:
    typography = Typography()
    typography.widen(500)
    assert typography.measure == 100
    typography.widen(-500)
    assert typography.measure == 40


def test_news_tells_of_a_round() -> None:
    news = News()
    for event in (
        e.SyncStarted(2),
        e.FeedDone(1, "Gazette", 3),
        e.FeedDone(2, "Ledger", 0, error="timeout; it is tried again later"),
    ):
        news.take(event, NOW)
    assert news.working == "Fetching feeds 2/2 · 3 new"
    news.take(e.SyncFinished(2, 3, 1), NOW)
    assert news.working == ""
    assert news.notice == "Synced: 3 new entries, 1 feed failed (L tells why)"
    assert "Ledger: timeout" in news.log[0].what
    news.take(e.NetworkChanged(True, "no host answers"), NOW)
    assert news.offline and news.notice == "Offline: no host answers"
    news.take(e.Progress("pack", 1, 4, "Gazette"), NOW)
    assert news.working == "Pack 1/4 Gazette · 3 new"
