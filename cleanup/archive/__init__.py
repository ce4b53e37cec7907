"""Archives: many documents as one; what people decided of them."""
