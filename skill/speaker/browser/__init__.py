"""The local speaker in a browser: page, sessions and view."""
