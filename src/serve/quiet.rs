//! An endpoint in a thread of its own, for tests: on a free port, saying nothing.

use crate::arguments::Options;
use crate::cloud::Cloud;
use crate::http;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

/// A running endpoint. It ends with the program.
#[derive(Debug)]
pub struct Quiet {
    address: SocketAddr,
    dns: Option<SocketAddr>,
    keys: (String, String),
}

/// Starts one with the default options: `instant`, seed 1.
///
/// # Panics
/// Where this machine has no free port: a test cannot go on.
#[must_use]
pub fn start_quietly() -> Quiet {
    start_with(Options::default())
}

/// Starts one with other options; their port plays no part.
///
/// # Panics
/// As [`start_quietly`].
#[must_use]
pub fn start_with(mut options: Options) -> Quiet {
    options.port = 0;
    let keys = Cloud::new(&options, 0).administrator();
    let (say, hear) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        http::serve_then(&options, &mut |address, dns, _| {
            let _ = say.send((address, dns));
        })
    });
    let (address, dns) = hear.recv().unwrap_or_else(|_| panic!("the endpoint did not start"));
    Quiet { address, dns, keys }
}

impl Quiet {
    /// `http://127.0.0.1:…`
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it answers DNS, if it was started with a port for that (0: any).
    pub fn dns(&self) -> Option<SocketAddr> {
        self.dns
    }

    /// The administrator's access key and secret.
    pub fn administrator(&self) -> (String, String) {
        self.keys.clone()
    }

    /// A new world.
    pub fn reset(&self) {
        self.post("/_stratus/reset");
    }

    /// Posts to a path of ours, and returns what is answered, head and body.
    ///
    /// # Panics
    /// Where the endpoint does not answer.
    pub fn post(&self, path: &str) -> String {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            self.address
        );
        String::from_utf8_lossy(&self.send(request.as_bytes())).into_owned()
    }

    /// Sends bytes on a connection of their own, and returns all that is answered.
    ///
    /// # Panics
    /// Where the endpoint cannot be reached.
    pub fn send(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).unwrap_or_else(|error| panic!("{}: {error}", self.address));
        // An answer may come, and the connection end, before all is sent.
        let _ = stream.write_all(bytes);
        read(stream)
    }

    /// [`Quiet::send`] of all that will ever be sent: the connection ends after it, on this side.
    ///
    /// # Panics
    /// As [`Quiet::send`].
    pub fn send_and_end(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).unwrap_or_else(|error| panic!("{}: {error}", self.address));
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        read(stream)
    }
}

fn read(mut stream: TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}
