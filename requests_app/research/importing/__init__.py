"""A file on its way into the log: read, mapped, each row's fate found, then written in batches.

`reading` knows files and no database; `mapping` and `cells` know one row; `fates` holds mapped
rows against what is there; `writing` alone writes. Whoever writes other rows than the log's from a
newsroom's spreadsheet takes the first two.
"""
