"""The production server and its logs."""
