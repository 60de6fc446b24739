"""Reading complaints that were filed elsewhere: the file formats, and what is made of their rows (S26)."""
