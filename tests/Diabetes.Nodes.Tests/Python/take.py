"""Takes every message out of a queue and prints it, one a line."""
import argparse

import pika

parser = argparse.ArgumentParser()
parser.add_argument("--amqp", required=True)
parser.add_argument("--queue", required=True)
arguments = parser.parse_args()

connection = pika.BlockingConnection(pika.URLParameters(arguments.amqp))
channel = connection.channel()
while True:
    method, _, body = channel.basic_get(queue=arguments.queue, auto_ack=True)
    if method is None:
        break
    print(body.decode())
connection.close()
