"""The way to the web: what is asked of whom, and where it leads."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from index.errors import ServiceError
from index.settings import Services, Web
from index.sources.addresses import next_hop, parse
from index.sources.connecting import Reach, reach_of
from index.sources.http import REDIRECTS, Http, Known, Validators
from tests.index.sources.serving import (
    Reply,
    Server,
    closed_port,
    redirect,
    serving,
    versioned,
)


def test_an_answer_is_bytes_and_what_is_said_of_them(server: Server, http: Http) -> None:
    said = {"Content-Type": "Application/JSON; charset=latin-1"}
    server.on("/papers/daily", Reply(b'{"t": "\xe9"}', headers=said))
    answer = http.get("papers", f"{http.address('papers')}/daily", params={"q": "é & ü"})
    assert answer.body == b'{"t": "\xe9"}'
    assert (answer.kind, answer.charset, answer.is_new) == ("application/json", "latin-1", True)
    assert answer.url == f"{server.address}/papers/daily?q=%C3%A9+%26+%C3%BC"
    assert server.requests[0].query == {"q": "é & ü"}


def test_a_packed_answer_is_unpacked(server: Server, http: Http) -> None:
    two = gzip.compress(b"one ") + gzip.compress(b"two" * 100_000)
    server.on("/feed", Reply(two, headers={"Content-Encoding": "gzip"}))
    assert http.get("web", f"{server.address}/feed").body == b"one " + b"two" * 100_000
    assert server.requests[0].headers["accept-encoding"] == "gzip"


def test_a_request_names_carrel_and_who_is_to_be_written_to(server: Server) -> None:
    server.on("/crossref", Reply())
    for contact in ("", "ada@toys.org", "ä(@toys.org"):
        with Http(server.services(contact=contact)) as http:
            http.get("crossref", http.address("crossref"), accept="application/json")
    agents = [request.headers["user-agent"] for request in server.requests]
    ours = f"carrel/{version('carrel')}"
    assert agents == [
        ours,
        f"{ours} (mailto:ada@toys.org)",
        f"{ours} (mailto:%C3%A4%28@toys.org)",
    ]
    assert server.requests[0].headers["accept"] == "application/json"
    server.on("/feed", Reply())
    with Http(server.services(contact="ada@toys.org")) as http:
        http.get("web", f"{server.address}/feed")
    assert server.requests[-1].headers["user-agent"] == ours, "it is nobody else's business"


def test_nothing_of_the_readers_own_is_sent(
    server: Server, http: Http, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login ada password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    server.on("/feed", Reply(headers={"Set-Cookie": "who=ada; Path=/"}))
    for _ in range(2):
        http.get("web", f"{server.address}/feed")
    for request in server.requests:
        assert set(request.headers) == {
            "host",
            "user-agent",
            "accept",
            "accept-encoding",
            "connection",
        }


@pytest.mark.parametrize("behind", ["", "127.0.0.1"])
def test_a_proxy_of_the_environment_is_used_and_this_machine_never_through_it(
    server: Server, http: Http, monkeypatch: pytest.MonkeyPatch, behind: str
) -> None:
    monkeypatch.setenv("http_proxy", server.address.replace("//", "//ada:secret@"))
    monkeypatch.setenv("no_proxy", behind)
    server.on("/feed", Reply(b"far"))
    assert http.get("web", "http://toys.example/feed").body == b"far"
    assert server.requests[-1].headers["host"] == "toys.example"
    assert "proxy-authorization" in server.requests[-1].headers
    assert http.get("web", f"{server.address}/feed").body == b"far"
    assert "proxy-authorization" not in server.requests[-1].headers


def test_a_proxy_of_another_kind_is_one_sentence(
    http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "socks5://localhost:1")
    with pytest.raises(ServiceError, match=r"^The proxy that the environment names is neither"):
        http.get("web", "http://toys.example/")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "toys",
        "file:///etc/passwd",
        "ftp://127.0.0.1/feed",
        "http://",
        "http:///feed",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:99999/",
        "http://a..b/",
        f"http://{'a' * 70}.org/",
        "http://[::1/",
        "http://toys\n.org/",
        "javascript:alert(1)",
    ],
)
def test_only_the_web_is_asked(http: Http, address: str) -> None:
    with pytest.raises(ServiceError, match=r"is no address on the web\.$"):
        http.get("web", address)


@pytest.mark.parametrize("user", ["ada:secret", "secret", ":secret"])
def test_an_address_with_a_password_is_neither_asked_nor_shown(
    server: Server, http: Http, user: str
) -> None:
    with pytest.raises(ServiceError) as error:
        http.get("web", server.address.replace("//", f"//{user}@"))
    assert "secret" not in str(error.value)
    assert server.requests == []


def test_what_is_at_hand_is_not_sent_again(server: Server, http: Http) -> None:
    server.on("/arxiv", versioned(b"papers", headers={"Last-Modified": "a day"}))
    known: Known = {}
    address = http.address("arxiv")
    first = http.get("arxiv", address, params={"q": "a"}, known=known)
    assert known == {f"{address}?q=a": Validators('"1"', "a day")}
    again = http.get("arxiv", address, params={"q": "a"}, known=known)
    assert (first.body, first.is_new) == (b"papers", True)
    assert (again.body, again.is_new) == (b"", False)
    assert server.requests[1].headers["if-modified-since"] == "a day"
    assert http.get("arxiv", address, params={"q": "b"}, known=known).body == b"papers"
    assert len(known) == 2


def test_what_one_host_said_of_its_answer_is_told_to_no_other(server: Server, http: Http) -> None:
    known: Known = {}
    elsewhere = server.address.replace("127.0.0.1", "localhost")
    server.on("/feed", versioned(b"here"))
    http.get("web", f"{server.address}/feed", known=known)
    server.on("/feed", redirect(f"{elsewhere}/moved"))
    server.on("/moved", versioned(b"there", '"2"'))
    assert http.get("web", f"{server.address}/feed", known=known).body == b"there"
    assert "if-none-match" not in server.asked("/moved")[0].headers
    assert not http.get("web", f"{server.address}/feed", known=known).is_new
    assert server.asked("/moved")[1].headers["if-none-match"] == '"2"'
    assert known == {
        f"{server.address}/feed": Validators('"1"'),
        f"{elsewhere}/moved": Validators('"2"'),
    }


def test_validators_that_are_none_are_not_kept(server: Server, http: Http) -> None:
    known: Known = {f"{server.address}/feed": Validators('"old"')}
    server.on("/feed", Reply(headers={"ETag": '"\xe9"', "Last-Modified": "x" * 5000}))
    assert http.get("web", f"{server.address}/feed", known=known).is_new
    assert known == {}


def test_an_answer_that_says_nothing_new_unasked_is_none(server: Server, http: Http) -> None:
    server.on("/feed", Reply(status=304))
    with pytest.raises(ServiceError, match=r"does not understand \(304\)\.$"):
        http.get("web", f"{server.address}/feed", known={})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Server, http: Http, status: int) -> None:
    server.on("/doi/10.1/a", redirect("/there?x=1#part", status))
    server.on("/there", Reply(b"found"))
    answer = http.get("doi", f"{http.address('doi')}/10.1/a", accept="text/x")
    assert (answer.body, answer.url) == (b"found", f"{server.address}/there?x=1")
    assert [request.headers["accept"] for request in server.requests] == ["text/x"] * 2


def test_no_more_redirects_are_followed_than_lead_anywhere(server: Server, http: Http) -> None:
    server.on("/feed", redirect("/feed"))
    with pytest.raises(ServiceError, match="leads from one address to another without end"):
        http.get("web", f"{server.address}/feed")
    assert len(server.requests) == REDIRECTS + 1


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "", "http://ada:secret@127.0.0.1/", "http://[", "//:0"],
)
def test_a_redirect_to_what_is_no_address_is_refused(
    server: Server, http: Http, location: str
) -> None:
    server.on("/feed", redirect(location))
    with pytest.raises(ServiceError) as error:
        http.get("web", f"{server.address}/feed")
    assert str(error.value) == "127.0.0.1 leads to what is no address on the web."


def test_nobody_is_led_out_of_a_secure_connection() -> None:
    secure = parse("https://toys.org/a")
    assert str(next_hop(secure, "/b", "x")) == "https://toys.org/b"
    assert str(next_hop(parse("http://toys.org/a"), "https://toys.org/b", "x"))
    with pytest.raises(ServiceError, match=r"^x leads from a secure address"):
        next_hop(secure, "http://toys.org/b", "x")


@pytest.mark.parametrize(
    ("host", "reach"),
    [
        ("1.1.1.1", Reach.WORLD),
        ("2606:4700::1", Reach.WORLD),
        ("toys.org", Reach.WORLD),
        ("10.0.0.1", Reach.NETWORK),
        ("192.168.1.1", Reach.NETWORK),
        ("100.64.0.1", Reach.NETWORK),
        ("fd00::1", Reach.NETWORK),
        ("127.1.2.3", Reach.MACHINE),
        ("0.0.0.0", Reach.MACHINE),
        ("169.254.169.254", Reach.MACHINE),
        ("::1", Reach.MACHINE),
        ("::ffff:127.0.0.1", Reach.MACHINE),
        ("fe80::1%eth0", Reach.MACHINE),
        ("localhost", Reach.MACHINE),
    ],
)
def test_how_far_in_a_host_is(host: str, reach: Reach) -> None:
    assert reach_of(host) is reach


@pytest.fixture
def outer(own_address: str) -> Iterator[Server]:
    """A server that is further out than loopback."""
    with serving(own_address) as running:
        yield running


def test_nobody_is_led_inwards(server: Server, outer: Server) -> None:
    server.on("/secret", Reply(b"secret"))
    outer.on("/feed", redirect(f"{server.address}/secret"))
    with (
        Http(outer.services()) as http,
        pytest.raises(ServiceError, match="leads into a network that is closed to it"),
    ):
        http.get("web", f"{outer.address}/feed")
    assert server.requests == []


def test_what_the_settings_name_may_be_further_in(server: Server, outer: Server) -> None:
    server.on("/papers/x", Reply(b"mirror"))
    outer.on("/feed", redirect(f"{server.address}/papers/x"))
    with Http(server.services()) as http:
        assert http.get("web", f"{outer.address}/feed").body == b"mirror"


def test_the_way_out_is_open(server: Server, outer: Server) -> None:
    outer.on("/feed", Reply(b"far"))
    server.on("/feed", redirect(f"{outer.address}/feed"))
    with Http(outer.services()) as http:
        assert http.get("web", f"{server.address}/feed").body == b"far"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_link_that_a_paper_came_with_stays_outside(server: Server, host: str) -> None:
    server.on("/reboot.pdf", Reply(b"%PDF"))
    address = f"{server.address}/reboot.pdf".replace("127.0.0.1", host)
    with Http(server.services(web=Web(pause=0))) as http:
        with pytest.raises(ServiceError) as error:
            http.download(address, io.BytesIO(), most=1 << 20)
        assert str(error.value) == (
            f"{host} is in your own network, where links of papers lead only if the settings"
            " allow it (services.web.inner)."
        )
        assert server.requests == []
        assert http.get("web", address).body == b"%PDF", "this one, the reader typed"
    with Http(server.services()) as http:
        http.download(address, io.BytesIO(), most=1 << 20)


def test_a_link_into_the_network_is_refused_before_anybody_is_called(own_address: str) -> None:
    with (
        Http(Services()) as http,
        pytest.raises(ServiceError, match=f"^{own_address} is in your own network"),
    ):
        http.download(f"http://{own_address}:{closed_port()}/a.pdf", io.BytesIO(), most=1 << 20)


def test_a_link_out_of_the_web_leads_nowhere_inwards(server: Server, outer: Server) -> None:
    server.on("/secret", Reply(b"secret"))
    outer.on("/a.pdf", redirect(f"{server.address}/secret"))
    with (
        Http(outer.services()) as http,
        pytest.raises(ServiceError, match="leads into a network that is closed to it"),
    ):
        http.download(f"{outer.address}/a.pdf", io.BytesIO(), most=1 << 20)
    assert server.requests == []


def test_a_download_goes_to_a_file(server: Server, http: Http) -> None:
    server.on("/a.pdf", Reply(b"%PDF" + bytes(300_000)))
    to, told = io.BytesIO(), list[tuple[int, int]]()
    answer = http.download(
        f"{server.address}/a.pdf", to, most=1 << 20, progress=lambda *now: told.append(now)
    )
    assert to.getvalue() == b"%PDF" + bytes(300_000)
    assert answer.body == b""
    assert told[-1] == (300_004, 300_004)
    assert told == sorted(told)
    assert server.requests[0].headers["accept-encoding"] == "identity"


def test_the_client_is_loaded_when_it_is_first_used() -> None:
    heavy = "{'httpx', 'httpcore', 'h11'} & set(sys.modules)"
    code = f"import sys, index.sources.http, index.sources.doi; print({heavy})"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.strip() == "set()"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key."""
    file = tmp_path_factory.mktemp("tls") / "own.pem"
    name = ["-subj", "/CN=toys", "-addext", "subjectAltName=IP:127.0.0.1"]
    to = ["-keyout", str(file.with_suffix(".key")), "-out", str(file.with_suffix(".crt"))]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    try:
        subprocess.run([*command, *name, *to], check=True, capture_output=True, timeout=60)
    except FileNotFoundError:
        pytest.skip("no openssl to make a certificate with")
    file.write_text(file.with_suffix(".key").read_text() + file.with_suffix(".crt").read_text())
    return file


def test_a_secure_connection_is_read_slowly_too(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.with_suffix(".crt")))
    with serving(certificate=certificate) as server, Http(server.services()) as http:
        server.on("/feed", server.dripping(b"papers", pause=0.15))
        assert http.get("web", f"{server.address}/feed").body == b"papers"


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with serving(certificate=certificate) as server, Http(server.services()) as http:
        with pytest.raises(ServiceError, match=r"^arXiv cannot prove that it is who it says"):
            http.get("arxiv", http.address("arxiv"))
        assert server.requests == []
