"""What citizens type, read forgivingly and refused in clear sentences."""
