"""The lapor command and what an operator needs."""
