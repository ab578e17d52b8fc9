"""A request's papers as one PDF, or as a ZIP: what goes in, its pages, its exhibits, the whole.

contents   ledger, letters, deadlines, files → a Book, plain values
pages      a Book's own pages, by WeasyPrint, in parts
exhibits   each file → pages, or a reason why it is enclosed instead
assemble   all pages in order, stamped, with bookmarks, links and page labels
making     the steps of one making, told to the row as they go
shelf      the rows: who makes which, and what became of it
"""
