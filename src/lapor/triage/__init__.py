"""What a desk should consider before it decides: where a report belongs, and why. It advises, it never decides."""
