"""Intent handlers: what each intent does at the door, while offering and while guiding."""
