//! A small static host for `dist/`, as plain as the plainest that the page must work on: files, types, a sub-path, and
//! brotli where a compressed file lies beside the original. Listens where it is told to, reads only below its folder,
//! and writes nothing.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;

use crate::failure::{Context, Outcome, failed};

/// A folder to be served below a path.
#[derive(Clone, Debug)]
pub struct Site {
    folder: PathBuf,
    base: String,
}

/// A site that is being served; dropping it ends that.
pub struct Serving {
    address: SocketAddr,
    base: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What is sent for a request, apart from the body.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    File {
        path: PathBuf,
        kind: &'static str,
        brotli: bool,
    },
    Redirect(String),
    NotFound,
}

impl Site {
    /// Serves `folder` below `base`, which is `/` or `/some/path/`.
    #[must_use]
    pub fn new(folder: PathBuf, base: &str) -> Self {
        let inner = base.trim_matches('/');
        let base = if inner.is_empty() {
            "/".to_owned()
        } else {
            format!("/{inner}/")
        };
        Self { folder, base }
    }

    /// Starts to answer on `listener`. Fails where the folder holds no page.
    pub fn serve(self, listener: TcpListener) -> Outcome<Serving> {
        if !self.folder.join("index.html").is_file() {
            return failed(format!(
                "{} holds no page. `cargo play` builds it, and so does `trunk build`",
                self.folder.display()
            ));
        }
        let address = listener.local_addr().context("the port is not known")?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("cannot serve")?;
        listener.set_nonblocking(true).context("cannot serve")?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener).context("cannot serve")?
        };
        let (stop, stopped) = oneshot::channel();
        let base = self.base.clone();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = self.accept(listener) => {}
                    // Also when the sender is dropped.
                    _ = stopped => {}
                }
            });
        });
        Ok(Serving {
            address,
            base,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Starts to answer on a free port of the loopback address.
    pub fn serve_somewhere(self) -> Outcome<Serving> {
        self.serve(TcpListener::bind(("127.0.0.1", 0)).context("no free port")?)
    }

    async fn accept(self, listener: tokio::net::TcpListener) {
        let site = Arc::new(self);
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                continue;
            };
            let site = Arc::clone(&site);
            tokio::spawn(async move {
                let service = service_fn(|request: Request<Incoming>| {
                    let response = site.respond(request.method(), request.uri().path(), request.headers());
                    async { Ok::<_, Infallible>(response) }
                });
                // A browser that went away is no failure of the site.
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            });
        }
    }

    fn respond(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response<Full<Bytes>> {
        if !matches!(*method, Method::GET | Method::HEAD) {
            return plain(StatusCode::METHOD_NOT_ALLOWED);
        }
        let brotli = headers
            .get_all(ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(accepts_brotli);
        match self.answer(path, brotli) {
            Answer::File { path, kind, brotli } => {
                let Ok(bytes) = std::fs::read(path) else {
                    return plain(StatusCode::NOT_FOUND);
                };
                let mut response = Response::builder()
                    .header(CONTENT_TYPE, kind)
                    .header("Cache-Control", "no-cache")
                    .header("X-Content-Type-Options", "nosniff");
                if brotli {
                    response = response
                        .header("Content-Encoding", "br")
                        .header("Vary", "Accept-Encoding");
                }
                response
                    .body(Full::from(bytes))
                    .unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR))
            }
            Answer::Redirect(to) => Response::builder()
                .status(StatusCode::PERMANENT_REDIRECT)
                .header("Location", to)
                .body(Full::default())
                .unwrap_or_else(|_| plain(StatusCode::NOT_FOUND)),
            Answer::NotFound => plain(StatusCode::NOT_FOUND),
        }
    }

    fn answer(&self, path: &str, brotli: bool) -> Answer {
        if format!("{path}/") == self.base {
            return Answer::Redirect(self.base.clone());
        }
        let Some(inside) = path.strip_prefix(&self.base).and_then(decoded) else {
            return Answer::NotFound;
        };
        let mut file = self.folder.clone();
        for part in inside.split('/').filter(|part| !part.is_empty()) {
            if part.starts_with('.') || part.contains(['\\', ':', '\0']) {
                return Answer::NotFound;
            }
            file.push(part);
        }
        if file.is_dir() {
            if !path.ends_with('/') {
                return Answer::Redirect(format!("{}{inside}/", self.base));
            }
            file.push("index.html");
        }
        if !file.is_file() {
            return Answer::NotFound;
        }
        let kind = media_type(&file);
        match compressed(&file) {
            Some(path) if brotli => Answer::File {
                path,
                kind,
                brotli: true,
            },
            _ => Answer::File {
                path: file,
                kind,
                brotli: false,
            },
        }
    }
}

