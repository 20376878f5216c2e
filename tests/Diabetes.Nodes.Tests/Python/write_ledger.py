"""Writes rows that come as text between bars as a Python metric service writes its ledger."""
import csv
import sys

table, ledger = sys.argv[1:]
with open(table) as source, open(ledger, "w", newline="") as target:
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["id", "y_true", "y_pred", "absolute_error"])
    for line in source:
        message_id, *numbers = line.rstrip("\n").split("|")
        writer.writerow([message_id, *map(float, numbers)])
