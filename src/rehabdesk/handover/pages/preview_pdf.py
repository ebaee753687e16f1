"""Pictures of the pages of a packet, for the eyes of those who sign it."""

from rehabdesk.paper.pictures import bookmarks, page_count, page_png

__all__ = ["bookmarks", "page_count", "page_png"]