impl Serving {
    /// Where the page is, with the trailing slash: `http://127.0.0.1:8080/`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}{}", self.address, self.base)
    }

    /// Serves until the process is ended.
    pub fn wait(mut self) -> Outcome {
        match self.thread.take().map(JoinHandle::join) {
            Some(Err(_)) => failed("the server stopped"),
            _ => Ok(()),
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It cannot have panicked without its requests having failed.
            let _ = thread.join();
        }
    }
}

/// The `.br` file beside `file`, unless the original has changed since.
#[must_use]
pub fn compressed(file: &Path) -> Option<PathBuf> {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    let beside = PathBuf::from(name);
    let written = |path: &Path| path.metadata().and_then(|facts| facts.modified()).ok();
    (written(&beside)? >= written(file)?).then_some(beside)
}

/// The media type that a file's name stands for. A browser refuses modules, wasm and styles of another type.
#[must_use]
pub fn media_type(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

fn accepts_brotli(value: &str) -> bool {
    value.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br") && !parts.any(|weight| weight == "q=0")
    })
}

/// Percent-decoding; None where the result is not text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn plain(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(format!("{status}\n")));
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;

    fn site(base: &str) -> (tempfile::TempDir, Site) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("index.html", "<p>page"),
            ("a b.wasm", "wasm"),
            ("a b.wasm.br", "br"),
            ("sub/index.html", ""),
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let site = Site::new(folder.path().to_path_buf(), base);
        (folder, site)
    }

    fn name(answer: &Answer) -> String {
        match answer {
            Answer::File { path, .. } => path.file_name().unwrap().to_string_lossy().into_owned(),
            Answer::Redirect(to) => format!("-> {to}"),
            Answer::NotFound => "-".into(),
        }
    }

    #[test]
    fn addresses_lead_to_files_below_the_base_and_nowhere_else() {
        let (_folder, site) = site("/deep/path");
        for (url, expected) in [
            ("/deep/path/", "index.html"),
            ("/deep/path", "-> /deep/path/"),
            ("/deep/path/sub", "-> /deep/path/sub/"),
            ("/deep/path/sub/", "index.html"),
            ("/deep/path/a%20b.wasm", "a b.wasm"),
            ("/deep/path/absent", "-"),
            ("/deep/path/../index.html", "-"),
            ("/deep/path/%2e%2e/%2e%2e/etc/passwd", "-"),
            ("/deep/path//etc/passwd", "-"),
            ("/deep/path/%ff", "-"),
            ("/deep/path/%2", "-"),
            ("/deep/path/.hidden", "-"),
            ("/", "-"),
            ("", "-"),
        ] {
            assert_eq!(name(&site.answer(url, false)), expected, "{url}");
        }
    }

    #[test]
    fn brotli_is_sent_to_who_accepts_it_with_the_originals_type() {
        let (_folder, site) = site("/");
        let Answer::File { path, kind, brotli } = site.answer("/a%20b.wasm", true) else {
            panic!("no file")
        };
        assert!(brotli && path.ends_with("a b.wasm.br"));
        assert_eq!(kind, "application/wasm");
        assert!(accepts_brotli("gzip, br;q=0.9"));
        assert!(!accepts_brotli("gzip, br;q=0"));
        assert!(!accepts_brotli("gzip"));
    }

    #[test]
    fn types_are_those_that_browsers_insist_on() {
        for (file, kind) in [
            ("x.wasm", "application/wasm"),
            ("x.js", "text/javascript; charset=utf-8"),
            ("x.css", "text/css; charset=utf-8"),
            ("x.svg", "image/svg+xml"),
            ("x.webmanifest", "application/manifest+json"),
            ("x.stratus.json", "application/json"),
            ("x", "application/octet-stream"),
        ] {
            assert_eq!(media_type(Path::new(file)), kind, "{file}");
        }
    }

    #[test]
    fn a_folder_without_a_page_is_a_failure_that_names_the_next_step() {
        let folder = tempfile::tempdir().unwrap();
        let failure = Site::new(folder.path().to_path_buf(), "/")
            .serve_somewhere()
            .err()
            .unwrap();
        assert!(failure.to_string().contains("cargo play"), "{failure}");
    }

    #[test]
    fn it_speaks_http() {
        let (_folder, site) = site("/x/");
        let serving = site.serve_somewhere().unwrap();
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(serving.address).unwrap();
            write!(stream, "{request} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text
        };
        let page = ask("GET /x/");
        assert!(page.starts_with("HTTP/1.1 200") && page.ends_with("<p>page"), "{page}");
        assert!(page.contains("content-length: 7") && page.contains("nosniff"), "{page}");
        let head = ask("HEAD /x/a%20b.wasm");
        assert!(
            head.contains("content-length: 4") && head.contains("application/wasm"),
            "{head}"
        );
        assert!(ask("GET /x").contains("location: /x/"));
        assert!(ask("GET /x/none").starts_with("HTTP/1.1 404"));
        assert!(ask("POST /x/").starts_with("HTTP/1.1 405"));
    }
}
