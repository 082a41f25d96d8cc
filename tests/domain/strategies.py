"""Articles and recognitions of every shape, for property tests of all rooms."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from tui.domain import blocks as b
from tui.domain.naming import Entity, Kind, Mention, Recognition, Said
from tui.domain.text import clean

text = st.text(max_size=40).map(clean)
links = st.none() | st.sampled_from(["https://example.org/a", "mailto:desk@example.org"])
span = st.builds(
    b.Span,
    text,
    st.integers(0, 63).map(b.Style),
    links,
    st.none() | st.sampled_from(["en", "fr", "ar"]),
)
spans = st.lists(span, max_size=4).map(tuple)
cell = st.builds(b.Cell, spans, st.booleans(), st.integers(1, 3))
item = st.builds(b.Item, spans, st.integers(0, 3), st.none() | st.integers(0, 99))
paragraphs = st.lists(spans, max_size=3).map(tuple)
block = st.one_of(
    st.builds(b.Heading, spans, st.integers(1, 6)),
    st.builds(b.Paragraph, spans, st.sampled_from(b.Role)),
    st.builds(b.List, st.lists(item, max_size=4).map(tuple)),
    st.builds(b.Quote, paragraphs, spans, st.booleans()),
    st.builds(b.Code, text, text),
    st.builds(
        b.Table, st.lists(st.lists(cell, max_size=4).map(tuple), max_size=4).map(tuple), spans
    ),
    st.builds(b.Figure, text, text, spans, text, st.integers(0, 4000), st.integers(0, 4000)),
    st.builds(b.Embed, st.sampled_from(["post", "video"]), text, text, paragraphs),
    st.builds(b.Footnote, text, spans),
    st.just(b.Rule()),
)
moments = st.none() | st.datetimes(
    datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)
)
article = st.builds(
    b.Article,
    url=text,
    title=text,
    blocks=st.lists(block, max_size=8).map(tuple),
    status=st.sampled_from(b.Status),
    source=st.sampled_from(b.Source),
    bylines=st.lists(text, max_size=2).map(tuple),
    tags=st.lists(text, max_size=2).map(tuple),
    published=moments,
    modified=moments,
    fetched=moments,
    dir=st.sampled_from(["ltr", "rtl"]),
)
mention = st.builds(
    Mention, st.integers(0, 50), st.integers(51, 99), st.sampled_from(Kind), st.booleans()
)
entity = st.builds(
    Entity,
    text,
    text,
    st.sampled_from(Kind),
    st.lists(mention, max_size=4).map(tuple),
    st.integers(0, 100).map(lambda n: n / 100),
    st.booleans(),
    text,
)
recognition = st.builds(
    Recognition,
    text,
    st.lists(entity, max_size=4).map(tuple),
    st.lists(st.builds(Said, st.integers(0, 9), st.integers(10, 99), text), max_size=2).map(tuple),
    text,
    text,
)
