"""The conversation. Pure: no I/O, no clock, no globals, no Alexa, no Flask."""
