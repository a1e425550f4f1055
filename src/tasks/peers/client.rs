//! The benchmark's client: signed requests as bytes, sent over one connection as long as the server keeps it.

use crate::failure::{Context, Outcome, failed};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{SystemTime, UNIX_EPOCH};
use stratus_wire::sigv4;
use stratus_wire::{Request, http};

/// Keys; those of the servers that check none are made up.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub key: String,
    pub secret: String,
}

impl Default for Credentials {
    fn default() -> Self {
        Self {
            key: "testing".into(),
            secret: "testing".into(),
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    /// The server ends the connection with this answer.
    closes: bool,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection to a server.
#[derive(Debug)]
pub struct Connection {
    address: SocketAddr,
    credentials: Credentials,
    region: String,
    stream: Option<TcpStream>,
    /// What was read and belongs to no answer yet.
    read: Vec<u8>,
}

impl Connection {
    pub fn open(address: SocketAddr, credentials: Credentials, region: &str) -> Outcome<Connection> {
        let mut connection = Connection {
            address,
            credentials,
            region: region.to_owned(),
            stream: None,
            read: Vec::new(),
        };
        connection.reach()?;
        Ok(connection)
    }

    fn reach(&mut self) -> Outcome {
        let stream = TcpStream::connect(self.address).context(self.address)?;
        stream.set_nodelay(true).context("no TCP")?;
        self.stream = Some(stream);
        self.read.clear();
        Ok(())
    }

    /// A call in a query protocol, as bytes.
    pub fn signed(&self, service: &str, form: &str) -> Vec<u8> {
        let mut request = Request {
            method: "POST".into(),
            path: "/".into(),
            body: form.as_bytes().to_vec(),
            ..Request::default()
        };
        request
            .headers
            .push("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        self.finish(request, service)
    }

    fn finish(&self, mut request: Request, service: &str) -> Vec<u8> {
        request.headers.push("host", self.address.to_string());
        let credentials = sigv4::Credentials {
            access_key: self.credentials.key.clone(),
            secret: self.credentials.secret.clone(),
            token: None,
            region: self.region.clone(),
            service: service.to_owned(),
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        sigv4::sign(
            &mut request,
            &credentials,
            i64::try_from(now.as_millis()).unwrap_or_default(),
        );
        let mut bytes = format!("{} {} HTTP/1.1\r\n", request.method, request.path).into_bytes();
        for (name, value) in request.headers.iter() {
            bytes.extend(format!("{name}: {value}\r\n").bytes());
        }
        bytes.extend(format!("content-length: {}\r\n\r\n", request.body.len()).bytes());
        bytes.extend(&request.body);
        bytes
    }

    /// Makes a call; an answer that is no success is an error.
    pub fn call(&mut self, service: &str, form: &str) -> Outcome<String> {
        let request = self.signed(service, form);
        let answer = self.send(&request)?;
        match answer.status {
            200 | 201 => Ok(answer.text()),
            status => failed(format!("{form}: {status} {}", answer.text())),
        }
    }

    fn route53(&self, method: &str, path: &str, body: String) -> Vec<u8> {
        let mut request = Request {
            method: method.into(),
            path: path.into(),
            body: body.into_bytes(),
            ..Request::default()
        };
        request.headers.push("content-type", "text/xml");
        self.finish(request, "route53")
    }

    /// Makes a hosted zone, and returns its id.
    pub fn create_zone(&mut self) -> Outcome<String> {
        let body = "<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><Name>example.com</Name><CallerReference>one</CallerReference></CreateHostedZoneRequest>";
        let request = self.route53("POST", "/2013-04-01/hostedzone", body.into());
        let answer = self.send(&request)?.text();
        let id = answer
            .split("/hostedzone/")
            .nth(1)
            .and_then(|rest| rest.split('<').next());
        id.map(http::encoded).context(format!("no zone in {answer}"))
    }

    /// An UPSERT of one record.
    pub fn upsert(&self, zone: &str, number: usize) -> Vec<u8> {
        let body = format!(
            "<ChangeResourceRecordSetsRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><ChangeBatch><Changes><Change><Action>UPSERT</Action><ResourceRecordSet><Name>www{number}.example.com</Name><Type>A</Type><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>"
        );
        self.route53("POST", &format!("/2013-04-01/hostedzone/{zone}/rrset/"), body)
    }

    /// Sends a request and reads its answer, on a new connection where the old one has ended.
    pub fn send(&mut self, request: &[u8]) -> Outcome<Answer> {
        if self.stream.is_none() {
            self.reach()?;
        }
        let answer = self.exchange(request).context(self.address)?;
        if answer.closes {
            self.stream = None;
        }
        Ok(answer)
    }

    fn exchange(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        let ended = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let Some(stream) = &mut self.stream else {
            return Err(ended());
        };
        stream.write_all(request)?;
        let mut more = |read: &mut Vec<u8>| -> std::io::Result<usize> {
            let mut part = [0; 64 << 10];
            let length = stream.read(&mut part)?;
            read.extend(part.get(..length).unwrap_or_default());
            Ok(length)
        };
        let head = loop {
            if let Some(end) = self.read.windows(4).position(|window| window == b"\r\n\r\n") {
                let rest = self.read.split_off(end + 4);
                break String::from_utf8_lossy(&std::mem::replace(&mut self.read, rest)).to_ascii_lowercase();
            }
            if more(&mut self.read)? == 0 {
                return Err(ended());
            }
        };
        let header = |name: &str| {
            head.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                .map(str::trim)
        };
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or_default();
        let mut closes = head.starts_with("http/1.0") || header("connection") == Some("close");
        let body = if let Some(length) = header("content-length").and_then(|length| length.parse::<usize>().ok()) {
            while self.read.len() < length {
                if more(&mut self.read)? == 0 {
                    return Err(ended());
                }
            }
            let rest = self.read.split_off(length);
            std::mem::replace(&mut self.read, rest)
        } else if header("transfer-encoding") == Some("chunked") {
            while !self.read.ends_with(b"0\r\n\r\n") {
                if more(&mut self.read)? == 0 {
                    return Err(ended());
                }
            }
            std::mem::take(&mut self.read)
        } else {
            while more(&mut self.read)? > 0 {}
            closes = true;
            std::mem::take(&mut self.read)
        };
        Ok(Answer { status, body, closes })
    }
}
