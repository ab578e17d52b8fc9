"""The embedded desk's broker: kombu's tables in SQLite, looked at ten times a second.

As a transport option kombu 5.7 crashes on the interval, so it is the class's
own attribute here. Loaded by name when a connection is opened (see
`embedded.use_embedded_broker`): SQLAlchemy takes half a second to import.
"""

from typing import Any

from kombu.transport import sqlalchemy


class Channel(sqlalchemy.Channel):
    """kombu marks a message that it gave as no longer to be seen, and keeps it for ever: after some
    months each look would go through hundreds of thousands. Here it is deleted."""

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        message = super()._get(queue)  # which knows no timeout
        given = self.session.query(self.message_cls).filter_by(visible=False)
        given.delete(synchronize_session=False)
        self.session.commit()
        return message


class Transport(sqlalchemy.Transport):
    Channel = Channel
    polling_interval = 0.1
