"""Holds the write lock of a SQLite file, as a database browser with an open edit does, until a line comes on standard input."""
import sqlite3
import sys

store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.readline()
store.execute("ROLLBACK")
