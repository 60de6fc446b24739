"""What an institution's own past teaches about where a report belongs: plain Python, arrays and text in, odds out."""
