"""Ports, and the servers that the tests bring: private PostgreSQL and Redis."""
