from hub.core.errors import SENTENCES
from mutualaid.volunteers import sentences

SENTENCES.update(sentences.SENTENCES)
