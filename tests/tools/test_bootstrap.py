"""Setting a fresh checkout up: each step once, again when its sources change, and never half-believed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tools import bootstrap


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "TOP", tmp_path)
    return tmp_path


def test_a_step_is_done_once_and_again_when_its_source_changes(checkout: Path) -> None:
    source, stamp, done = checkout / "source", checkout / "made" / "stamp", []
    for text in ("one", "one", "two"):
        source.write_text(text)
        bootstrap.step("test", stamp, [source], lambda: done.append(source.read_text()))

    assert done == ["one", "two"]


def test_a_step_that_failed_is_tried_again(checkout: Path) -> None:
    source, stamp = checkout / "source", checkout / "stamp"
    source.write_text("one")

    def fail() -> None:
        raise bootstrap.SetupError("no network")

    for _ in range(2):
        with pytest.raises(bootstrap.SetupError, match="no network"):
            bootstrap.step("test", stamp, [source], fail)


def test_renaming_a_source_counts_as_a_change(checkout: Path) -> None:
    (checkout / "one").write_text("same")
    (checkout / "two").write_text("same")

    assert bootstrap.fingerprint([checkout / "one"]) != bootstrap.fingerprint([checkout / "two"])


def test_uv_is_installed_with_its_hashes() -> None:
    lines = bootstrap.locked("uv").splitlines()

    assert lines[0].startswith("uv==")
    assert len(lines) > 1
    assert all("--hash=sha256:" in line for line in lines[1:])


def test_a_program_that_fails_is_named(checkout: Path) -> None:
    with pytest.raises(bootstrap.SetupError, match="/bin/false"):
        bootstrap.run(["/bin/false"])


def test_missing_system_packages_are_named_to_somebody_who_may_not_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "sudo" else f"/usr/bin/{name}")

    with pytest.raises(bootstrap.SetupError, match="python3-venv"):
        bootstrap.install_debian_packages("python3-venv")


@pytest.mark.parametrize(
    ("version", "is_enough"),
    [("v20.18.1", False), ("v20.19.0", True), ("v24.1.0", True), ("v18.20.4", False), ("odd", False)],
)
def test_an_old_node_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, is_enough: bool
) -> None:
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert bootstrap.machine_has_node() is is_enough


def test_the_makefile_explains_every_target_it_offers() -> None:
    top = Path(bootstrap.__file__).resolve().parents[1]
    targets = {
        line.partition(":")[0]
        for line in (top / "Makefile").read_text().splitlines()
        if line[:1].isalpha() and ":" in line and ":=" not in line
    }

    shown = subprocess.run(["/usr/bin/make", "help"], cwd=top, capture_output=True, text=True, check=True).stdout

    assert targets <= set(shown.split())
