"""When the database is away or full: no row is to blame, so who works through many stops and comes back.

A row that it refuses (IntegrityError, DataError) is to blame itself: it is set aside, and the next one goes on.
"""

from django.db import InterfaceError, OperationalError

DATABASE_AWAY = (OperationalError, InterfaceError)
