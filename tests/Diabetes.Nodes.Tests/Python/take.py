"""Takes every message out of a queue of set-aside messages and prints it as a line of the quarantine file, with its whole body."""
import argparse
import base64
import json

import pika

parser = argparse.ArgumentParser()
parser.add_argument("--amqp", required=True)
parser.add_argument("--queue", required=True)
arguments = parser.parse_args()

connection = pika.BlockingConnection(pika.URLParameters(arguments.amqp))
channel = connection.channel()
while True:
    method, properties, body = channel.basic_get(queue=arguments.queue, auto_ack=True)
    if method is None:
        break
    entry = {name: properties.headers["set-aside-" + name] for name in ("time", "queue", "reason", "detail")}
    print(json.dumps({**entry, "size": int(properties.headers["set-aside-size"]), "body": base64.b64encode(body).decode()}))
connection.close()
