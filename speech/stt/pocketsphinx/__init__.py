"""Speech to text with pocketsphinx."""
