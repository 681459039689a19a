"""What the public reads. One module a noun; import from here."""

from cms.models.folder import HubFolder
from cms.models.home import HomePage
from cms.models.media import HubDocument, HubImage, HubRendition, Library
from cms.models.notice import NoticeIndexPage, NoticePage
from cms.models.standard import StandardPage

__all__ = ["HomePage", "HubDocument", "HubFolder", "HubImage", "HubRendition", "Library", "NoticeIndexPage", "NoticePage", "StandardPage"]
