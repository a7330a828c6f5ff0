"""Production server and its logs."""
