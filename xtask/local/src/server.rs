//! A static file server for one folder, reachable from this machine only.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Serves `folder` from a thread of its own until the process ends, and returns the address of its root.
/// Port 0 takes any free port.
pub fn start(folder: &Path, port: u16) -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let address = format!("http://{}/", listener.local_addr()?);
    let folder = folder.to_owned();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            // A browser that goes away in the middle of an answer is no concern of the server.
            thread::spawn(move || answer(&folder, stream).ok());
        }
    });
    Ok(address)
}

fn answer(folder: &Path, mut stream: TcpStream) -> io::Result<()> {
    // Browsers open spare connections that they may never use; a thread must not wait for those for ever.
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut lines = BufReader::new(&stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|header| !header.is_empty()) {}

    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let found = file_for(folder, target).and_then(|path| Some((content_type(&path), fs::read(&path).ok()?)));
    let (status, kind, body) = match (method, found) {
        ("GET" | "HEAD", Some((kind, body))) => ("200 OK", kind, body),
        ("GET" | "HEAD", None) => ("404 Not Found", "text/plain", b"not found\n".to_vec()),
        _ => ("405 Method Not Allowed", "text/plain", b"only GET and HEAD\n".to_vec()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file a request target means, or nothing where it would lead out of the folder. Names are taken as they are
/// written: everything the build writes has a plain ASCII name, so there is nothing to decode.
fn file_for(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    let path = if path.is_empty() { "index.html" } else { path };
    path.split('/').all(plain).then(|| folder.join(path))
}

fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("pdf") => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_in_its_folder() {
        let folder = Path::new("dist");
        for target in ["/../Cargo.toml", "/a/../../b", "/..", "/.git/config", "//etc/passwd", "/%2e%2e/x", "/C:\\x", "", "x"] {
            assert_eq!(file_for(folder, target), None, "{target}");
        }
    }

    #[test]
    fn finds_the_page_and_its_parts() {
        let folder = Path::new("dist");
        assert_eq!(file_for(folder, "/"), Some(folder.join("index.html")));
        assert_eq!(file_for(folder, "/page-0a1b.wasm?x=1"), Some(folder.join("page-0a1b.wasm")));
        assert_eq!(content_type(Path::new("page-0a1b.wasm")), "application/wasm");
    }
}
