"""LAPOR!/SP4N: public complaints as their SOPs define them."""
