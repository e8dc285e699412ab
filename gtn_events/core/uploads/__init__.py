"""Uploads: checked by content, size and name, stored outside the web root, known by their SHA-256."""

from ..errors import UploadRefused
from .cleanup import delete_upload, remove_orphans
from .kinds import FileKind
from .models import Upload
from .serving import send_upload, upload_path
from .store import copy_upload, new_path, store_path, store_upload, work_folder

__all__ = [
    "FileKind",
    "Upload",
    "UploadRefused",
    "copy_upload",
    "delete_upload",
    "new_path",
    "remove_orphans",
    "send_upload",
    "store_path",
    "store_upload",
    "upload_path",
    "work_folder",
]
