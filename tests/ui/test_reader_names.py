"""Names: chosen, stepped through, filtered, corrected, followed, across articles."""

from tests.ui.conftest import Opener


async def test_names_are_chosen_and_stepped_through(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        await s.press("j", "enter", "tab", "enter")
        assert "Marta Lindqvist: 1 of 2" in s.bottom
        assert s.app.desk.article.marks["mention-now"][0].look == "mention-now"
        await s.press("n")
        assert "Marta Lindqvist: 2 of 2" in s.bottom
        await s.press("N", "N")
        assert "2 of 2" in s.bottom
        await s.press("escape")
        assert not any(s.app.desk.article.marks.values())


async def test_the_sentence_of_a_name_is_in_the_bottom_line(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        await s.press("j", "enter", "tab")
        assert "said Marta Lindqvist, who chairs the harbour council" in s.bottom


async def test_a_quote_jumps_to_its_place(open_reader: Opener) -> None:
    async with open_reader(size=(120, 20)) as s:
        await s.press("j", "enter", "space", "tab", "G")
        assert "Marta Lindqvist: “" in s.text
        await s.press("enter")
        assert "We have waited eleven winters" in s.text.split("\n", 2)[2]


async def test_filtering_names_by_typing(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        await s.press("j", "enter", "tab", "slash")
        text = await s.type("norr")
        assert "Norrvik" in text and "Organisations" not in text
        assert len([r for r in s.app.desk.names.rows if r.stops]) == 1
        await s.press("enter", "escape")
        assert len(s.app.desk.names.rows) > 5


async def test_an_entity_page_shows_every_article(open_reader: Opener) -> None:
    async with open_reader(size=(100, 30)) as s:
        await s.press("j", "enter", "tab")
        s.app.desk.names.choose(next(e for e in s.entities if e.name == "Norrvik"))
        text = await s.press("E")
        assert "Norrvik" in text.split("\n")[0]
        assert "place · 2 articles, 1 unread" in text
        assert "A very long report on the fishing quota talks" in text
        assert "Marta Lindqvist" in text
        await s.press("G", "enter")
        assert s.app.place == "article"
        assert s.reading.entry.id == s.ids["long"]


async def test_following_a_name_is_shown_and_undone(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        text = await s.press("j", "enter", "tab", "f")
        assert "Following Marta Lindqvist" in s.bottom
        assert "Marta Lindqvist ✓" in text
        assert [row.name for row, _c in s.library.followed()] == ["Marta Lindqvist"]
        await s.press("f")
        assert s.library.followed() == []


async def test_corrections_by_key_with_undo(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        await s.press("j", "enter", "tab", "j", "c", "h")
        assert "Hidden: Ole Sund" in s.bottom
        assert "Ole Sund" not in s.names
        await s.press("u")
        assert "Ole Sund" in s.names
        await s.press("g", "g", "c", "r", "ctrl+u")
        await s.type("Marta L")
        await s.press("enter")
        assert "Now Marta L" in s.bottom
        assert "Marta L" in s.names


async def test_names_stand_under_the_list_where_there_are_two_panes(open_reader: Opener) -> None:
    async with open_reader(size=(80, 24)) as s:
        await s.press("j", "enter")
        before = s.text.split("\n")
        text = await s.press("tab")
        assert "Marta Lindqvist" in text and "Tides reckoned" in text
        assert [line.split("│")[-1] for line in text.split("\n")[1:-2]] == [
            line.split("│")[-1] for line in before[1:-2]
        ]
        assert "Marta Lindqvist" in await s.press("tab")
        await s.press("tab", "tab")
        assert s.app.place == "names"
        assert "Marta Lindqvist" not in (await s.press("q")).split("\n")[15]
        assert s.app.place == "article"
        await s.press("tab", "tab", "escape")
        assert [line.split("│")[0][1:] for line in s.text.split("\n")[1:-2]] == [
            line.split("│")[0][1:] for line in before[1:-2]
        ]


async def test_q_goes_a_step_back_and_out_at_the_end(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        await s.press("j", "enter", "tab", "q")
        assert s.app.place == "article"
        await s.press("q")
        assert s.app.place == "list"
        await s.press("q")
        assert not s.app.is_running


async def test_esc_takes_marks_off_and_then_leaves_the_names(open_reader: Opener) -> None:
    async with open_reader(size=(80, 24)) as s:
        await s.press("j", "enter", "tab", "enter", "escape")
        assert s.app.place == "names" and not s.app.desk.marked
        await s.press("escape")
        assert s.app.place == "article" and not s.app.desk.names.display


async def test_names_say_why_there_are_none(open_reader: Opener) -> None:
    async with open_reader(size=(120, 40)) as s:
        assert "No article is open." in await s.press("tab", "tab")
        assert "The article is not here." in await s.press("h", "h", "enter")
