"""uv, which installs in a second what takes pip fifteen: found, or fetched through some pip.

Where there is no uv, no pip and no ensurepip (a bare Debian, and no leave to
install packages) the way in is pip's own wheel, which runs without being
installed. It is the one file that is not fetched by a packaging tool; its
version and hash are pinned below.
"""

import hashlib
import json
import shutil
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from bootstrap.paths import TOOLS
from bootstrap.shell import attempt
from bootstrap.terminal import StepFailed, say

PIP_VERSION = "26.3"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
PIP_PROJECT = "https://pypi.org/pypi/pip/json"


def found() -> Path | None:
    """A uv that runs: the machine's, or the one fetched earlier."""
    for candidate in (shutil.which("uv"), TOOLS / "bin" / "uv"):
        if candidate and attempt([candidate, "--version"]).returncode == 0:
            return Path(candidate)
    return None


def has_pip(python: Path | str = sys.executable) -> bool:
    return attempt([python, "-m", "pip", "--version"]).returncode == 0


def through_pip(pip: list[str | Path]) -> Path | None:
    """Fetch uv into .venv-tools with this pip, from whatever index the machine has configured."""
    say("fetching uv")
    command = [*pip, "install", "--quiet", "--target", TOOLS, "--upgrade", "uv"]
    # Debian's pip refuses to write outside a venv, even into a folder of one's own.
    for words in ([*command, "--break-system-packages"], command):
        if attempt(words, env={"PIP_DISABLE_PIP_VERSION_CHECK": "1"}).returncode == 0:
            return found()
    return None


def pip_from_its_wheel() -> list[str | Path]:
    """The words that run pip out of its wheel, fetched from the public index and checked."""
    wheel = TOOLS / f"pip-{PIP_VERSION}-py3-none-any.whl"
    if not wheel.exists():
        say(f"fetching pip {PIP_VERSION}")
        content = _download_pip()
        TOOLS.mkdir(exist_ok=True)
        wheel.write_bytes(content)
    return [sys.executable, wheel / "pip"]


def _download_pip() -> bytes:
    step, do = (
        "pip's wheel",
        "install pip (Debian: apt-get install python3-venv), or look at the network",
    )
    try:
        with urllib.request.urlopen(PIP_PROJECT, timeout=60) as answer:
            files = json.load(answer)["releases"][PIP_VERSION]
        address = next(file["url"] for file in files if file["packagetype"] == "bdist_wheel")
        # A mirror may answer with addresses relative to itself.
        address = urllib.parse.urljoin(PIP_PROJECT, address)
        if not address.startswith("https://"):
            raise StepFailed(step, f"the index points to {address}, which is not https", do=do)
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - https only, above
            content: bytes = answer.read()
    except (urllib.error.URLError, OSError, ValueError, KeyError, StopIteration) as error:
        raise StepFailed(step, f"could not be fetched from pypi.org: {error!r}", do=do) from error
    if hashlib.sha256(content).hexdigest() != PIP_SHA256:
        raise StepFailed(
            step, "what pypi.org sent is not what is pinned in bootstrap/machine/uv.py", do=do
        )
    return content
