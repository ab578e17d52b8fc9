"""Licenses and periods as portals write them, in everybody's terms where those are certain.

What is not certain stays as the portal wrote it: a wrong license would be worse than none.
"""

import re

_SPDX_BY_ADDRESS = (
    (r"creativecommons\.org/publicdomain/zero/1\.0", "CC0-1.0"),
    (r"creativecommons\.org/publicdomain/mark/1\.0", "CC-PDM-1.0"),
    # An address that goes on names a country's own version, which is another license.
    (
        r"creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/([1-4]\.[05])/?(?:$|legalcode|deed)",
        "",
    ),
    (r"opendatacommons\.org/licenses/pddl", "PDDL-1.0"),
    (r"opendatacommons\.org/licenses/by/1[.-]0", "ODC-By-1.0"),
    (r"opendatacommons\.org/licenses/odbl/1[.-]0", "ODbL-1.0"),
    (r"opensource\.org/licenses/mit", "MIT"),
)
_SPDX_BY_NAME = {
    "cc0": "CC0-1.0", "cc0 1.0": "CC0-1.0", "cc0 1.0 universal": "CC0-1.0", "cc zero": "CC0-1.0",
    "creative commons 1.0 universal (public domain dedication)": "CC0-1.0",
    "creative commons cczero": "CC0-1.0", "creative commons zero": "CC0-1.0",
    "odc-by": "ODC-By-1.0", "open data commons attribution license": "ODC-By-1.0",
    "odbl": "ODbL-1.0", "open database license": "ODbL-1.0", "odc-odbl": "ODbL-1.0",
    "open data commons open database license": "ODbL-1.0",
    "open data commons open database license (odbl)": "ODbL-1.0",
    "pddl": "PDDL-1.0", "odc-pddl": "PDDL-1.0",
    "open data commons public domain dedication and license": "PDDL-1.0",
    "open data commons public domain dedication and license (pddl)": "PDDL-1.0",
}  # fmt: skip
_CC_CODE = re.compile(r"(?:cc[ _-])(by(?:[ _-](?:nc|sa|nd))*)[ _-]([1-4]\.[05])")


def spdx_of(*words: str) -> str:
    """The license's SPDX identifier, from its address, its code or its whole name."""
    for text in (word.strip().lower() for word in words if word):
        for pattern, name in _SPDX_BY_ADDRESS:
            if found := re.search(pattern, text):
                return name or f"CC-{found[1].upper()}-{found[2]}"
        if text in _SPDX_BY_NAME:
            return _SPDX_BY_NAME[text]
        if found := _CC_CODE.fullmatch(text):
            return f"CC-{re.sub('[ _]', '-', found[1]).upper()}-{found[2]}"
        if known := _KNOWN_CODES.get(text):
            return known
    return ""


_KNOWN_CODES = {
    code.lower(): code
    for code in ("CC0-1.0", "CC-PDM-1.0", "PDDL-1.0", "ODC-By-1.0", "ODbL-1.0", "MIT", "OGL-UK-3.0")
}

# Not "biweekly" and its like: twice in one, or once in two?
_PERIODS = {
    "continuous": "PT1S", "continuously": "PT1S", "continually": "PT1S", "real time": "PT1S",
    "realtime": "PT1S", "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "every day": "P1D",
    "twice a week": "P3.5D", "weekly": "P1W", "every week": "P1W",
    "every two weeks": "P2W", "fortnightly": "P2W", "monthly": "P1M", "every month": "P1M",
    "quarterly": "P3M", "every quarter": "P3M", "semiannual": "P6M",
    "semiannually": "P6M", "twice a year": "P6M", "annual": "P1Y",
    "annually": "P1Y", "yearly": "P1Y", "every year": "P1Y", "biennial": "P2Y", "decennial": "P10Y",
}  # fmt: skip
_REPEATING = re.compile(r"R\d*/(P.+)")
_PERIOD = re.compile(
    r"P(?=[\dT])(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?"
    r"(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_DAYS = (365.25, 30.4375, 7.0, 1.0, 1 / 24, 1 / 1440, 1 / 86400)


def period_of(text: str) -> str:
    """How often it is updated, as a period of ISO 8601: "P1D" of "Daily" or "R/P1D"."""
    word = " ".join(text.split()).strip(" .")
    if found := _REPEATING.fullmatch(word.upper()):
        word = found[1]
    if _PERIOD.fullmatch(word.upper()):
        return word.upper()
    return _PERIODS.get(word.lower().replace("-", " "), "")


def days_of(period: str) -> float | None:
    """The length of such a period in days. None: it is none."""
    found = _PERIOD.fullmatch(period)
    if not found:
        return None
    days = sum(float(n) * days for n, days in zip(found.groups(), _DAYS, strict=True) if n)
    return days or None
