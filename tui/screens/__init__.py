"""The desk, and the dialogs that come up over it."""
