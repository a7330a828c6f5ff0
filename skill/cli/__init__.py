"""Commands of `back-coach`, one a file, and what they put together."""
