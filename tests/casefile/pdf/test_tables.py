"""Which texts are tables, and which tables are printed."""

import pytest

from requests_app.casefile.pdf.placing import NotPlacedError
from requests_app.casefile.pdf.tables import MAX_COLUMNS, MAX_ROWS, Table, read_table


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_table_is_read_whatever_separates_its_cells(separator: str):
    text = f"Name{separator}Sum\r\nAnn{separator}12\r\nBo{separator}7\r\n"

    assert read_table(text) == Table("", ("Name", "Sum"), (("Ann", "12"), ("Bo", "7")))


def test_cell_holds_separators_lines_and_quotes():
    text = 'Name,Said\n"Ruiz, Ann","two\nlines, ""quoted"""\n'

    assert read_table(text) == Table("", ("Name", "Said"), (("Ruiz, Ann", 'two\nlines, "quoted"'),))


def test_shorter_rows_are_filled_and_empty_ones_left_out():
    found = read_table("\ufeffa,b,c\n\n1,2\n,,\n3\n")

    assert found == Table("", ("a", "b", "c"), (("1", "2", ""), ("3", "", "")))


@pytest.mark.parametrize("text", ["", "one line\nanother line\n", "alone\n1\n2\n", "\n\n"])
def test_what_has_no_columns_is_no_table(text: str):
    assert read_table(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n" * (MAX_ROWS + 1), "1,001 rows and 2 columns"),
        (",".join("x" * (MAX_COLUMNS + 1)) + "\n", "1 rows and 13 columns"),
        ("a,b\n" + f"{'w' * 60_000},{'w' * 60_000}\n", "more text than is printed"),
    ],
)
def test_table_that_is_too_large_says_so(text: str, said: str):
    with pytest.raises(NotPlacedError, match=said):
        read_table(text)


def test_largest_table_is_printed():
    text = "\n".join(",".join("12345678"[:6] for _ in range(10)) for _ in range(MAX_ROWS))

    found = read_table(text)

    assert found
    assert (len(found.head), len(found.rows)) == (10, MAX_ROWS - 1)


def test_numbers_stand_in_columns_of_numbers():
    found = read_table('Vendor,Paid,Share,Year\nA,"$1,200.50",-3%,2026\nB,,(12),n/a\n')

    assert found
    assert found.columns == ("words", "number", "number", "words")
