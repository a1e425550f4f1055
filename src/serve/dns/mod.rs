//! The DNS port: real messages over UDP and TCP, so that `dig`, `nslookup` and programs ask the simulated world. The port is the
//! resolver of somebody on the Internet, or of whom `--dns-from` names; with an EDNS client subnet, of who is in that network.
//!
//! bytes → `wire` → the engine → `wire` → bytes. What may never happen here: a message that ends the program, or an answer to an
//! answer.

pub mod wire;

use crate::arguments::{Failure, Options};
use crate::cloud::Cloud;
use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::Semaphore;

/// Bytes of one question over UDP: more is none.
const QUESTION: usize = 4_096;
/// TCP connections at a time; more wait.
const CONNECTIONS: usize = 128;
/// How long a connection may say nothing (RFC 7766: some seconds).
const IDLE: Duration = Duration::from_secs(10);

/// The sockets of the port.
#[derive(Debug)]
pub struct Port {
    udp: Rc<UdpSocket>,
    tcp: TcpListener,
}

impl Port {
    /// Takes the port, if one is asked for.
    ///
    /// # Errors
    /// `Failed`, where it is not to be had.
    pub async fn take(options: &Options) -> Result<Option<Port>, Failure> {
        let Some(port) = options.dns_port else {
            return Ok(None);
        };
        let failed = |error: std::io::Error| {
            let next = match error.kind() {
                std::io::ErrorKind::AddrInUse => "another program has it; choose another with --dns-port N".to_owned(),
                std::io::ErrorKind::PermissionDenied => {
                    "ports below 1024 are not for everybody; choose another: --dns-port 5353".to_owned()
                }
                _ => error.to_string(),
            };
            Failure::Failed(format!("cannot answer DNS on {}:{port}: {next}", options.host))
        };
        let tcp = TcpListener::bind((options.host, port)).await.map_err(failed)?;
        let address = tcp.local_addr().map_err(failed)?;
        let udp = UdpSocket::bind(address).await.map_err(failed)?;
        Ok(Some(Port { udp: Rc::new(udp), tcp }))
    }

    /// Where it is.
    pub fn address(&self) -> Option<SocketAddr> {
        self.tcp.local_addr().ok()
    }

    /// Answers on it, until the program ends.
    pub fn serve(self, cloud: &Rc<RefCell<Cloud>>) {
        let (udp, answering) = (self.udp, cloud.clone());
        tokio::task::spawn_local(async move { datagrams(&udp, &answering).await });
        let answering = cloud.clone();
        tokio::task::spawn_local(async move { connections(&self.tcp, &answering).await });
    }
}

async fn datagrams(socket: &UdpSocket, cloud: &RefCell<Cloud>) {
    let mut buffer = vec![0; QUESTION];
    loop {
        // An ICMP error of an earlier answer shows up here: the next question may do better.
        let Ok((length, from)) = socket.recv_from(&mut buffer).await else {
            tokio::time::sleep(Duration::from_millis(1)).await;
            continue;
        };
        let question = buffer.get(..length).unwrap_or_default();
        if let Some(reply) = answer(cloud, question, false) {
            let _ = socket.send_to(&reply, from).await;
        }
    }
}

async fn connections(listener: &TcpListener, cloud: &Rc<RefCell<Cloud>>) {
    let places = std::sync::Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let cloud = cloud.clone();
                tokio::task::spawn_local(async move {
                    // Whoever closed the connection does not want to know.
                    let _ = questions(stream, &cloud).await;
                    drop(place);
                });
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Questions of a connection, each with its length before it (RFC 1035 §4.2.2).
async fn questions(mut stream: TcpStream, cloud: &RefCell<Cloud>) -> std::io::Result<()> {
    loop {
        let Ok(length) = tokio::time::timeout(IDLE, stream.read_u16()).await else {
            return Ok(());
        };
        let mut question = vec![0; usize::from(length?)];
        let Ok(read) = tokio::time::timeout(IDLE, stream.read_exact(&mut question)).await else {
            return Ok(());
        };
        read?;
        let Some(reply) = answer(cloud, &question, true) else {
            return Ok(());
        };
        let length = u16::try_from(reply.len()).unwrap_or(u16::MAX);
        stream.write_u16(length).await?;
        stream
            .write_all(reply.get(..usize::from(length)).unwrap_or_default())
            .await?;
    }
}

/// The bytes of the reply; `None` where silence is the answer.
fn answer(cloud: &RefCell<Cloud>, question: &[u8], over_tcp: bool) -> Option<Vec<u8>> {
    let wall = crate::http::wall();
    wire::answer(question, over_tcp, &mut |from, question| {
        cloud.borrow_mut().ask(from, question, wall).ok()?.message
    })
}
