"""Back Coach: exercises, conversation, Alexa, the local speaker and the store."""
