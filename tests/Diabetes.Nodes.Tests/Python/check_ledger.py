"""
Holds every row of a ledger against the dataset and the model, by Python's own arithmetic and Python's own repr.
Prints "N rows are right", or what is wrong and ends with 1.
"""
import csv
import json
import math
import sys
from collections import defaultdict

ledger_path, dataset_path, model_path = sys.argv[1:]
problems = []


def check(right, text):
    if not right:
        problems.append(text)


with open(model_path) as file:
    model = json.load(file)
predictions = defaultdict(list)
with open(dataset_path, newline="") as file:
    _, *rows = csv.reader(file)
for row in rows:
    *features, target = map(float, row)
    predictions[target].append(model["intercept"] + sum(c * x for c, x in zip(model["coefficients"], features, strict=True)))

with open(ledger_path, "rb") as file:
    text = file.read().decode("utf-8")
check("\r" not in text, "there is a carriage return")
check(text.endswith("\n"), "the last line has no end")
header, *lines = text.removesuffix("\n").split("\n")
check(header == "id,y_true,y_pred,absolute_error", f"the header is {header!r}")

ids = set()
for number, line in enumerate(lines, 2):
    cells = line.split(",")
    if len(cells) != 4:
        problems.append(f"line {number} has {len(cells)} cells: {line!r}")
        continue
    message_id, (y_true, y_pred, error) = cells[0], map(float, cells[1:])
    check(message_id not in ids, f"line {number}: id {message_id} is there twice")
    ids.add(message_id)
    expected = f"{message_id},{y_true!r},{y_pred!r},{abs(y_true - y_pred)!r}"
    check(line == expected, f"line {number} is {line!r}, Python would write {expected!r}")
    check(
        any(math.isclose(y_pred, prediction, rel_tol=1e-9) for prediction in predictions[y_true]),
        f"line {number}: the model predicts {predictions[y_true]} for the rows of target {y_true}, not {y_pred}",
    )

if problems:
    print(*problems[:20], sep="\n")
    sys.exit(f"{len(problems)} problems in {len(lines)} rows")
print(f"{len(lines)} rows are right")
