//! The servers that are measured: started on a free port, watched through /proc, ended with their value.

use super::client::{Connection, Credentials};
use crate::failure::{Context, Outcome, failed};
use crate::{machine, python};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to its first answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// One of them. The last is what the others are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    Stratus,
    Moto,
    Ministack,
}

impl Peer {
    pub const ALL: [Peer; 3] = [Peer::Stratus, Peer::Moto, Peer::Ministack];

    pub fn name(self) -> &'static str {
        match self {
            Peer::Stratus => "stratus",
            Peer::Moto => "moto_server",
            Peer::Ministack => "ministack",
        }
    }

    fn command(self, port: u16) -> Command {
        let text = port.to_string();
        match self {
            Peer::Stratus => {
                let mut command = Command::new(machine::target().join("release/stratus-serve"));
                command.args(["--port", &text]);
                command
            }
            Peer::Moto => {
                let mut command = Command::new(python::program("moto_server"));
                command.args(["--host", "127.0.0.1", "--port", &text]);
                command
            }
            Peer::Ministack => {
                let mut command = Command::new(python::program("ministack"));
                command.envs([
                    ("GATEWAY_PORT", text.as_str()),
                    ("EDGE_PORT", &text),
                    ("LOG_LEVEL", "ERROR"),
                ]);
                command
            }
        }
    }
}

/// A server that answers.
#[derive(Debug)]
pub struct Server {
    pub peer: Peer,
    pub credentials: Credentials,
    /// From its start.
    pub first_answer: Duration,
    address: SocketAddr,
    child: Child,
}

impl Server {
    /// Starts it and waits for its first answer.
    pub fn start(peer: Peer) -> Outcome<Server> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let address = free.context("no free port")?;
        let start = Instant::now();
        let mut command = peer.command(address.port());
        let told = if peer == Peer::Stratus {
            Stdio::piped()
        } else {
            Stdio::null()
        };
        let mut child = command
            .stdout(told)
            .stderr(Stdio::null())
            .spawn()
            .context(format!("cannot start {}", peer.name()))?;
        let credentials = match child.stdout.take() {
            Some(out) => printed(BufReader::new(out)),
            None => Credentials::default(),
        };
        let mut server = Server {
            peer,
            credentials,
            first_answer: Duration::ZERO,
            address,
            child,
        };
        loop {
            let answered = server
                .connect("us-east-1")
                .and_then(|mut connection| connection.call("sts", "Action=GetCallerIdentity&Version=2011-06-15"));
            match answered {
                Ok(_) => break,
                Err(error) if start.elapsed() > PATIENCE => {
                    return failed(format!("{} does not answer: {error}", peer.name()));
                }
                Err(_) => std::thread::sleep(Duration::from_millis(1)),
            }
        }
        server.first_answer = start.elapsed();
        Ok(server)
    }

    /// A connection that signs for a Region.
    pub fn connect(&self, region: &str) -> Outcome<Connection> {
        Connection::open(self.address, self.credentials.clone(), region)
    }

    /// An image that it knows.
    pub fn image(&self, connection: &mut Connection) -> Outcome<String> {
        let body = "Action=DescribeImages&Version=2016-11-15&Owner.1=amazon";
        let answer = connection.call("ec2", body)?;
        let ids = answer
            .split("<imageId>")
            .skip(1)
            .filter_map(|rest| rest.split('<').next());
        // Of Stratus, an image that a t3.micro starts.
        let wanted = |id: &&str| {
            let entry = answer.split(*id).nth(1).unwrap_or_default();
            let entry = entry.split("<imageId>").next().unwrap_or_default();
            entry.contains("x86_64") && !entry.contains("windows")
        };
        let found = ids.into_iter().find(wanted).map(str::to_owned);
        found.context(format!("{} has no image", self.peer.name()))
    }

    /// Seconds of CPU that it and its children have used. The scheduler's account of the threads that live is exact; the
    /// process's own, in hundredths of a second, knows those too that have ended: it counts where it is far more, as with a
    /// server that has a thread a connection.
    pub fn cpu(&self) -> Outcome<f64> {
        let mut seconds = 0.0;
        for process in self.processes() {
            let tasks = std::fs::read_dir(process.join("task")).context("no /proc")?;
            let living: f64 = tasks.flatten().map(|task| of_thread(&task.path())).sum();
            let all = of_process(&process);
            seconds += if all > 2.0 * living { all } else { living };
        }
        Ok(seconds)
    }

    /// Bytes of memory that it and its children hold.
    pub fn memory(&self) -> Outcome<f64> {
        let of = |process: &PathBuf| -> f64 {
            let text = std::fs::read_to_string(process.join("status")).unwrap_or_default();
            let line = text.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
            let kilobytes = line
                .split_whitespace()
                .nth(1)
                .and_then(|number| number.parse::<f64>().ok());
            kilobytes.unwrap_or_default() * 1024.0
        };
        Ok(self.processes().iter().map(of).sum())
    }

    /// /proc folders of the server and of those it started.
    fn processes(&self) -> Vec<PathBuf> {
        let mut found = vec![self.child.id()];
        let mut at = 0;
        while let Some(parent) = found.get(at).copied() {
            at += 1;
            let children = format!("/proc/{parent}/task/{parent}/children");
            let text = std::fs::read_to_string(children).unwrap_or_default();
            found.extend(text.split_whitespace().filter_map(|number| number.parse::<u32>().ok()));
        }
        found
            .iter()
            .map(|process| Path::new("/proc").join(process.to_string()))
            .collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The keys that ours prints when it is ready.
fn printed(out: impl BufRead) -> Credentials {
    let mut credentials = Credentials::default();
    for line in out.lines().map_while(Result::ok) {
        if let Some(key) = line.strip_prefix("export AWS_ACCESS_KEY_ID=") {
            key.clone_into(&mut credentials.key);
        }
        if let Some(secret) = line.strip_prefix("export AWS_SECRET_ACCESS_KEY=") {
            secret.clone_into(&mut credentials.secret);
        }
        // The last line: were the pipe closed before it, the server would find nobody who listens.
        if line.starts_with("export AWS_DEFAULT_REGION=") {
            break;
        }
    }
    credentials
}

/// Seconds of CPU of a thread that lives.
fn of_thread(task: &Path) -> f64 {
    let text = std::fs::read_to_string(task.join("schedstat")).unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|number| number.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}

/// Seconds of CPU of a process, its ended threads among them: user and system time, in ticks of a hundredth.
fn of_process(process: &Path) -> f64 {
    let text = std::fs::read_to_string(process.join("stat")).unwrap_or_default();
    // The name, in brackets, may have blanks in it.
    let fields = text
        .rsplit_once(')')
        .map_or("", |(_, fields)| fields)
        .split_whitespace();
    let ticks: f64 = fields
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}
