//! A call as the page makes it: with the text that does the same, because every button shows it.

use stratus_engine::catalog::Region;
use stratus_model::Structure;
use stratus_shell::{Language, ShownCall};

/// The Region that global services (Route 53, IAM) are asked in.
pub const GLOBAL: Region = Region::US_EAST_1;

/// One call to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiCall {
    /// Which Region is asked.
    pub region: Region,
    /// The service, as the model names it.
    pub service: &'static str,
    /// The operation, as the API names it.
    pub operation: &'static str,
    /// Its parameters.
    pub params: Structure,
}

impl ApiCall {
    /// An EC2 call.
    pub fn ec2(region: Region, operation: &'static str, params: Structure) -> ApiCall {
        ApiCall {
            region,
            service: "ec2",
            operation,
            params,
        }
    }
    /// A call of any service.
    pub fn new(region: Region, service: &'static str, operation: &'static str, params: Structure) -> ApiCall {
        ApiCall {
            region,
            service,
            operation,
            params,
        }
    }
    /// The `aws` command that does the same, ready to paste into the terminal.
    pub fn command(&self) -> String {
        self.text(Language::AwsCli)
    }
    /// The text that does the same, in some language.
    pub fn text(&self, language: Language) -> String {
        let call = ShownCall {
            region: self.region,
            service: self.service,
            operation: self.operation,
            params: &self.params,
        };
        stratus_shell::show(language, call)
    }
}
