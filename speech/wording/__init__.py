"""Message catalog: the spoken sentences, one folder a language, read into a Wording."""

from speech.wording.catalog import BrokenWording, Line, MissingWords, Wording

__all__ = ["BrokenWording", "Line", "MissingWords", "Wording"]
