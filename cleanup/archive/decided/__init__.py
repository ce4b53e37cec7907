"""What people decided, what that teaches, and which pages it concerns."""
