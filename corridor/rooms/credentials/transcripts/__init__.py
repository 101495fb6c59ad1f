"""All certificates of one person in one document: for machines (CLR 2.0, ELMO 1.7), and on paper as a supplement."""
