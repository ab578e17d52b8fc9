"""A file to download whole, where the portal offers nothing to ask."""

import shlex

from cities.portals.dataset_record import DatasetRecord, Distribution
from requests_app.catalog.ready_queries.shell_and_python import is_web_address, python_text

NOTES = (
    "The portal states no rate limit: download once, and again only when the dataset changed.",
)


def file_of(record: DatasetRecord) -> Distribution | None:
    """The file to take: CSV before anything else."""
    files = [one for one in record.distributions if one.kind == "file" and is_web_address(one.url)]
    return min(files, key=lambda one: "csv" not in one.format.lower(), default=None)


def name_of(file: Distribution) -> str:
    kind = "".join(c for c in file.format.lower() if c.isalnum())
    return f"dataset.{kind or 'bin'}"


def curl_query(file: Distribution) -> str:
    return (
        f"curl --location --fail --output {shlex.quote(name_of(file))} \\\n  "
        f"{shlex.quote(file.url)}"
    )


def python_query(file: Distribution) -> str:
    return PYTHON.format(address=python_text(file.url), name=python_text(name_of(file)))


PYTHON = """\
import shutil
import urllib.request

ADDRESS = {address}

with urllib.request.urlopen(ADDRESS, timeout=60) as answer, open({name}, "wb") as file:
    shutil.copyfileobj(answer, file)
"""
