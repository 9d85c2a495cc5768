"""Requests and answers that two readers might read differently: one table a file, each row a claim; see test_smuggling.py."""
