"""The whole desk in one archive, made while it runs, and put back elsewhere.

A tar, encrypted with age: first a snapshot of the database, then every kept file, then the key that
signs sessions, and last the manifest, without which an archive is not whole. Files are on disk
before any row names them and never change, so those that are read after the snapshot are all that
it names.
"""
