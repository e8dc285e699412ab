"""Whoever sends a form slowly, or never ends it, keeps nobody else from writing."""

import socket

import pytest
from flask import Flask

from gtn_events.core import clock
from gtn_events.core.db import db
from tests.load.browsers import Browser
from tests.load.people import open_forum, people
from tests.load.processes import Processes, wait_for_server

FORM = "/forums/slow/register/category"

pytestmark = pytest.mark.slow


def test_a_form_that_never_arrives_keeps_nobody_waiting(site: Flask, started: Processes) -> None:
    """A server that does not collect the body first begins the request while it still comes in."""
    now = clock.now()
    open_forum("slow", seats=2, now=now)
    (_, slow), (_, other) = people(2, name="slow", now=now)
    db.session.rollback()
    _arbiter, port = started.gunicorn(workers=1)
    wait_for_server(port)
    other.open_form(port, FORM)
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(_beginning(slow))
        slow.get(port, FORM)  # the server has read the beginning by the time that it has answered this
        reply = other.post(port, FORM, category="delegate")
    assert (reply.status, reply.location) == (302, "/forums/slow/register/name")


def _beginning(browser: Browser) -> bytes:
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    return (
        f"POST {FORM} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\ncategory="
    ).encode()
