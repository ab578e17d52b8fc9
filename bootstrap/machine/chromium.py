"""A browser for the browser tests: $CHROMIUM, one on PATH, or Debian's."""

import os
import shutil

from bootstrap.machine import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def found() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, (*NAMES, MAC)) if path), None)


def bring() -> str | None:
    here = found()
    if here or os.environ.get("CHROMIUM"):
        return here
    return found() if debian.install(["chromium"]) is None else None
