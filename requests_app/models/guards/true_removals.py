"""What the triggers ask of the statement that a message's bytes went, in SQL of both databases.

The message was read and filed or set aside, has that hash and size, and no request with which it
was ever filed is open; nothing goes sooner than the settings' floors allow.
"""

from requests_app.models.guards.stated_cuts import Condition
from requests_app.vocabulary.retention import FEWEST_NOTICE_DAYS, FEWEST_RAW_MAIL_DAYS
from requests_app.vocabulary.states import OVER

_OVER = ", ".join(f"'{state.value}'" for state in OVER)
_LONG_ENOUGH = (
    f"(NEW.setting = 'KEEP_RAW_MAIL_DAYS' AND NEW.keep_days >= {FEWEST_RAW_MAIL_DAYS}) "
    f"OR (NEW.setting = 'KEEP_NOTICES_DAYS' AND NEW.keep_days >= {FEWEST_NOTICE_DAYS})"
)
_THE_MAIL = (
    "SELECT 1 FROM requests_app_inboundmail m WHERE m.id = NEW.mail_id "
    "AND m.sha256 = NEW.sha256 AND m.size = NEW.size AND m.stage = 'read' AND NOT m.is_waiting"
)
_ITS_REQUEST = (
    "SELECT 1 FROM requests_app_communication c JOIN requests_app_recordsrequest r "
    "ON r.id = c.records_request_id WHERE c.mail_id = NEW.mail_id"
)

REMOVAL_IS_TRUE = Condition(
    f"NEW.counted_from < NEW.at AND ({_LONG_ENOUGH}) AND EXISTS ({_THE_MAIL}) "
    f"AND NOT EXISTS ({_ITS_REQUEST} AND r.state NOT IN ({_OVER}))",
    (
        "requests_app_inboundmail",
        "requests_app_communication",
        "requests_app_recordsrequest",
    ),
)
