"""What happened: reports and everything that moves them."""
