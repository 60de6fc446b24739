"""Questions about agencies, their officers and their calendars."""
