"""What may be changed about agencies, their officers and their calendars: one file per matter."""
