"""The embedded desk's broker: kombu's tables in SQLite, looked at ten times a second.

As a transport option kombu 5.7 crashes on the interval, so it is the class's
own attribute here. Loaded by name when a connection is opened (see
`embedded.use_embedded_broker`): SQLAlchemy takes half a second to import.
"""

from kombu.transport import sqlalchemy


class Transport(sqlalchemy.Transport):
    polling_interval = 0.1
