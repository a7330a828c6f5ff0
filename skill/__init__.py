"""What the coach does: routines, conversation, Alexa, the local speaker and the store."""
