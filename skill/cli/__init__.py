"""The commands behind `back-coach`."""
