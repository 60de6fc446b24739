"""What may be changed about reporters and accounts."""
