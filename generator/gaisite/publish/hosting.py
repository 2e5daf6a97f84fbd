"""Settings for web servers, all from one list: headers, media types, compression, caching, the 404 page."""

from collections.abc import Callable, Mapping
from xml.sax.saxutils import quoteattr

from gaisite.model.hosting import ASSETS, FOREVER, FRESH, TYPES, Header, list_headers
from gaisite.render.host_files import write_headers

HIDDEN = r"/\.(?!well-known/)"
"""Files that are for gaisite itself."""


def write_nginx(base: str, headers: tuple[Header, ...]) -> str:
    """Locations for a `server` of nginx, whose `root` is the folder that holds the site at this path."""
    folders = "|".join(folder.rstrip("/") for folder in ASSETS)
    common = [f'    add_header {each.name} "{each.value}" always;' for each in headers]
    types = [f"    {kind.partition(';')[0]} {ending};" for ending, kind in TYPES.items()]
    # Of text/html nginx knows it by itself.
    named = " ".join(kind for kind in list_text_types() if kind != "text/html")
    blocks = [
        f"location ^~ {base} {{",
        "    charset utf-8;",
        f"    charset_types {named};",
        "    gzip on;",
        "    gzip_vary on;",
        f"    gzip_types {named};",
        "    types {",
        *(f"    {each}" for each in types),
        "    }",
        f"    error_page 404 {base}404.html;",
        *common,
        f'    add_header Cache-Control "{FRESH}" always;',
        f"    location ~ {HIDDEN} {{ return 404; }}",
        f"    location ~ ^{base}({folders})/ {{",
        *(f"    {each}" for each in common),
        f'        add_header Cache-Control "{FOREVER}";',
        "    }",
        "}",
    ]
    return "\n".join(blocks) + "\n"


def write_apache(base: str, headers: tuple[Header, ...]) -> str:
    """`.htaccess` for the folder of the site; it takes mod_headers."""
    folders = "|".join(folder.rstrip("/") for folder in ASSETS)
    lines = [
        f"ErrorDocument 404 {base}404.html",
        "AddDefaultCharset utf-8",
        *(f"AddType {kind.partition(';')[0]} .{ending}" for ending, kind in TYPES.items()),
        *(f"AddCharset utf-8 .{ending}" for ending, kind in TYPES.items() if "charset" in kind),
        '<FilesMatch "^\\.">',
        "  Require all denied",
        "</FilesMatch>",
        "<IfModule mod_headers.c>",
        *(f'  Header always set {each.name} "{each.value}"' for each in headers),
        f'  Header set Cache-Control "{FRESH}"',
        f'  Header set Cache-Control "{FOREVER}" "expr=%{{REQUEST_URI}} =~ m#^{base}({folders})/#"',
        "</IfModule>",
        "<IfModule mod_deflate.c>",
        f"  AddOutputFilterByType DEFLATE {' '.join(list_text_types())}",
        "</IfModule>",
    ]
    return "\n".join(lines) + "\n"


def write_iis(base: str, headers: tuple[Header, ...]) -> str:
    """`web.config` for the folder of the site."""
    kinds = [
        f'      <remove fileExtension=".{ending}" /><mimeMap fileExtension=".{ending}" mimeType={quoteattr(kind)} />'
        for ending, kind in TYPES.items()
    ]
    said = [f"        <add name={quoteattr(each.name)} value={quoteattr(each.value)} />" for each in headers]
    kept = [
        line
        for folder in ASSETS
        for line in (
            f"  <location path={quoteattr(folder.rstrip('/'))}><system.webServer><staticContent>",
            '    <clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00" />',
            "  </staticContent></system.webServer></location>",
        )
    ]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<configuration>",
        "  <system.webServer>",
        "    <staticContent>",
        *kinds,
        '      <clientCache cacheControlMode="DisableCache" />',
        "    </staticContent>",
        "    <httpProtocol><customHeaders>",
        *said,
        "    </customHeaders></httpProtocol>",
        '    <httpErrors errorMode="Custom"><remove statusCode="404" />',
        f'      <error statusCode="404" path={quoteattr(base + "404.html")} responseMode="ExecuteURL" />',
        "    </httpErrors>",
        '    <urlCompression doStaticCompression="true" />',
        "  </system.webServer>",
        *kept,
        "</configuration>",
    ]
    return "\n".join(lines) + "\n"


def list_text_types() -> list[str]:
    """The media types of files that a server should compress: a page of tables becomes a twentieth."""
    return list(dict.fromkeys(kind.partition(";")[0] for kind in TYPES.values() if "charset" in kind))


WRITERS: Mapping[str, Callable[[str, tuple[Header, ...]], str]] = {
    "nginx": write_nginx,
    "apache": write_apache,
    "iis": write_iis,
    "headers": write_headers,
}


def write_settings(server: str, base: str, *, search: bool) -> str:
    """The settings for a web server where the site lies at the path `base`, from `/` to `/`."""
    return WRITERS[server](base, list_headers(search=search))
