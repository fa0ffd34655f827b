"""Keeping order: what the reader does to the library, a room for each kind of thing.

Every action is one entry of the history and is on disk when its method returns. All raise
NotFoundError for a paper that is not there, and StoreError where the database cannot be written.
"""
