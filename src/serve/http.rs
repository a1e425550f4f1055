//! The socket: HTTP/1.1 in, HTTP/1.1 out, with limits on everything. The only file that reads the machine's clock.
//!
//! hyper itself, not axum on top of it: there is one route here, and it is `stratus-wire`'s business. One thread: a call takes
//! microseconds, and the engine is one value.

use crate::arguments::{Failure, Options};
use crate::cloud::Cloud;
use crate::dns::Port;
use crate::reply::{Pieces, Reply};
use crate::socket::Socket;
use crate::visit;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::cell::RefCell;
use std::convert::Infallible;
use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use stratus_wire::Request;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// Bytes of one request's body: the largest part of an object, and what its encoding adds.
const BODY_BYTES: usize = 80 << 20;
/// Bytes of a request's line and headers: AWS allows 8 KB of either.
const HEAD_BYTES: usize = 64 << 10;
/// Headers of one request.
const HEADERS: usize = 200;
/// Connections at a time; more wait.
const CONNECTIONS: usize = 512;
/// How long a request's head may take.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// How long a request's body may take.
const BODY_TIME: Duration = Duration::from_secs(300);

/// Serves until the program is ended.
///
/// # Errors
/// `Failed`, where the port is not to be had.
pub fn serve(options: &Options) -> Result<(), Failure> {
    serve_then(options, &mut |address, dns, cloud| {
        // Whoever closed the pipe does not want to know.
        let _ = announce(cloud, options, address, dns);
    })
}

/// Told once it listens: where, and where it answers DNS.
pub type Ready<'a> = dyn FnMut(SocketAddr, Option<SocketAddr>, &Cloud) + 'a;

/// [`serve`], which says where it listens once it does.
///
/// # Errors
/// As [`serve`].
pub fn serve_then(options: &Options, ready: &mut Ready<'_>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::Failed(error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(failed)?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async {
        let listener = listen(options).await?;
        let address = listener.local_addr().map_err(failed)?;
        let cloud = Rc::new(RefCell::new(Cloud::new(options, wall())));
        let names = Port::take(options).await?;
        let dns = names.as_ref().and_then(Port::address);
        if let Some(names) = names {
            names.serve(&cloud);
        }
        ready(address, dns, &cloud.borrow());
        accept(&listener, &cloud).await
    })
}

async fn listen(options: &Options) -> Result<TcpListener, Failure> {
    let address = (options.host, options.port);
    TcpListener::bind(address).await.map_err(|error| {
        let next = match error.kind() {
            std::io::ErrorKind::AddrInUse => format!(
                "another program has port {}; end it, or choose another port: cargo serve --port {}",
                options.port,
                options.port.saturating_add(1)
            ),
            std::io::ErrorKind::AddrNotAvailable => format!("{} is no address of this machine", options.host),
            _ => error.to_string(),
        };
        Failure::Failed(format!("cannot listen on {}:{}: {next}", options.host, options.port))
    })
}

/// What a shell needs to point AWS's tools here, ready to be pasted.
fn announce(cloud: &Cloud, options: &Options, address: SocketAddr, dns: Option<SocketAddr>) -> std::io::Result<()> {
    let (key, secret) = cloud.administrator();
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "Stratus answers AWS's tools on http://{address}. Keys for simulation only:"
    )?;
    writeln!(out, "export AWS_ENDPOINT_URL=http://{address}")?;
    writeln!(out, "export AWS_ACCESS_KEY_ID={key}")?;
    writeln!(out, "export AWS_SECRET_ACCESS_KEY={secret}")?;
    writeln!(out, "export AWS_DEFAULT_REGION=us-east-1")?;
    if let Some(dns) = dns {
        writeln!(
            out,
            "It answers DNS there as well: dig @{} -p {} NAME",
            dns.ip(),
            dns.port()
        )?;
    }
    if !options.host.is_loopback() {
        writeln!(out, "Other machines can reach it: whoever does can change this world.")?;
    }
    out.flush()
}

async fn accept(listener: &TcpListener, cloud: &Rc<RefCell<Cloud>>) -> Result<(), Failure> {
    let places = std::sync::Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            return Ok(());
        };
        let (stream, client) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                // A connection that broke before it was taken, or no file descriptor left: the next may do better.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    continue;
                }
            },
            _ = tokio::signal::ctrl_c() => return Ok(()),
        };
        let cloud = cloud.clone();
        tokio::task::spawn_local(async move {
            connection(stream, client.ip(), &cloud).await;
            drop(place);
        });
    }
}

async fn connection(stream: TcpStream, client: IpAddr, cloud: &Rc<RefCell<Cloud>>) {
    // An answer goes out at once: a client waits for it.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| async { Ok::<_, Infallible>(answer(request, client, cloud).await) });
    let mut socket = Socket::new(stream);
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS)
        .serve_connection(TokioIo::new(socket.clone()), service)
        .await;
    // Most of what a client does wrong hyper has answered; of half a request, and of other protocols, it says nothing.
    if let Err(error) = served {
        let late = error.is_timeout();
        let status = if late { "408 Request Timeout" } else { "400 Bad Request" };
        socket.refuse(status).await;
    }
    socket.linger().await;
}

async fn answer(request: http::Request<Incoming>, client: IpAddr, cloud: &RefCell<Cloud>) -> http::Response<Pieces> {
    let (head, body) = request.into_parts();
    let read = tokio::time::timeout(BODY_TIME, Limited::new(body, BODY_BYTES).collect()).await;
    let body = match read {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            return plain(413, "the request is larger than 80 MiB");
        }
        Ok(Err(_)) => return plain(400, "the request's body ended early"),
        Err(_) => return plain(408, "the request's body did not come in time"),
    };
    let mut headers = stratus_wire::Headers::new();
    for (name, value) in &head.headers {
        // HTTP allows any bytes above 127; AWS's headers are UTF-8.
        let Ok(value) = std::str::from_utf8(value.as_bytes()) else {
            return plain(400, "a header is not UTF-8");
        };
        headers.push(name.as_str().to_owned(), value);
    }
    // Who signs is known by that.
    if headers.get("authorization").is_none() && headers.get(visit::CLIENT).is_none() {
        headers.push(visit::CLIENT, client.to_string());
    }
    let request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers,
        body: body.into(),
    };
    send(cloud.borrow_mut().reply(&request, wall()))
}

fn send(response: Reply) -> http::Response<Pieces> {
    let mut built = http::Response::builder().status(response.status);
    for (name, value) in response.headers.iter() {
        built = built.header(name, value);
    }
    built
        .body(response.body)
        // A header of user metadata may hold what HTTP has no place for.
        .unwrap_or_else(|_| plain(500, "the answer has a header that HTTP cannot carry"))
}

fn plain(status: u16, text: &'static str) -> http::Response<Pieces> {
    let mut response = http::Response::new([Bytes::from_static(text.as_bytes())].into_iter().collect());
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::BAD_REQUEST);
    response
}

/// Milliseconds since 1970.
pub(crate) fn wall() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
