"""The pages of how documents look: what there is, the editor with its preview, versions, taking one over."""

from . import copying, editor, history, listing, pictures, preview
from .blueprint import blueprint

__all__ = ["blueprint", "copying", "editor", "history", "listing", "pictures", "preview"]
