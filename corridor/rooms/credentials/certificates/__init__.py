"""The printed certificate: what it says in three languages, how it looks, and the signed credential it carries."""
