"""Chain URLs that an attacker would like fetched, and the few that are Amazon's."""

import pytest

from skill.alexa.verification.certificate_url import chain_url
from skill.alexa.verification.errors import RequestRejected

S3 = "https://s3.amazonaws.com"

WRONG = {
    "empty": "",
    "blank": " ",
    "no scheme": "s3.amazonaws.com/echo.api/cert.pem",
    "scheme left to the page": "//s3.amazonaws.com/echo.api/cert.pem",
    "plain http": "http://s3.amazonaws.com/echo.api/cert.pem",
    "local file": "file:///echo.api/cert.pem",
    "ftp": "ftp://s3.amazonaws.com/echo.api/cert.pem",
    "another host": "https://notamazon.com/echo.api/cert.pem",
    "host as a prefix": "https://s3.amazonaws.com.evil.example/echo.api/cert.pem",
    "host as a suffix": "https://evils3.amazonaws.com/echo.api/cert.pem",
    "a bucket's own host": "https://echo.api.s3.amazonaws.com/echo.api/cert.pem",
    "trailing dot on the host": "https://s3.amazonaws.com./echo.api/cert.pem",
    "dot of the host unmatched": "https://s3xamazonaws.com/echo.api/cert.pem",
    "look-alike letter in the host": "https://s3.am\u0430zonaws.com/echo.api/cert.pem",
    "letter that folds to the host's": "https://\u017f3.amazonaws.com/echo.api/cert.pem",
    "another port": f"{S3}:563/echo.api/cert.pem",
    "padded port": f"{S3}:0443/echo.api/cert.pem",
    "empty port": f"{S3}:/echo.api/cert.pem",
    "two ports": f"{S3}:443:80/echo.api/cert.pem",
    "user": "https://me@s3.amazonaws.com/echo.api/cert.pem",
    "host in the user's place": f"{S3}@evil.example/echo.api/cert.pem",
    "host and port in the user's place": f"{S3}:443@evil.example/echo.api/cert.pem",
    "another path": f"{S3}/EcHo.aPi/cert.pem",
    "path as a prefix": f"{S3}/echo.api.evil/cert.pem",
    "path not at the start": f"{S3}/evil/echo.api/cert.pem",
    "no path": S3,
    "no file": f"{S3}/echo.api/",
    "dot segments out": f"{S3}/echo.api/../evil/cert.pem",
    "dot segments at the end": f"{S3}/echo.api/..",
    "dot segment for a file": f"{S3}/echo.api/.",
    "dot segments for a file": f"{S3}/echo.api/certs/..",
    "dot segments out and beside": f"{S3}/echo.api/../echo.api.evil/cert.pem",
    "dot segments out twice": f"{S3}/echo.api/certs/../../evil/cert.pem",
    "dot segments above the root": f"{S3}/../../evil/cert.pem",
    "dot segments to another case": f"{S3}/echo.api/../Echo.api/cert.pem",
    "dot segments into a fragment": f"{S3}/evil#/../echo.api/cert.pem",
    "encoded dots out and in": f"{S3}/echo.api/%2e%2e/echo.api/cert.pem",
    "encoded folder": f"{S3}/%65cho.api/cert.pem",
    "encoded backslash": f"{S3}/echo.api/..%5cevil/cert.pem",
    "encoded slash in capitals": f"{S3}/echo.api%2Fcert.pem",
    "encoded fragment": f"{S3}/echo.api/cert.pem%23",
    "empty segment before dots": f"{S3}/echo.api//../echo.api/cert.pem",
    "line feed in the fragment": f"{S3}/echo.api/cert.pem#a\r\nHost: evil.example",
    "blank in the fragment": f"{S3}/echo.api/cert.pem# evil",
    "backslash in the fragment": f"{S3}/echo.api/cert.pem#\\evil",
    "two fragments": f"{S3}/echo.api/cert.pem#a#b",
    "query and fragment": f"{S3}/echo.api/cert.pem?a#b",
    "user before a fragment": "https://s3.amazonaws.com#@evil.example/echo.api/cert.pem",
    "encoded dots": f"{S3}/echo.api/%2e%2e/evil/cert.pem",
    "half encoded dots": f"{S3}/echo.api/.%2E/evil/cert.pem",
    "twice encoded dots": f"{S3}/echo.api/%252e%252e/evil/cert.pem",
    "encoded slash": f"{S3}/echo.api/..%2fevil/cert.pem",
    "backslashes": f"{S3}/echo.api\\..\\evil\\cert.pem",
    "backslash in the host": "https://evil.example\\@s3.amazonaws.com/echo.api/cert.pem",
    "empty segment": f"{S3}/echo.api//cert.pem",
    "two leading slashes": f"{S3}//echo.api/cert.pem",
    "query": f"{S3}/echo.api/cert.pem?prefix=evil",
    "empty query": f"{S3}/echo.api/cert.pem?",
    "parameters": f"{S3}/echo.api/cert.pem;evil",
    "line feed at the end": f"{S3}/echo.api/cert.pem\n",
    "header smuggled in": f"{S3}/echo.api/cert.pem HTTP/1.1\r\nHost: evil.example",
    "tab that some readers drop": f"{S3}/echo.api/.\t./evil/cert.pem",
    "blank before": f" {S3}/echo.api/cert.pem",
    "null byte": f"{S3}/echo.api/cert.pem\0.evil",
    "two URLs joined": f"{S3}/echo.api/cert.pem,{S3}/echo.api/cert.pem",
    "endless": f"{S3}/echo.api/{'a' * 100_000}",
}

RIGHT = {
    f"{S3}/echo.api/echo-api-cert.pem": f"{S3}/echo.api/echo-api-cert.pem",
    f"{S3}:443/echo.api/echo-api-cert.pem": f"{S3}/echo.api/echo-api-cert.pem",
    "HTTPS://S3.AmazonAWS.com/echo.api/cert.pem": f"{S3}/echo.api/cert.pem",
    f"{S3}/echo.api/2026/cert_15-ats~a.pem": f"{S3}/echo.api/2026/cert_15-ats~a.pem",
    f"{S3}/echo.api/...pem": f"{S3}/echo.api/...pem",
    f"{S3}/echo.api/../echo.api/echo-api-cert.pem": f"{S3}/echo.api/echo-api-cert.pem",
    f"{S3}/echo.api/./echo-api-cert.pem": f"{S3}/echo.api/echo-api-cert.pem",
    f"{S3}/./echo.api/x/../cert.pem": f"{S3}/echo.api/cert.pem",
    f"{S3}/../echo.api/cert.pem": f"{S3}/echo.api/cert.pem",
    f"{S3}:443/evil/../echo.api/cert.pem": f"{S3}/echo.api/cert.pem",
    f"{S3}/echo.api/cert.pem#evil": f"{S3}/echo.api/cert.pem",
    f"{S3}/echo.api/cert.pem#/../../evil?a=b": f"{S3}/echo.api/cert.pem",
    f"{S3}/echo.api/cert.pem#": f"{S3}/echo.api/cert.pem",
    f"{S3}/echo.api/..pem": f"{S3}/echo.api/..pem",
}


@pytest.mark.parametrize("url", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_url_is_refused(url: str) -> None:
    with pytest.raises(RequestRejected, match="URL is not Amazon's") as refusal:
        chain_url(url)
    assert refusal.value.status == 400


@pytest.mark.parametrize(("claimed", "fetched"), RIGHT.items(), ids=RIGHT.keys())
def test_amazons_urls_have_one_spelling(claimed: str, fetched: str) -> None:
    assert chain_url(claimed) == fetched
