"""What every test may use. No network but loopback; a home of its own for every test."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# In the background of a shell ctrl-c is ignored, and would be by all that the tests start.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)
# No test asserts how long something takes: a busy machine is no fault.
settings.register_profile("broadsheet", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("broadsheet")
# Read at import by Textual, before any test imports it.
os.environ["TEXTUAL_ANIMATIONS"] = "none"

ROOT = Path(__file__).parent.parent


def shared_folder() -> Path | None:
    """The folder of benchmark data beside the checkout, if it is there."""
    folder = Path(os.environ.get("BROADSHEET_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "bench").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The benchmark data; a test that needs it skips where it is absent."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the benchmark data (../shared) is not here")
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home below the test's own folder: nothing of the user's is ever touched."""
    folder = tmp_path / "home"
    monkeypatch.setenv("BROADSHEET_HOME", str(folder))
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    yield folder


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI nothing may be skipped: a skip there is a tool that `.ci/run` failed to bring."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("BROADSHEET_CI") and reporter and exitstatus == pytest.ExitCode.OK:
        skipped = reporter.stats.get("skipped", [])
        for report in skipped:
            print(f"skipped in CI: {report.nodeid}: {report.longrepr}")
        if skipped:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
