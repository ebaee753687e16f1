"""What a limited child does with foreign files, for the service that starts it."""

from rehabdesk.paper import foreign_image, foreign_pdf

__all__ = ["foreign_image", "foreign_pdf"]
