"""Natural language understanding of the local speaker: words to intents."""
