"""Fixtures of the sync room."""

from tests.sync.rooms import clock

__all__ = ["clock"]
