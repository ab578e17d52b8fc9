"""The log as one flat table: its columns, a row of it from the desk's rows, and its cells as text.

What is exported, the codebook and what an import may read are all made from `columns`.
"""
