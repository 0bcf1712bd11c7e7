"""The wheel works where nothing else of the project is."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "2025-01-23.md"


def run(*command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KG_STORE"))}
    return subprocess.run([str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    made = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT)
    if made.returncode and "onnection" in made.stderr + made.stdout:
        pytest.skip("no package registry can be reached")
    assert made.returncode == 0, made.stderr
    venv.create(folder / "venv")
    python = folder / "venv" / "bin" / "python"
    (wheel,) = folder.glob("paperkg-*.whl")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-compile")
    done = run(*pip, "-c", ROOT / "constraints.txt", wheel)
    assert done.returncode == 0, done.stderr
    return python.parent / "kg"


def test_the_main_job_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    digest = tmp_path / "digests" / SEED.name
    digest.parent.mkdir()
    digest.write_bytes(SEED.read_bytes())
    built = run(installed, "build", "digests", "--export", "exports", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    exported = {path.name for path in (tmp_path / "exports").iterdir()}
    assert exported == {"graph.ttl", "graph.jsonld", "graph.html", "report.json"}
    asked = run(installed, "ask", "which papers report MATH-500?", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    assert "2501.12948" in asked.stdout
    checked = run(installed, "check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
