"""The words of PDF and office files, for search.

A file comes from a stranger, so it is opened in a process of its own (`child_program`) with limits
on time, memory and output (`limits`): whatever it does to that process, the worker goes on, and the
file is kept as one that could not be read. `child_program` and `formats` import neither Django nor
the database.
"""
