"""The coach's local face: a smart speaker that talks to the skill as a real device would."""
