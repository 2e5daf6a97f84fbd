"""`publish` in site.yaml: every kind of place is understood, none holds a secret, none smuggles an option to a program."""

import pytest

from gaisite.findings import ContentError, Place, Problems
from gaisite.model.targets import Kind, Target
from gaisite.read.files import decode
from gaisite.read.settings import read_portal
from gaisite.read.targets import SCHEMES, find_target, parse_target

HERE = Place(file="content/site.yaml")


def parse(url: str) -> Target:
    return parse_target("web", url, HERE)


def refuse(url: str) -> str:
    with pytest.raises(ContentError) as caught:
        parse(url)
    return caught.value.finding.check


def read(text: str) -> tuple[dict[str, Target], list[tuple[str, int]]]:
    problems = Problems()
    portal = read_portal(decode(f"title: 年报\npublish:\n{text}".encode(), "content/site.yaml"), problems)
    assert portal is not None
    return {target.name: target for target in portal.targets}, [
        (each.check, each.place.line) for each in problems.findings
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("file:///srv/www/nb", (Kind.FOLDER, "", 0, "", "/srv/www/nb")),
        ("file:../www?in-place", (Kind.FOLDER, "", 0, "", "../www")),
        ("zip:%E5%B9%B4%E6%8A%A5.zip", (Kind.ZIP, "", 0, "", "年报.zip")),
        ("rsync+ssh://www@web.example.gov.cn:2222/srv/nb", (Kind.RSYNC, "web.example.gov.cn", 2222, "www", "/srv/nb")),
        ("sftp://web.example.gov.cn/srv/nb", (Kind.SFTP, "web.example.gov.cn", 0, "", "/srv/nb")),
        ("ftps://www@[::1]:990/", (Kind.FTP, "[::1]", 990, "www", "/")),
        ("s3://bucket/nb?endpoint=https://oss-cn-beijing.aliyuncs.com", (Kind.S3, "bucket", 0, "", "/nb")),
        ("davs://www@web.example.gov.cn/dav/nb", (Kind.WEBDAV, "web.example.gov.cn", 0, "www", "/dav/nb")),
    ],
)
def test_url_names_a_place(url: str, expected: tuple[Kind, str, int, str, str]) -> None:
    target = parse(url)
    assert (target.kind, target.host, target.port, target.user, target.path) == expected
    assert target.address == url


def test_every_scheme_has_an_example_that_it_understands() -> None:
    for name, scheme in SCHEMES.items():
        assert parse(scheme.example).kind is scheme.kind, name


def test_branch_and_options_are_kept() -> None:
    assert parse("git+ssh://git@gitee.com/org/nb.git#pages").branch == "pages"
    assert parse("git+https://gitee.com/org/nb.git").branch == "gh-pages"
    options = parse("s3://b?endpoint=http://127.0.0.1:9000&region=cn-north-1").options
    assert options == {"endpoint": "http://127.0.0.1:9000", "region": "cn-north-1"}


@pytest.mark.parametrize(
    ("url", "check"),
    [
        ("https://web.example.gov.cn/", "target-unknown"),
        ("", "target-unknown"),
        ("/srv/www", "target-unknown"),
        ("sftp://a:99999/x", "target-unknown"),
        ("sftp://www:secret@host/nb", "target-secret"),
        ("sftp://www:@host/nb", "target-secret"),
        ("git+https://ghp_0123456789@github.com/o/r.git", "target-secret"),
        ("s3://b?endpoint=https://key:word@host", "target-secret"),
        ("s3://b?endpoint=https://key:word@[::1", "target-secret"),
        ("ftp://www:word@[::1/nb", "target-secret"),
        ("ftp://www@[::1/nb", "target-unknown"),
        ("s3://b?endpoint=https://[::1", "target-incomplete"),
        ("s3://b?endpoint=oss-cn-beijing.aliyuncs.com", "target-incomplete"),
        ("s3://b?secret=1", "target-option"),
        ("sftp://host/nb?in-place", "target-option"),
        ("sftp://-oProxyCommand=x/nb", "target-incomplete"),
        ("rsync+ssh://-x@host/nb", "target-incomplete"),
        ("rsync+ssh://host", "target-incomplete"),
        ("rsync+ssh://host/a/../../etc", "target-incomplete"),
        ("sftp:///srv/nb", "target-incomplete"),
        ("file://server/share", "target-incomplete"),
        ("file:", "target-incomplete"),
        ("zip:-x.zip", "target-incomplete"),
        ("sftp://host/nb#part", "target-incomplete"),
        ("sftp://host/a%0Ab", "target-incomplete"),
        ("git+ssh://git@gitee.com/org/nb.git#a..b", "target-incomplete"),
        ("git+ssh://git@gitee.com/org/nb.git#-f", "target-incomplete"),
    ],
)
def test_what_cannot_be_used_is_told(url: str, check: str) -> None:
    assert refuse(url) == check


@pytest.mark.parametrize(
    "url", ["sftp://www:hunter2@host/nb", "https://www:hunter2@host/nb", "ftp://w:hunter2@[::1/nb"]
)
def test_no_message_repeats_a_secret(url: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse(url)
    assert "hunter2" not in str(caught.value.finding.facts)


def test_targets_are_read_in_their_order() -> None:
    targets, found = read(
        "  web: file:../www\n"
        "  对外: {url: 's3://b', base_url: https://b.example.gov.cn/nb}\n"
        "  own: {command: [./send, --all], base_url: https://b.example.gov.cn/}\n"
        "  line: {command: \"./send 'a b'\"}\n"
    )
    assert found == []
    assert list(targets) == ["web", "对外", "own", "line"]
    assert (targets["对外"].base_url, targets["own"].base_url) == (
        "https://b.example.gov.cn/nb/",
        "https://b.example.gov.cn/",
    )
    assert [targets[name].command for name in ("own", "line")] == [("./send", "--all"), ("./send", "a b")]
    assert targets["own"].kind is Kind.COMMAND


def test_each_mistake_is_told_at_its_line_and_the_rest_is_kept() -> None:
    targets, found = read(
        "  a b: file:../www\n"
        "  two: {url: 'file:x', command: y}\n"
        '  open: {command: "a \'b"}\n'
        "  base: {url: 'file:x', base_url: www.example}\n"
        "  none: {}\n"
        "  key: {url: 'file:x', pasword: y}\n"
        "  list: [a]\n"
        "  good: file:x\n"
    )
    assert [name for name in targets if name in ("good", "key")] == ["key", "good"]
    assert found == [
        ("target-name", 3),
        ("target-two", 4),
        ("target-command", 5),
        ("base-url-invalid", 6),
        ("target-unknown", 7),
        ("key-unknown", 8),
        ("text-expected", 9),
        ("target-unknown", 9),
    ]


def test_target_is_found_by_name_or_is_a_url_itself() -> None:
    target, problems = parse("file:x"), Problems()
    assert find_target((target,), "web", problems) is target
    found = find_target((target,), "sftp://host/nb", problems)
    assert found is not None
    assert (found.kind, found.name) == (Kind.SFTP, "sftp")
    assert find_target((target,), "wbe", problems) is None
    assert problems.findings == []
    assert find_target((target,), "http://host/nb", problems) is None
    assert [each.check for each in problems.findings] == ["target-unknown"]
