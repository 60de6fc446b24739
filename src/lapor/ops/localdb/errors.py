"""What can go wrong with the local database, each with a sentence that says what to do."""


class LocalDatabaseError(Exception):
    """The local database cannot be used; the message tells the operator why and what to do."""
