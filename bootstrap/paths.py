"""Where things are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
TOOLS = ROOT / ".venv-tools"  # uv, where the machine has none
RUNTIME_LOCK = ROOT / "requirements.txt"
DEV_LOCK = ROOT / "requirements-dev.txt"  # holds the runtime lock's versions too


def var_dir(*, demo: bool = False) -> Path:
    """The desk's own data: VAR_DIR, or var/; practice data stays apart in its `demo` folder."""
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()
    return var / "demo" if demo else var
