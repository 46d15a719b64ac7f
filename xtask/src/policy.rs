//! The Content Security Policy of a finished page: it may run what it was built with, and nothing else.

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

/// What a page may load besides its inline scripts and styles.
pub enum Origin {
    /// Nothing: the page is one file, and so it cannot send anything anywhere either.
    File,
    /// Files from the place it was served from.
    Host,
}

/// No text becomes a script, the address of one, or HTML, but through the policy of this name.
const TRUSTED_TYPES: &str = "require-trusted-types-for 'script'; trusted-types default";

const WEBRTC: &str = r#"["RTCPeerConnection", "webkitRTCPeerConnection", "mozRTCPeerConnection"].forEach(function (name) { delete window[name]; });"#;

/// Puts the policy right after the declaration of the character set, before anything that it governs.
pub fn add(html: &str, origin: &Origin) -> Result<String> {
    let own = match origin {
        Origin::File => "",
        Origin::Host => "'self'",
    };
    let scripts = sources(&[own, &hashes(html, "script")]);
    let styles = sources(&[own, &hashes(html, "style")]);

    // Chromium before 97 does not know 'wasm-unsafe-eval' and wants 'unsafe-eval' to start WebAssembly. Browsers that
    // know it get a second, narrower policy; all hold then. The two features asked for came with or after
    // 'wasm-unsafe-eval' in Chromium, Firefox and Safari. Trusted Types are a policy of their own, for those that know
    // them: the one policy that makes them is in office.js. No browser knows a directive against WebRTC yet, which no
    // other directive covers; so its ways in are taken away.
    let write = |policy: &str| {
        let policy = policy.replace('\'', r"\'");
        format!(r#"document.write('<meta http-equiv="Content-Security-Policy" content="{policy}">');"#)
    };
    // The worker that reads office files is made from what the page holds; this policy holds in it too. A host gives out one that keeps the
    // parts of the page.
    let workers = sources(&[own, "blob:"]);
    let narrowing = format!(
        r#"if ("findLast" in Array.prototype && "supports" in HTMLScriptElement) {} {WEBRTC} if (window.trustedTypes) {}"#,
        write(&format!("script-src {scripts} 'wasm-unsafe-eval'; worker-src {workers}")),
        write(TRUSTED_TYPES),
    );
    let policy = [
        "default-src 'none'".to_owned(),
        format!("script-src {scripts} {} 'unsafe-eval'", hash(&narrowing)),
        format!("style-src {styles}"),
        format!("img-src {}", sources(&[own, "data: blob:"])),
        format!("connect-src {}", if own.is_empty() { "'none'" } else { own }),
        format!("worker-src {workers}"),
        format!("manifest-src {}", if own.is_empty() { "'none'" } else { own }),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
    ];
    let metas = format!(
        "\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n    <script>{narrowing}</script>",
        policy.join("; ")
    );
    let charset = html.find("<meta charset").context("index.html declares no character set")?;
    let place = charset + html[charset..].find('>').context("index.html ends within a tag")? + 1;
    Ok([&html[..place], &metas, &html[place..]].concat())
}

/// The value of an `integrity` attribute.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

fn sources(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn hash(inline: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(inline)))
}

/// The hashes of all inline elements of this name.
fn hashes(html: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut hashes = Vec::new();
    for part in html.split(&open).skip(1) {
        let (tag, content) = part.split_once('>').unwrap_or((part, ""));
        let content = content.split(&close).next().unwrap_or_default();
        if !tag.contains("src=") {
            hashes.push(hash(content));
        }
    }
    hashes.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_inline_script_and_style_is_named() {
        let html = "<meta charset=\"utf-8\"><style>a{}</style><script>one</script><script src=\"x.js\"></script>\
                    <script type=\"module\">two</script>";
        let page = add(html, &Origin::File).unwrap();
        for inline in ["a{}", "one", "two"] {
            assert!(page.contains(&hash(inline)), "{inline}");
        }
        assert!(!page.contains(&hash("")));
    }

    #[test]
    fn the_hash_is_the_one_browsers_compute() {
        assert_eq!(hash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }

    #[test]
    fn the_policy_comes_before_what_it_governs() {
        let page = add("<meta charset=\"utf-8\"><script>one</script>", &Origin::Host).unwrap();
        assert!(page.find("Content-Security-Policy") < page.find("<script>one"));
    }
}
