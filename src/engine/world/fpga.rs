//! Rows of Amazon FPGA Images: data only.
//! <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FpgaImage.html>

use crate::base::ids::FpgaImageId;
use crate::base::time::Time;
use crate::catalog::Region;
use serde::Serialize;

/// An Amazon FPGA Image.
#[derive(Clone, Debug, Serialize)]
pub struct FpgaImage {
    /// Its id.
    pub id: FpgaImageId,
    /// Sequence number of its making.
    pub born: u64,
    /// The number of the id that its copies share.
    pub global: u64,
    /// Its name.
    pub name: String,
    /// What it says of itself.
    pub description: String,
    /// Its state.
    pub state: FpgaState,
    /// Why it failed; while it is pending, why it will.
    pub fault: Option<String>,
    /// What its design says of itself; of a copy once that is there.
    pub design: Option<FpgaDesign>,
    /// When it was asked for.
    pub created: Time,
    /// When it was changed last.
    pub updated: Time,
    /// Whether everybody may load it.
    pub public: bool,
    /// Accounts that may load it.
    pub shared_with: Vec<String>,
    /// Bucket and key under which its logs go.
    pub logs: Option<(String, String)>,
    /// What it is a copy of.
    pub copy_of: Option<(Region, FpgaImageId)>,
}

/// The state of an FPGA image. That one is `unavailable` AWS decides; here it never is.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FpgaImageState.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum FpgaState {
    /// Its bitstream is being generated.
    Pending,
    /// It can be loaded.
    Available,
    /// Its bitstream could not be generated.
    Failed,
}

impl FpgaState {
    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            FpgaState::Pending => "pending",
            FpgaState::Available => "available",
            FpgaState::Failed => "failed",
        }
    }
}

/// What the manifest of a design says.
/// Source: <https://github.com/aws/aws-fpga/blob/master/hdk/docs/AFI_Manifest.md>
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FpgaDesign {
    /// The version of the shell that it is made for.
    pub shell: String,
    /// Vendor, device, subsystem, and vendor of the subsystem, as PCI numbers them.
    pub pci: [u16; 4],
}
