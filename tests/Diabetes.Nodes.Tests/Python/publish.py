"""Publishes what it is told to on standard input, a message a line: queue, tab, body in base64. An empty line ends
a batch, which is then answered with its number."""
import argparse
import base64
import sys

import pika

parser = argparse.ArgumentParser()
parser.add_argument("--amqp", required=True)
arguments = parser.parse_args()

# Nobody reads the connection while the test thinks, so nothing may be expected of it either.
parameters = pika.URLParameters(arguments.amqp)
parameters.heartbeat = 0
connection = pika.BlockingConnection(parameters)
channel = connection.channel()
declared = set()
batches = 0

for line in sys.stdin:
    if line == "\n":
        batches += 1
        print(f"batch {batches} sent", flush=True)
        continue
    queue, body = line.rstrip("\n").split("\t")
    if queue not in declared:
        channel.queue_declare(queue=queue)
        declared.add(queue)
    channel.basic_publish(exchange="", routing_key=queue, body=base64.b64decode(body))

connection.close()
