"""Lint (`back-coach check`): faults that would only show on Alexa, each with its fix."""
