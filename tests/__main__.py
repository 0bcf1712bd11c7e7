"""The gate: ``python -m tests`` runs every check in order and stops at the first that fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

STEPS = (
    ("format", ["ruff", "format", "--check", "."]),
    ("lint", ["ruff", "check", "--quiet", "."]),
    ("types", ["mypy", "--no-error-summary"]),
    ("layers", ["importlinter"]),
    ("tests", ["pytest", "-q", "-n", "2"]),
)
"""Name of a step and the module that does it, with its arguments; the last one sums up for itself."""

COMMANDS = {"importlinter": ["-c", "from importlinter.cli import lint_imports_command as c; c()"]}


def main() -> int:
    """Run all steps; return the exit code of the first that fails, else 0."""
    os.chdir(ROOT)
    for name, (module, *arguments) in STEPS:
        started = time.monotonic()
        print(f"== {name}", flush=True)
        command = COMMANDS.get(module, ["-m", module])
        code = subprocess.run([sys.executable, *command, *arguments]).returncode
        if name != STEPS[-1][0]:
            said = "FAILED" if code else "ok"
            print(f"   {name}: {said} in {time.monotonic() - started:.0f} s", flush=True)
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
