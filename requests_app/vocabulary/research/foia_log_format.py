"""The thirteen columns of the Standard FOIA Log Format 1.5.0, with the log’s own names of them.

Source: MuckRock/foia-log-explorer-standardizer, standard-foia-log-format.md, 1.5.0.
"""

from collections.abc import Mapping
from typing import Final

FOIA_LOG_COLUMNS: Final[Mapping[str, str]] = {
    "request id": "reference",
    "requester": "requester",
    "requester organization": "organization",
    "subject": "subject",
    "date requested": "requested_on",
    "date perfected": "perfected_on",
    "date completed": "completed_on",
    "status": "status",
    "exemptions cited": "exemptions_as_stated",
    "fee category": "fee_category",
    "fee waiver": "fee_waiver",
    "fees charged": "fees_charged",
    "processed under privacy act": "is_under_privacy_act",
}
