"""The programme that people see, as files in formats that other systems read."""

from .content import FileContent, file_content
from .linked_data import forum_linked_data, session_linked_data
from .schedule_json import schedule_json
from .schedule_xml import schedule_xml
from .table import TABLE_HEADERS, table_rows
from .xcal import xcal

__all__ = [
    "TABLE_HEADERS",
    "FileContent",
    "file_content",
    "forum_linked_data",
    "schedule_json",
    "schedule_xml",
    "session_linked_data",
    "table_rows",
    "xcal",
]
