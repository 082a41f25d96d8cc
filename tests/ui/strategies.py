"""Articles and texts for property tests: every kind of block, every kind of letter."""

from hypothesis import strategies as st

from tui.domain.blocks import (
    Article,
    Block,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Role,
    Rule,
    Span,
    Style,
    Table,
)
from tui.domain.text import clean

LETTERS = "abc dé “”‘’—-/., \n\tAZ 09 日本語、。「」ーが 한국어 عربي שלום e\u0301a\u0308 👩\u200d🚀👍🏽❤\ufe0f🇳🇴 ᾍ ﷽ क्षि ไทย ａＢ"
texts = st.one_of(
    st.text(st.sampled_from(LETTERS), max_size=300),
    st.text(max_size=120),
    st.lists(st.sampled_from("the council said harbour 日本語 — “no”".split()), max_size=80).map(
        " ".join
    ),
).map(clean)
lines = texts.map(lambda text: " ".join(text.split()))
styles = st.integers(0, 63).map(Style)
hrefs = st.none() | st.sampled_from(("https://example.org/a", "https://example.org/b"))
spans = st.lists(st.builds(Span, texts, styles, hrefs), max_size=5).map(tuple)
cells = st.builds(Cell, spans, st.booleans(), st.integers(1, 3))
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, spans, st.integers(1, 6)),
    st.builds(Paragraph, spans, st.sampled_from(Role)),
    st.builds(
        List,
        st.lists(
            st.builds(Item, spans, st.integers(0, 5), st.none() | st.integers(0, 200)), max_size=4
        ).map(tuple),
    ),
    st.builds(Quote, st.lists(spans, max_size=3).map(tuple), spans, st.booleans()),
    st.builds(Code, texts),
    st.builds(
        Table, st.lists(st.lists(cells, max_size=4).map(tuple), max_size=4).map(tuple), spans
    ),
    st.builds(
        Figure,
        st.just("https://example.org/p.jpg"),
        lines,
        spans,
        lines,
        st.integers(0, 3000),
        st.integers(0, 3000),
    ),
    st.builds(
        Embed,
        st.sampled_from(("post", "video")),
        st.just("https://example.org/v"),
        lines,
        st.lists(spans, max_size=2).map(tuple),
    ),
    st.builds(Footnote, st.sampled_from(("1", "*")), spans),
    st.just(Rule()),
)
articles = st.builds(
    Article,
    st.just("https://example.org/x"),
    lines,
    st.lists(blocks, max_size=6).map(tuple),
    lang=st.sampled_from(("", "en", "fr", "ja", "xx")),
    dir=st.sampled_from(("ltr", "rtl")),
)
