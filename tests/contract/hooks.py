"""Makes most requests reach the logic behind the first refusals: the revision and the measures that an order has now,
and numbers that no order has yet."""

import itertools
import os
import random

import requests
import schemathesis

API = os.environ["API_URL"]
SESSION = {"Cookie": os.environ["COOKIE"]}
RECORDS = "/api/app/regulation-records"
numbers = itertools.count(1)
dice = random.Random(0)


def mostly():
    return dice.random() < 0.8


@schemathesis.hook
def before_call(context, case, kwargs):
    path, method = case.operation.path, case.operation.method.upper()
    body = case.body
    if isinstance(body, dict) and isinstance(body.get("identifier"), str) and method == "POST" and mostly():
        body["identifier"] = f"F{next(numbers)}"
    if not path.startswith(RECORDS + "/{uuid}") or not case.path_parameters or not mostly():
        return
    order = requests.get(f"{API}{RECORDS}/{case.path_parameters.get('uuid')}", headers=SESSION, timeout=20)
    if order.status_code != 200:
        return
    if case.headers and "If-Match" in case.headers:
        case.headers["If-Match"] = order.headers["ETag"]
    measures = order.json()["content"]["measures"]
    if "measure" in case.path_parameters and measures:
        case.path_parameters["measure"] = dice.choice(measures)["id"]
