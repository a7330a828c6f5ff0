"""The coach's Alexa face: requests to events, replies to responses."""
