"""The words of PDF and office files, for search.

`formats` runs in the cage (`storage.cage`): whatever a file does there, the worker goes on, and the
file is kept as one that could not be read.
"""
