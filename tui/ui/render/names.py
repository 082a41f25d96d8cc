"""The entity pane: who and what, by kind, the most important first; then who said what."""

from collections.abc import Iterator

from tui.domain.naming import Entity, Kind, Recognition
from tui.ui.render.cells import one_line
from tui.ui.render.lines import Run
from tui.ui.render.listing import Row, heading, note, notes

_KINDS = {
    Kind.PERSON: "People",
    Kind.ORG: "Organisations",
    Kind.PLACE: "Places",
    Kind.OTHER: "Other",
}
_DOTS = 3


def dots(salience: float, most: float) -> str:
    """Weight without colour: "●●●" for the main entity of a story, "○○○" for a bare mention."""
    share = salience / most if most > 0 else 0.0
    full = min(_DOTS, round(share * _DOTS + 0.2))
    return "●" * full + "○" * (_DOTS - full)


def name_rows(
    found: Recognition | None,
    text: str,
    width: int,
    *,
    chosen: str = "",
    together: frozenset[str] = frozenset(),
    followed: frozenset[str] = frozenset(),
) -> list[Row]:
    """The rows of a pane of `width` columns. `chosen` is the key whose mentions are marked."""
    if found is None:
        return [note("No names yet.")]
    rows: list[Row] = []
    if found.missing:
        rows += [*notes(found.missing, width), Row()]
    most = max((entity.salience for entity in found.entities), default=0.0)
    for kind, title in _KINDS.items():
        members = [entity for entity in found.entities if entity.kind is kind]
        if not members:
            continue
        rows += [Row()] if rows and rows[-1] != Row() else []
        rows.append(heading(title, str(len(members))))
        for entity in members:
            mark = "◆" if entity.key in together else "»" if entity.key == chosen else " "
            rows.append(_entity_row(entity, most, mark, entity.key in followed))
    rows += _quote_rows(found, text)
    if not found.entities and not found.missing:
        rows.append(note("No names in this article."))
    return rows


def _entity_row(entity: Entity, most: float, mark: str, followed: bool) -> Row:
    derived = sum(1 for mention in entity.mentions if mention.derived)
    plain = entity.count - derived
    counts = f"{plain}+{derived}" if derived else str(plain)
    look = entity.kind.value
    left = (
        Run(mark, "selected" if mark == "◆" else "cursor"),
        Run(f"{dots(entity.salience, most)} ", "dots"),
        Run(entity.name, look),
        Run(" ✓" if followed else "", "mark"),
    )
    return Row(left, (Run(counts, "faint"),), entity, entity.name)


def _quote_rows(found: Recognition, text: str) -> Iterator[Row]:
    if not found.quotes:
        return
    yield Row()
    yield heading("Said", str(len(found.quotes)))
    names = {entity.key: entity.name for entity in found.entities}
    for said in found.quotes:
        speaker = names.get(said.speaker, "")
        words = one_line(text[said.start : said.end])
        left = (Run(" "), Run(f"{speaker}: " if speaker else "", "person"), Run(words, "quote"))
        yield Row(left, (), said, f"{speaker} {words}")


def sentence_around(text: str, start: int, end: int, limit: int = 300) -> tuple[str, int]:
    """The sentence that holds `text[start:end]` on one line, and where that begins in it."""
    before = max(
        text.rfind(mark, 0, start) + len(mark)
        for mark in (". ", "! ", "? ", ".” ", "\n", "。", "！", "？")
        if text.rfind(mark, 0, start) >= 0 or mark == "\n"
    )
    before = max(before, start - limit)
    stops = [
        found + len(mark)
        for mark in (". ", "! ", "? ", "\n", "。", "！", "？")
        if (found := text.find(mark, end)) >= 0
    ]
    after = min([*stops, len(text), end + limit])
    sentence = text[before:after]
    return one_line(sentence).rstrip(), start - before
