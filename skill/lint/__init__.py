"""Faults that would only show on Alexa, found beforehand: each with its file and its fix."""
