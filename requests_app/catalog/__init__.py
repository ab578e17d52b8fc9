"""What the cities publish, as the desk keeps it: read, compared, followed and counted."""
