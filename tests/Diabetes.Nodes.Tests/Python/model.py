"""A model service: answers every message of the features queue with a prediction of the same id."""
import argparse
import json

import pika

parser = argparse.ArgumentParser()
parser.add_argument("--amqp", required=True)
parser.add_argument("--model", required=True)
arguments = parser.parse_args()

with open(arguments.model) as file:
    model = json.load(file)

connection = pika.BlockingConnection(pika.URLParameters(arguments.amqp))
channel = connection.channel()
channel.queue_declare(queue="features")
channel.queue_declare(queue="y_pred")


def callback(ch, method, properties, body):
    features = json.loads(body)
    prediction = model["intercept"] + sum(c * x for c, x in zip(model["coefficients"], features["body"], strict=True))
    answer = {"id": features["id"], "body": prediction}
    channel.basic_publish(exchange="", routing_key="y_pred", body=json.dumps(answer))


channel.basic_consume(queue="features", on_message_callback=callback, auto_ack=True)
print("waiting for features", flush=True)
channel.start_consuming()
