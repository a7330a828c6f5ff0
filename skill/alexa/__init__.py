"""Alexa adapter: requests become events, replies become responses."""
