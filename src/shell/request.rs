//! One request of a command: parameters put right and validated, the call made, the answer put right.

use crate::data::{Data, Dict};
use crate::fault::Fault;
use crate::run::{Call, Tray};
use crate::tokens::Tokens;
use crate::{bundling, convert, on_the_way, validate};
use stratus_engine::catalog::Region;
use stratus_model::{Operation, Service};

/// Why there is no answer.
pub enum Refusal {
    /// It did not get as far as the service.
    Fault(Fault),
    /// The service said no.
    Service {
        code: String,
        message: String,
        status: u16,
        remedy: String,
    },
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Refusal {
        Refusal::Fault(fault)
    }
}

impl Refusal {
    /// As the command ends with it.
    pub fn fault(self, operation: &str) -> Fault {
        match self {
            Refusal::Fault(fault) => fault,
            Refusal::Service {
                code,
                message,
                status,
                remedy,
            } => {
                // The CLI asks three times where another answer may come, and says so.
                let asked_again = matches!(status, 500 | 502..=504) || is_throttled(&code);
                let retries = if asked_again { " (reached max retries: 2)" } else { "" };
                Fault {
                    remedy,
                    ..Fault::service(&code, &format!("{operation} operation{retries}"), &message)
                }
            }
        }
    }
}

/// What asks: an operation in a Region.
pub struct Caller<'a> {
    pub service: &'static Service,
    pub operation: &'static Operation,
    pub region: Region,
    /// Binary parameters are given as they are, not in base64.
    pub raw: bool,
    pub call: Call<'a>,
    pub tray: &'a mut Tray,
    pub tokens: &'a mut Tokens,
    /// The answer's stream of bytes, and the file that takes it.
    pub stream: Option<(&'static str, String)>,
    /// The private key that opens a password.
    pub key: Option<String>,
    /// The virtual device's secret: which of its forms, and the file that takes it.
    pub secret: Option<(String, String)>,
}

impl Caller<'_> {
    /// Parameters as they go out, validated, with the tokens that the CLI draws.
    pub fn prepared(&mut self, mut params: Dict) -> Result<Dict, Fault> {
        if let Some(shape) = self.operation.input.filter(|_| !self.raw) {
            let mut data = Data::Dict(params);
            convert::decode_blobs(self.service, shape, &mut data)
                .map_err(|text| Fault::other(format_args!("Invalid base64: \"{text}\"")))?;
            params = match data {
                Data::Dict(params) => params,
                _ => Dict::new(),
            };
        }
        on_the_way::before(self.service.name, self.operation.name, &mut params)?;
        if self.operation.name == "BundleInstance" {
            bundling::complete(&mut params, self.tray.now())?;
        }
        self.tokens.fill(self.service, self.operation, &mut params);
        validate::validate(self.service, self.operation.input, &params)?;
        Ok(params)
    }

    /// Asks once.
    pub fn request(&mut self, params: Dict) -> Result<Dict, Refusal> {
        let params = self.prepared(params)?;
        let values = convert::params(self.service, self.operation, &params);
        let answer = (self.call)(self.region, self.service.name, self.operation.name, values);
        let mut answer = answer.map_err(|error| self.refusal(error))?;
        if let Some((member, file)) = &self.stream
            && let Some(member) = self.service.structure(self.operation.output).member_by_text(member)
        {
            let bytes = match answer.remove(member.name) {
                Some(stratus_model::Value::Blob(bytes)) => bytes,
                _ => Vec::new(),
            };
            self.tray.insert(file.clone(), bytes);
        }
        // botocore asks for keys in this encoding where nobody says otherwise, and undoes it; only this name stays.
        let lists = matches!(
            self.operation.name,
            "ListObjects" | "ListObjectsV2" | "ListObjectVersions"
        );
        if self.service.name == "s3" && lists && !params.contains("EncodingType") {
            answer.set(stratus_model::field::ENCODING_TYPE, "url");
        }
        let mut dict = convert::answer(self.service, self.operation, &answer);
        on_the_way::after(self.service.name, self.operation.name, &mut dict);
        self.keep_secret(&mut dict);
        self.open_password(&mut dict)?;
        Ok(dict)
    }

    /// An error as it comes over HTTP: without a body, all that is known of it is the status.
    fn refusal(&self, error: stratus_engine::Error) -> Refusal {
        let bodiless = self.service.name == "s3" && (self.operation.http_method == "HEAD" || error.status == 304);
        let (code, message) = if bodiless {
            (error.status.to_string(), reason(error.status).to_owned())
        } else {
            (error.code.to_owned(), error.message)
        };
        Refusal::Service {
            code,
            message,
            status: error.status,
            remedy: error.remedy,
        }
    }

    fn keep_secret(&mut self, answer: &mut Dict) {
        use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
        let Some((method, file)) = &self.secret else { return };
        let Some(Data::Dict(device)) = answer.get_mut("VirtualMFADevice") else {
            return;
        };
        let Some(Data::Text(text)) = device.get(method) else {
            return;
        };
        self.tray
            .insert(file.clone(), BASE64.decode(text.as_bytes()).unwrap_or_default());
        device.remove("QRCodePNG");
        device.remove("Base32StringSeed");
    }

    fn open_password(&self, answer: &mut Dict) -> Result<(), Fault> {
        let Some(key) = &self.key else { return Ok(()) };
        let Some(Data::Text(encrypted)) = answer.get("PasswordData") else {
            return Ok(());
        };
        if encrypted.trim().is_empty() {
            return Ok(());
        }
        match stratus_engine::keys::decrypt_password(key, encrypted) {
            Ok(password) => {
                answer.set("PasswordData", Data::Text(password));
                Ok(())
            }
            Err(_) => Err(Fault::other(
                "Unable to decrypt password data using provided private key file.",
            )),
        }
    }
}

/// Codes of botocore's list of those that pass with time.
fn is_throttled(code: &str) -> bool {
    matches!(
        code,
        "Throttling"
            | "ThrottlingException"
            | "ThrottledException"
            | "RequestThrottledException"
            | "RequestThrottled"
            | "TooManyRequestsException"
            | "ProvisionedThroughputExceededException"
            | "TransactionInProgressException"
            | "RequestLimitExceeded"
            | "BandwidthLimitExceeded"
            | "LimitExceededException"
            | "SlowDown"
            | "PriorRequestNotComplete"
            | "EC2ThrottledException"
            | "RequestTimeout"
            | "RequestTimeoutException"
    )
}

fn reason(status: u16) -> &'static str {
    match status {
        301 => "Moved Permanently",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        412 => "Precondition Failed",
        416 => "Requested Range Not Satisfiable",
        501 => "Not Implemented",
        _ => "Unknown",
    }
}
