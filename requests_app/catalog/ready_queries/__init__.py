"""A query of a dataset that runs as it is copied: in a shell with curl, and in Python.

ready_query        what a page shows; its choice of platform
socrata            SODA 2.1: $select, $where, $order, $limit, $offset
arcgis             a layer's /query: where, outFields, resultOffset, resultRecordCount
ckan               datastore_search: limit, offset
whole_file         where there is a file and no interface
shell_and_python   quoting: a portal's words are nobody's program
"""

from requests_app.catalog.ready_queries.ready_query import ReadyQuery, ready_query

__all__ = ["ReadyQuery", "ready_query"]
