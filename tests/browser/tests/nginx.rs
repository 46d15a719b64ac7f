//! The hosted page behind a real nginx, with the very block of docs/hosting.md: headers, types, compression, and the main work; at a path of its
//! own, over plain http under a name of an intranet; and from a server that knows no `.wasm`. Where there is no nginx, that is said.

use browser_tests::table::{saved, value, write};
use browser_tests::{Browser, Page};
use local::chromium::on_path;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

struct Nginx {
    process: Child,
    port: u16,
    folder: TempDir,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers end with it only where it is asked to.
        Command::new("kill").arg(self.process.id().to_string()).status().ok();
        self.process.wait().ok();
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The block of the documentation.
fn documented() -> String {
    let docs = fs::read_to_string(root().join("docs/hosting.md")).unwrap();
    docs.split("```nginx\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

/// Starts nginx with a server of this block, whose folder holds the built page at its root and at a path; `None` where there is no nginx.
fn start(block: &str) -> Option<Nginx> {
    let program = on_path("nginx").or_else(|| Some(PathBuf::from("/usr/sbin/nginx")).filter(|path| path.is_file()));
    let Some(program) = program else {
        println!("Not run: nginx is not there");
        return None;
    };
    let folder = TempDir::new().unwrap();
    // Its workers may run as another user.
    #[cfg(unix)]
    fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let site = folder.path().join("site");
    for place in [site.clone(), site.join("finance/jixiao")] {
        fs::create_dir_all(&place).unwrap();
        for file in fs::read_dir(root().join("dist")).unwrap().flatten().filter(|file| file.path().is_file()) {
            fs::copy(file.path(), place.join(file.file_name())).unwrap();
        }
    }
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let here = folder.path().display();
    let server =
        block.replace("listen 80;", &format!("listen 127.0.0.1:{port};")).replace("/srv/jixiao", &site.display().to_string());
    assert!(server.contains(&port.to_string()) && server.contains("/site"), "the block names a port and a folder: {server}");
    let temporary: String =
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|kind| format!("{kind}_temp_path {here}/{kind};\n")).concat();
    let config = format!(
        "daemon off;\npid {here}/pid;\nerror_log {here}/errors;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{server}\n}}\n"
    );
    let file = folder.path().join("nginx.conf");
    fs::write(&file, config).unwrap();
    let process = Command::new(program)
        .arg("-c")
        .arg(&file)
        .arg("-e")
        .arg(folder.path().join("errors"))
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let nginx = Nginx { process, port, folder };
    let deadline = Instant::now() + Duration::from_secs(10);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        let errors = || fs::read_to_string(nginx.folder.path().join("errors")).unwrap_or_default();
        assert!(Instant::now() < deadline, "nginx does not listen: {}", errors());
        std::thread::sleep(Duration::from_millis(20));
    }
    Some(nginx)
}

/// The head of an answer, names in lower case.
fn head(port: u16, path: &str) -> BTreeMap<String, String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let text = String::from_utf8_lossy(&answer).into_owned();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
    let fields = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    fields.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect()
}

fn main_work(page: &Page) {
    page.open_example("yiyang-2020");
    assert_eq!(page.text("#total"), "89.60");
    write(page, "project_name", "路灯");
    saved(page);
    page.click("#export");
    page.wait_for("#give-docx");
    let file = page.download(|page| page.click("#give-docx"));
    page.set_files("#file-field", &[&file]);
    page.wait_for("#accept");
    page.click("#accept");
    page.wait("the table out of the file", || value(page, "project_name") == "路灯");
    page.reload();
    page.wait("it was kept", || value(page, "project_name") == "路灯");
}

#[test]
fn the_documented_server_does_what_the_document_says() {
    let Some(nginx) = start(&documented()) else { return };
    let names: Vec<String> =
        fs::read_dir(root().join("dist")).unwrap().flatten().filter_map(|file| file.file_name().into_string().ok()).collect();
    let named =
        |kind: &str, ending: &str| names.iter().find(|name| name.starts_with(kind) && name.ends_with(ending)).unwrap().clone();
    let page = head(nginx.port, "/");
    assert_eq!(page["content-type"], "text/html; charset=utf-8");
    assert_eq!(page["cache-control"], "no-cache");
    assert_eq!(page["content-security-policy"], "frame-ancestors 'none'");
    assert_eq!((page["x-content-type-options"].as_str(), page["referrer-policy"].as_str()), ("nosniff", "no-referrer"));
    for (kind, ending, wanted) in [
        ("page-", ".wasm", "application/wasm"),
        ("page-", ".js", "text/javascript"),
        ("page-", ".css", "text/css"),
        ("office_module-", ".wasm", "application/wasm"),
        ("notices-", ".txt", "text/plain"),
    ] {
        let told = head(nginx.port, &format!("/{}", named(kind, ending)));
        assert!(told["content-type"].starts_with(wanted), "{kind}{ending}: {told:?}");
        assert_eq!(told["content-encoding"], "gzip", "{kind}{ending}");
        assert_eq!(told["cache-control"], "public, max-age=31536000, immutable");
    }
    let browser = Browser::launch();
    let page = browser.open(&format!("http://127.0.0.1:{}/", nginx.port), false);
    main_work(&page);
    assert_eq!(page.console_errors(), [""; 0]);
}

/// Over plain http browsers keep some of their functions back; the page does without.
#[test]
fn a_path_on_an_intranet_over_plain_http_is_enough() {
    let Some(nginx) = start(&documented()) else { return };
    let browser = Browser::launch_with_switches(&["--host-resolver-rules=MAP intranet.test 127.0.0.1".to_owned()]);
    let page = browser.open(&format!("http://intranet.test:{}/finance/jixiao/", nginx.port), false);
    assert!(!page.eval::<bool>("isSecureContext"));
    main_work(&page);
    assert!(page.requests().iter().all(|url| url.contains("/finance/jixiao/")), "{:?}", page.requests());
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn a_server_that_knows_no_wasm_and_compresses_nothing_is_enough() {
    let plain = documented().replace("application/wasm        wasm;", "").replace("gzip on;", "gzip off;");
    let Some(nginx) = start(&plain) else { return };
    let browser = Browser::launch();
    let page = browser.open(&format!("http://127.0.0.1:{}/", nginx.port), false);
    main_work(&page);
    let told = page.eval::<String>(
        "fetch(performance.getEntriesByType('resource').find(one => one.name.endsWith('.wasm')).name).then(file => file.headers.get('content-type'))",
    );
    assert_eq!(told, "application/octet-stream");
}
