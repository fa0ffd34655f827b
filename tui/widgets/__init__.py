"""What the panes and dialogs are made of."""
