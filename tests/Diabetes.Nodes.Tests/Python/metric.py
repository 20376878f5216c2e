"""A metric service: joins ground truth and prediction by id in a dict, and logs the absolute error."""
import argparse
import json

import pika

parser = argparse.ArgumentParser()
parser.add_argument("--amqp", required=True)
parser.add_argument("--csv", required=True)
parser.add_argument("--heard", required=True, help="every message as it came, for the test: queue, tab, body")
arguments = parser.parse_args()

connection = pika.BlockingConnection(pika.URLParameters(arguments.amqp))
channel = connection.channel()
channel.queue_declare(queue="y_true")
channel.queue_declare(queue="y_pred")

heard = open(arguments.heard, "w")
log = open(arguments.csv, "w")
log.write("id,y_true,y_pred,absolute_error\n")
halves = {}


def callback(ch, method, properties, body):
    print(method.routing_key, body.decode(), sep="\t", file=heard, flush=True)
    message = json.loads(body)
    pair = halves.setdefault(message["id"], {})
    pair[method.routing_key] = message["body"]
    if "y_true" in pair and "y_pred" in pair:
        error = abs(pair["y_true"] - pair["y_pred"])
        log.write(f"{message['id']},{pair['y_true']},{pair['y_pred']},{error}\n")
        log.flush()


channel.basic_consume(queue="y_true", on_message_callback=callback, auto_ack=True)
channel.basic_consume(queue="y_pred", on_message_callback=callback, auto_ack=True)
print("waiting for halves", flush=True)
channel.start_consuming()
