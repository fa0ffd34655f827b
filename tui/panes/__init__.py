"""The three panes of the desk. A pane owns its widgets, not the library and not its neighbours."""
