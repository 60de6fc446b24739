"""Who exists: agencies, desks, officers, calendars, profiles."""
