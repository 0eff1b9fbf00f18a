"""An OpenAI-compatible server, as a real HTTP server in this process."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import isnan
from typing import Any

import pytest

from dragoman.drafting import BREAKDOWNS
from dragoman.engines import load_engine
from dragoman.engines.completions import Scores
from dragoman.engines.endpoint import EndpointEngine
from dragoman.engines.enforce import Enforcer
from dragoman.engines.transport import RateLimit
from dragoman.errors import EngineError
from dragoman.records import Answer, Request, Term

Behaviour = Callable[[dict[str, Any]], tuple[int, dict[str, Any], dict[str, str]]]


def content_of(body: dict[str, Any]) -> list[dict[str, Any]]:
    return list(json.loads(body["messages"][-1]["content"])["sentences"])


def reply(items: list[dict[str, Any]], **more: Any) -> tuple[int, dict[str, Any], dict[str, str]]:
    content = json.dumps({"translations": items}, ensure_ascii=False)
    choice = {"message": {"content": content}, "finish_reason": "stop", **more}
    return 200, {"choices": [choice]}, {}


def translated(body: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
    """What a good server does; the ids come back in another order."""
    return reply(
        [{"id": s["id"], "text": f"Sentence {s['text'].split()[-1]}"} for s in content_of(body)][
            ::-1
        ]
    )


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behave: list[Behaviour] = []  # used up first
        self.usual: Behaviour = translated
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.models = ["aya"]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        names = self.server.models
        self._send(200, {"data": [{"id": name} for name in names] if names else None}, {})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        behave = self.server.behave.pop(0) if self.server.behave else self.server.usual
        self._send(*behave(body))

    def _send(self, status: int, value: Any, headers: dict[str, str]) -> None:
        data = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def engine(server: Server, **settings: Any) -> EndpointEngine:
    found = load_engine(f"{server.url}#aya")
    assert isinstance(found, EndpointEngine)
    found.parallel = 1
    found.transport.sleep = pauses.append
    pauses.clear()
    for name, value in settings.items():
        setattr(found, name, value)
    return found


pauses: list[float] = []
REQUESTS = [Request(f"Предложение номер {i}.") for i in range(1, 8)]
EXPECTED = [f"Sentence {i}." for i in range(1, 8)]


def texts(answers: list[Answer]) -> list[str]:
    return [a.hypotheses[0].text if a.hypotheses else a.reason for a in answers]


def test_sentences_are_batched_and_matched_by_id(server: Server) -> None:
    heard: dict[int, Answer] = {}
    answers = engine(server, batch=3).translate(REQUESTS, "en", on_answer=heard.__setitem__)
    assert texts(answers) == EXPECTED
    assert [len(content_of(body)) for body in server.bodies] == [3, 3, 1]
    assert heard == dict(enumerate(answers))
    assert server.bodies[0]["temperature"] == 0
    assert server.bodies[0]["response_format"]["type"] == "json_schema"


def test_many_requests_at_once_keep_their_order(server: Server) -> None:
    def slow_first(body: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
        time.sleep(0.2 if content_of(body)[0]["text"].endswith("1.") else 0)
        return translated(body)

    server.usual = slow_first
    assert texts(engine(server, batch=2, parallel=4).translate(REQUESTS, "en")) == EXPECTED


def test_a_run_that_is_stopped_waits_for_no_slow_server(server: Server) -> None:
    """In a process of its own, interrupted while the server thinks."""
    thinking, go_on = threading.Event(), threading.Event()

    def slow(body: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
        thinking.set()
        go_on.wait(30)
        return translated(body)

    server.usual = slow
    code = (
        # A shell starts what runs in the background deaf to it.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from dragoman.engines import load_engine; from dragoman.records import Request;"
        f"load_engine('{server.url}#aya').translate([Request('Да.')], 'en')"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    assert thinking.wait(30)
    run.send_signal(signal.SIGINT)
    try:
        assert run.wait(10) != 0
    finally:
        go_on.set()
        run.kill()


def test_terms_and_forbidden_renderings_are_in_the_request(server: Server) -> None:
    term = Term(0, 11, "Предложение", "Sentence", (), forbidden=("Proposal",))
    engine(server).translate([Request("Предложение номер 1.", (term,))], "en")
    [sentence] = content_of(server.bodies[0])
    assert sentence["terms"] == [
        {"source": "Предложение", "target": "Sentence", "forbidden": ["Proposal"]}
    ]


def test_equal_requests_are_sent_once_and_wordless_ones_never(server: Server) -> None:
    answers = engine(server).translate([REQUESTS[0], REQUESTS[0], Request("12"), Request("")], "en")
    assert texts(answers) == ["Sentence 1.", "Sentence 1.", "12", "empty source"]
    assert [len(content_of(body)) for body in server.bodies] == [1]


def test_passing_faults_are_retried_with_growing_pauses(server: Server) -> None:
    busy: Behaviour = lambda body: (503, {}, {})  # noqa: E731
    wait: Behaviour = lambda body: (429, {}, {"Retry-After": "7"})  # noqa: E731
    server.behave = [busy, busy, wait]
    assert texts(engine(server).translate(REQUESTS[:1], "en")) == ["Sentence 1."]
    assert [1 <= pauses[0] < 1.3, 2 <= pauses[1] < 2.6, pauses[2] == 7] == [True, True, True]


@pytest.mark.parametrize(
    ("stated", "least", "most"),
    [
        ("30", 30, 30),
        ("600", 60, 60),
        ("in half a minute", 5, 31),
        ("soon", 1, 2),
    ],
)
def test_the_server_says_when_to_ask_again(
    server: Server, stated: str, least: float, most: float
) -> None:
    if stated == "in half a minute":  # or as a date, which tests in several processes must not name
        stated = format_datetime(datetime.now(UTC) + timedelta(seconds=30))
    server.behave = [lambda body: (429, {}, {"Retry-After": stated})]
    assert texts(engine(server).translate(REQUESTS[:1], "en")) == ["Sentence 1."]
    [pause] = pauses
    assert least <= pause <= most


def test_a_server_that_never_answers_is_an_error(server: Server) -> None:
    server.usual = lambda body: (500, {}, {})
    with pytest.raises(EngineError, match=r"no answer after 5 tries \(the server answered 500"):
        engine(server).translate(REQUESTS, "en")


def test_a_server_that_fails_on_some_is_failed_answers(server: Server) -> None:
    server.behave = [translated] + [lambda body: (500, {}, {})] * 5
    answers = texts(engine(server, batch=1).translate(REQUESTS[:3], "en"))
    assert answers[0] == "Sentence 1."
    # So begin the reasons of drafts that the next run makes again.
    assert answers[1].startswith("the model failed: no answer after 5 tries")
    assert answers[1].startswith(BREAKDOWNS)
    assert answers[2] == "Sentence 3."


def test_one_sentence_that_a_working_server_fails_on_is_no_end_of_the_run(server: Server) -> None:
    found = engine(server)
    found.translate(REQUESTS[:2], "en")
    server.usual = lambda body: (500, {}, {})
    [answer] = texts(found.translate(REQUESTS[2:3], "en"))
    assert answer.startswith("the model failed: no answer")
    with pytest.raises(EngineError, match="cannot be used: no answer after 5 tries"):
        found.translate(REQUESTS[2:4], "en")


def test_one_sentence_that_breaks_a_server_costs_its_batch_nothing(server: Server) -> None:
    def brittle(body: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
        broken = any(s["text"].endswith("3.") for s in content_of(body))
        return (500, {}, {}) if broken else translated(body)

    server.usual = brittle
    answers = texts(engine(server).translate(REQUESTS, "en"))
    assert answers[2].startswith("the model failed: no answer after 5 tries")
    assert answers[:2] + answers[3:] == EXPECTED[:2] + EXPECTED[3:]


def test_a_server_that_breaks_down_for_good_is_asked_three_times(server: Server) -> None:
    found = engine(server)
    found.transport.tries = 1
    found.translate(REQUESTS[:1], "en")
    server.usual = lambda body: (500, {}, {})
    server.bodies.clear()
    with pytest.raises(EngineError, match="cannot be used: no answer"):
        found.translate(REQUESTS, "en")
    assert [len(content_of(body)) for body in server.bodies] == [7, 4, 3]


def test_no_server_is_one_line() -> None:
    found = load_engine("http://127.0.0.1:9/v1#aya")
    assert isinstance(found, EndpointEngine)
    found.transport.sleep = pauses.append
    with pytest.raises(EngineError, match="cannot be used: no answer") as caught:
        found.translate(REQUESTS, "en")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (401, {}, "refuses the key .401.*DRAGOMAN_API_KEY"),
        (404, {"error": {"message": "model aya not found"}}, "404: model aya not found"),
        (200, b"<html>hello</html>", "something other than JSON"),
    ],
)
def test_what_no_retry_can_mend_is_an_error(
    server: Server, status: int, body: Any, message: str
) -> None:
    server.usual = lambda _body: (status, body, {})
    with pytest.raises(EngineError, match=message):
        engine(server).translate(REQUESTS, "en")


def test_what_the_server_does_not_know_is_left_out(server: Server) -> None:
    def old(body: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
        strict = body.get("response_format", {}).get("type") == "json_schema"
        if strict or "logprobs" in body:
            return 400, {"error": {"message": "unknown parameter"}}, {}
        return translated(body)

    server.usual = old
    found = engine(server, batch=1)
    assert texts(found.translate(REQUESTS, "en")) == EXPECTED
    assert len(server.bodies) == len(REQUESTS) + 2  # learnt once
    assert server.bodies[-1]["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize("status", [400, 413])
def test_a_request_that_is_too_long_is_sent_in_halves(server: Server, status: int) -> None:
    def narrow(body: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
        if len(content_of(body)) > 2:
            return status, {"error": {"message": "exceeds the available context size"}}, {}
        return translated(body)

    server.usual = narrow
    found = engine(server)
    assert texts(found.translate(REQUESTS, "en")) == EXPECTED
    assert server.bodies[-1]["response_format"]["type"] == "json_schema"
    assert server.bodies[-1]["logprobs"] is True
    server.bodies.clear()
    found.translate(REQUESTS[:5], "en")  # what the server takes is known now
    assert [len(content_of(body)) for body in server.bodies] == [2, 2, 1]


def test_a_server_that_is_slow_gets_less_to_do(server: Server) -> None:
    def slow(body: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
        time.sleep(1.0 if len(content_of(body)) > 2 else 0)
        return translated(body)

    server.usual = slow
    found = engine(server)
    found.transport.timeout = 0.4
    assert texts(found.translate(REQUESTS[:4], "en")) == EXPECTED[:4]
    assert (len(server.bodies), found.batch) == (3, 2)


def test_a_server_that_hangs_is_given_up_soon(server: Server) -> None:
    server.usual = lambda body: (time.sleep(1.0), translated(body))[1]  # type: ignore[func-returns-value]
    found = engine(server)
    found.transport.timeout = 0.2
    with pytest.raises(EngineError, match="cannot be used: no answer within 0 s"):
        found.translate(REQUESTS, "en")
    assert len(server.bodies) == 3


def test_a_server_that_is_known_is_asked_in_one_way_only(server: Server) -> None:
    found = engine(server)
    found.translate(REQUESTS[:2], "en")
    server.usual = lambda body: (
        (400, {}, {})
        if any(s["text"].endswith("3.") for s in content_of(body))
        else translated(body)
    )
    server.bodies.clear()
    answers = texts(found.translate(REQUESTS[:4], "en"))
    assert answers[2].startswith("the model failed: the server answered 400")
    assert [answers[i] for i in (0, 1, 3)] == [EXPECTED[i] for i in (0, 1, 3)]
    assert [len(content_of(body)) for body in server.bodies] == [4, 2, 2, 1, 1]
    assert found.batch == 12


@pytest.mark.parametrize("status", [400, 200])
def test_a_server_that_takes_no_request_is_an_error(server: Server, status: int) -> None:
    server.usual = lambda body: (status, {"error": {"message": "no such model"}}, {})
    with pytest.raises(EngineError, match=r"cannot be used: the server answered.*: no such model"):
        engine(server).translate(REQUESTS[:2], "en")


def test_missing_ids_are_asked_for_again(server: Server) -> None:
    server.behave = [lambda body: reply([{"id": 2, "text": "Sentence 2."}])]
    assert texts(engine(server).translate(REQUESTS[:4], "en")) == EXPECTED[:4]
    sizes = [len(content_of(body)) for body in server.bodies]
    assert sizes == [4, 2, 1]


def test_a_server_that_counts_from_0_mixes_up_no_sentences(server: Server) -> None:
    server.usual = lambda body: reply(
        [{"id": s["id"] - 1, "text": f"Sentence {s['text'].split()[-1]}"} for s in content_of(body)]
    )
    assert texts(engine(server).translate(REQUESTS[:4], "en")) == EXPECTED[:4]


def test_broken_json_is_asked_for_again_in_halves(server: Server) -> None:
    cut = lambda body: (200, {"choices": [{"message": {"content": '{"translations": [{"id'},  # noqa: E731
                                           "finish_reason": "length"}]}, {})  # fmt: skip
    server.behave = [cut]
    assert texts(engine(server).translate(REQUESTS[:4], "en")) == EXPECTED[:4]
    server.usual = cut
    assert texts(engine(server).translate(REQUESTS[:2], "en")) == ["the answer was cut off"] * 2


def test_refusals_are_failed_answers_and_cost_the_others_nothing(server: Server) -> None:
    def squeamish(body: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
        if any(s["text"].endswith("3.") for s in content_of(body)):
            sorry = {"content": "I'm sorry, but I can't help with that."}
            return 200, {"choices": [{"message": sorry, "finish_reason": "stop"}]}, {}
        return translated(body)

    server.usual = squeamish
    answers = texts(engine(server).translate(REQUESTS, "en"))
    assert answers == ["the model refused" if e.endswith("3.") else e for e in EXPECTED]


def test_worthless_text_is_judged_like_any_models(server: Server) -> None:
    server.usual = lambda body: reply(
        [{"id": s["id"], "text": s["text"]} for s in content_of(body)]
    )
    assert texts(engine(server).translate(REQUESTS[:1], "en")) == ["the source was copied"]


def test_the_model_is_asked_for_when_it_is_not_named(server: Server) -> None:
    assert load_engine(server.url).revision.startswith("aya@127.0.0.1:")
    server.models = ["aya", "llama"]
    with pytest.raises(EngineError, match="offers aya, llama; name one"):
        _ = load_engine(server.url).revision


def test_a_server_without_a_model_is_said(server: Server) -> None:
    server.models = []
    with pytest.raises(EngineError, match="offers no models"):
        _ = load_engine(server.url).revision


MESSAGE = {"content": '{"translations": [{"id": 1, "text": "Sentence 1."}]}'}
UNSURE = {"token": "S", "logprob": None}
SHAPES = [
    ({}, "empty output"),
    ({"choices": None}, "empty output"),
    ({"choices": {"a": 1}}, "empty output"),
    ({"choices": ["a"]}, "empty output"),
    ({"choices": [{"message": "Sentence 1."}]}, "empty output"),
    ({"choices": [{"message": {"content": ["Sentence 1."]}}]}, "empty output"),
    ({"choices": [{"message": MESSAGE, "logprobs": ["x"]}]}, "Sentence 1."),
    ({"choices": [{"message": MESSAGE, "logprobs": {"content": "x"}}]}, "Sentence 1."),
    ({"choices": [{"message": MESSAGE, "logprobs": {"content": [UNSURE]}}]}, "Sentence 1."),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), SHAPES)
def test_no_shape_of_an_answer_is_a_crash(server: Server, value: Any, expected: str) -> None:
    server.usual = lambda body: (200, value, {})
    assert texts(engine(server).translate(REQUESTS[:1], "en")) == [expected]


def test_the_key_goes_to_the_server_and_nowhere_else(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAGOMAN_API_KEY", "secret")
    found = engine(server)
    found.translate(REQUESTS[:1], "en")
    assert server.keys == ["Bearer secret"]
    assert "secret" not in found.name + found.revision
    assert load_engine("http://user:pass@host/v1#m").name == "http://host/v1#m"
    server.usual = lambda body: (401, {}, {})
    with pytest.raises(EngineError, match="refuses the key") as caught:
        load_engine(server.url.replace("//", "//user:pass@") + "#m").translate(REQUESTS, "en")
    assert "pass" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://", "http://host:abc/v1#m", "https://[::1", "http:///v1"])
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(EngineError, match="no address of a server; write http://HOST:PORT/v1"):
        load_engine(url)


CONTENT = '{"translations": [{"id": 1, "text": "Bəli"}]}'
HEAD, TAIL = CONTENT.split("Bəli")


def listed(*tokens: tuple[str | bytes, float]) -> dict[str, Any]:
    """Tokens as servers list them; of bytes that are no whole letter the text is a stand-in."""
    return {
        "content": [
            {"token": t, "logprob": p}
            if isinstance(t, str)
            else {"token": t.decode(errors="replace"), "bytes": list(t), "logprob": p}
            for t, p in tokens
        ]
    }


WHOLE = ((HEAD, -9), ("B", -1), ("əli", -2), (TAIL, -9))


@pytest.mark.parametrize(
    ("logprobs", "expected"),
    [
        (listed(*WHOLE), (-3, 2)),
        (listed(*WHOLE, ("<|im_end|>", -9)), (-3, 2)),
        (listed(("<think>Hm.</think>", -9), *WHOLE), (-3, 2)),
        (listed((HEAD, -9), (b"B\xc9", -1), (b"\x99li", -2), (TAIL, -9)), (-3, 2)),
        (listed((HEAD, -9), (b"B\xc9", -1)), None),
        (None, None),
    ],
)
def test_scores_come_from_the_tokens_of_each_sentence(
    logprobs: Any, expected: tuple[float, int] | None
) -> None:
    score, tokens = Scores(CONTENT, logprobs).of("Bəli")
    assert (None if isnan(score) else (score, tokens)) == expected


def test_a_sentence_is_not_looked_for_inside_another() -> None:
    content = '{"translations": [{"id": 1, "text": "Bəli, bəli"}, {"id": 2, "text": "bəli"}]}'
    letters = [
        (letter, -1.0 if i < content.rindex("b") else -2.0) for i, letter in enumerate(content)
    ]
    assert Scores(content, listed(*letters)).of("bəli") == (-8, 4)


@pytest.mark.parametrize("probable", [True, False])
def test_a_draft_is_scored_only_where_the_server_tells(server: Server, probable: bool) -> None:
    """A score of 0 would read as the surest of all."""

    def telling(body: dict[str, Any]) -> tuple[int, dict[str, Any], dict[str, str]]:
        status, value, headers = translated(body)
        choice = value["choices"][0]
        tokens = [(letter, -0.5) for letter in choice["message"]["content"]]
        return status, {"choices": [{**choice, "logprobs": listed(*tokens)}]}, headers

    server.usual = telling if probable else translated
    term = Term(0, 11, "Предложение", "Sentence", ("Sentence",), forbidden=("Proposal",))
    drafts = Enforcer(engine(server), "en").drafts([*REQUESTS[:2], Request("Нет 3.", (term,))])
    assert [draft.text for draft in drafts] == ["Sentence 1.", "Sentence 2.", "Sentence 3."]
    assert [draft.score for draft in drafts] == ([-0.5] * 3 if probable else [None] * 3)
    assert [draft.cost for draft in drafts] == [0.0] * 3


def test_the_rate_is_limited() -> None:
    limit = RateLimit(per_minute=1200)  # one in 50 ms
    started = time.monotonic()
    for _ in range(4):
        limit.wait()
    assert 0.14 < time.monotonic() - started < 1.5
