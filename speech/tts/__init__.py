"""Text to speech: an interface and an engine a file."""
