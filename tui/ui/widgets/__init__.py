"""Panes and bars. Each draws lines of exactly its width; none is scrolled by Textual."""
