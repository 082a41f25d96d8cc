"""A prepared home with the sample edition, shared by the tests of one process."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.run import broadsheet

READER = [sys.executable, "-m", "tui"]


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample edition, synced with articles and names; its server is gone."""
    folder = tmp_path_factory.mktemp("edition") / "home"
    done = broadsheet("demo", "--keep", str(folder), "--prepare")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def reading(edition: Path, home: Path) -> Path:
    """The test's own copy of it, as its home."""
    shutil.copytree(edition, home)
    return home
