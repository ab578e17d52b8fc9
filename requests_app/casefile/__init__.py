"""A request's papers as one PDF, or as a ZIP: what goes in, its pages, its exhibits, the whole.

content/   the ledger, letters, deadlines and files as a `Dossier` of plain values; the timeline
pdf/       the dossier's own pages; each file made into pages; all of it stamped, linked and tagged
make_pdf   the steps of making one PDF, each reported before it begins
archive    everything as it came, in one ZIP
case_file_queue    the rows that promise a file; `make_case_file` and `tasks` keep the promise
"""


class CaseFileError(Exception):
    """Why a case file cannot be made, and what to do, in a sentence for whoever asked for it."""
