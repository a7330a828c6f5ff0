"""Message catalog: the spoken sentences, one Fluent file a language, read into a Wording."""

from speech.wording.catalog import Line, MissingWords, Wording

__all__ = ["Line", "MissingWords", "Wording"]
