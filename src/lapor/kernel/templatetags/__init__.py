"""What templates of both faces may use beside Django's own tags."""
