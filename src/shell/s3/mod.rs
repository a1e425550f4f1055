//! The high-level `aws s3` commands.

use crate::run::{Call, Output, Session};

/// `ls`, `cp` and the others, by their words after `aws s3`.
pub(crate) fn run(_words: &[String], _session: &mut Session, _call: Call<'_>) -> Output {
    Output::fault(252, "\naws s3 is not here yet: aws s3api has its operations.\n")
}
