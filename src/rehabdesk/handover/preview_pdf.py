"""Pictures of the pages of a packet, for the eyes of those who sign it."""

from rehabdesk.paper.pictures import page_count, page_png

__all__ = ["page_count", "page_png"]
