"""What the public reads. One module a noun; import from here."""

from cms.models.media import HubDocument, HubImage, HubRendition

__all__ = ["HubDocument", "HubImage", "HubRendition"]
