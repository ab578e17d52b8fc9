"""Any spreadsheet as lines of JSON: headings first, then number and cells of each row.

Spreadsheets and Parquet, whose readers are others' machine code, are opened by a program of its
own that is held to memory and time.
"""
