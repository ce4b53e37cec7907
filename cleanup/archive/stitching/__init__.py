"""Phase three of a run: articles that go on on other pages, put together."""
