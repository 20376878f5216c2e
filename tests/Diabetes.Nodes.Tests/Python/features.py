"""A features service: sends rows of the diabetes dataset, the features first, the ground truth behind them."""
import argparse
import csv
import json
import random
from datetime import datetime
from uuid import uuid4

import pika

parser = argparse.ArgumentParser()
parser.add_argument("--amqp", required=True)
parser.add_argument("--dataset", required=True)
parser.add_argument("--count", type=int, required=True)
parser.add_argument("--features", default="features")
parser.add_argument("--y-true", default="y_true")
parser.add_argument("--durable", action="store_true")
parser.add_argument("--shape", choices=["list", "named", "pair"], default="list")
arguments = parser.parse_args()

with open(arguments.dataset, newline="") as file:
    names, *rows = csv.reader(file)
X = [[float(cell) for cell in row[:-1]] for row in rows]
y = [float(row[-1]) for row in rows]

connection = pika.BlockingConnection(pika.URLParameters(arguments.amqp))
channel = connection.channel()
for queue in (arguments.features, arguments.y_true):
    if arguments.durable:
        channel.queue_declare(queue=queue, durable=True)
    else:
        channel.queue_declare(queue=queue)


def message(message_id, body):
    return json.dumps([body, message_id] if arguments.shape == "pair" else {"id": message_id, "body": body})


for _ in range(arguments.count):
    row = random.randrange(len(X))
    message_id = str(uuid4()) if arguments.shape == "pair" else datetime.timestamp(datetime.now())
    body = dict(zip(names, X[row])) if arguments.shape == "named" else X[row]
    channel.basic_publish(exchange="", routing_key=arguments.features, body=message(message_id, body))
    channel.basic_publish(exchange="", routing_key=arguments.y_true, body=message(message_id, y[row]))

connection.close()
print(f"sent {arguments.count} rows")
