//! NVMe devices and the names that udev gives them: `ls -l /dev/sdf`, `lsblk -o`, `ebsnvme-id`, `nvme list`.
//!
//! Source: <https://docs.aws.amazon.com/ebs/latest/userguide/nvme-ebs-volumes.html>. Writes nothing.

use super::{Done, Shell, human, plain};
use crate::services::ec2::storage::files::disks::{self, Found};
use crate::world::files::{Disk, Tree};

/// What EBS volumes and disks of the host say they are.
const EBS: &str = "Amazon Elastic Block Store";
const STORE: &str = "Amazon EC2 NVMe Instance Storage";

/// Columns of `lsblk` that are known.
const COLUMNS: [&str; 10] = [
    "NAME",
    "SIZE",
    "TYPE",
    "MOUNTPOINT",
    "MOUNTPOINTS",
    "FSTYPE",
    "LABEL",
    "UUID",
    "SERIAL",
    "MODEL",
];

fn model(disk: &Found) -> &'static str {
    match disk.disk {
        _ if !disk.is_nvme() => "",
        Disk::Volume(_) => EBS,
        Disk::Store(_) | Disk::Root | Disk::Memory => STORE,
    }
}

/// The serial number: of a volume its id without the hyphen; of a disk of the host one that follows from its name (ours).
fn serial(disk: &Found) -> String {
    match &disk.disk {
        _ if !disk.is_nvme() => String::new(),
        Disk::Volume(id) => id.to_string().replace('-', ""),
        Disk::Store(name) => format!("AWS{:0>17}", name.trim_start_matches("ephemeral")),
        Disk::Root | Disk::Memory => String::new(),
    }
}

/// Whether a device is none of blocks: `/dev/null`, the controller `/dev/nvme0`.
fn is_character(name: &str) -> bool {
    let name = name.trim_start_matches("/dev/");
    let controller = name
        .strip_prefix("nvme")
        .map(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    controller.unwrap_or(matches!(name, "null" | "zero"))
}

/// Links in `/dev` to what a disk is there: its name, and where the link leads.
fn links(disk: &Found) -> Vec<(String, String)> {
    let volume = matches!(disk.disk, Disk::Volume(_));
    if !disk.is_nvme() {
        // Xen's disks have the kernel's names; Amazon Linux makes the others links.
        let short = disk.short();
        let other = (volume && short != disk.name).then(|| (format!("/dev/{short}"), disk.name.clone()));
        return other.into_iter().collect();
    }
    let by_id = format!("{}_{}", model(disk).replace(' ', "_"), serial(disk));
    let mut out = vec![(format!("/dev/disk/by-id/nvme-{by_id}"), format!("../../{}", disk.name))];
    if volume {
        out.push((format!("/dev/{}", disk.short()), disk.name.clone()));
    }
    out
}

impl Shell<'_> {
    /// Names in `/dev` that have to do with disks: path, and where it leads if it is a link.
    fn device_files(&self) -> Vec<(String, Option<String>)> {
        let mut all = vec![("/dev/null".to_owned(), None), ("/dev/zero".to_owned(), None)];
        for disk in self.found() {
            if disk.is_nvme() {
                let controller = disk.name.strip_suffix("n1").unwrap_or(&disk.name);
                all.push((format!("/dev/{controller}"), None));
            }
            all.push((format!("/dev/{}", disk.name), None));
            if disk.part() != disk.name {
                all.push((format!("/dev/{}", disk.part()), None));
            }
            all.extend(links(&disk).into_iter().map(|(path, to)| (path, Some(to))));
        }
        stratus_model::sort::sort(&mut all);
        all.dedup();
        all
    }

    /// What `ls` shows of a path in `/dev`; `None` = there is no such thing.
    pub(super) fn ls_devices(&self, path: &str, long: bool) -> Option<String> {
        let all = self.device_files();
        let line = |name: &str, to: Option<&String>| match (long, to) {
            (false, _) => format!("{name}\n"),
            (true, Some(to)) => format!("lrwxrwxrwx 1 root root {:>10} {name} -> {to}\n", to.len()),
            (true, None) if is_character(name) => {
                format!("crw-rw-rw- 1 root root {:>10} {name}\n", "")
            }
            (true, None) => format!("brw-rw---- 1 root disk {:>10} {name}\n", ""),
        };
        if let Some((_, to)) = all.iter().find(|(name, _)| name == path) {
            return Some(line(path, to.as_ref()));
        }
        let below = format!("{path}/");
        let mut out = String::new();
        let mut folders: Vec<&str> = Vec::new();
        for (name, to) in &all {
            let Some(rest) = name.strip_prefix(&below) else {
                continue;
            };
            match rest.split_once('/') {
                Some((folder, _)) if !folders.contains(&folder) => {
                    folders.push(folder);
                    out.push_str(&match long {
                        true => format!("drwxr-xr-x 2 root root {:>10} {folder}\n", 60),
                        false => format!("{folder}\n"),
                    });
                }
                Some(_) => {}
                None => out.push_str(&line(rest, to.as_ref())),
            }
        }
        (!out.is_empty()).then_some(out)
    }

    /// `lsblk -o NAME,SERIAL`: one line a disk, and one for the partition of a root.
    pub(super) fn lsblk_columns(&mut self, asked: &str, shown: &[&Found]) -> Done {
        let columns: Vec<String> = asked.split(',').map(str::to_ascii_uppercase).collect();
        if let Some(column) = columns.iter().find(|column| !COLUMNS.contains(&column.as_str())) {
            return self.fails("lsblk", "", &format!("unknown column: {column}"));
        }
        let mut rows = vec![columns.clone()];
        for disk in shown {
            let tree = self.tree_of(&disk.disk);
            let whole = disk.part() == disk.name;
            let cell = |column: &String| self.cell(column, disk, tree.as_ref().filter(|_| whole), false);
            rows.push(columns.iter().map(cell).collect());
            if !whole {
                let cell = |column: &String| self.cell(column, disk, tree.as_ref(), true);
                rows.push(columns.iter().map(cell).collect());
            }
        }
        let width = |at: usize| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns.len()).map(width).collect();
        let mut out = String::new();
        for row in &rows {
            let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            let line = cells.collect::<Vec<_>>().join(" ");
            out.push_str(line.trim_end());
            out.push('\n');
        }
        Done::well(out)
    }

    fn cell(&self, column: &str, disk: &Found, tree: Option<&Tree>, part: bool) -> String {
        let of = |text: fn(&Tree) -> &String| tree.map(text).cloned().unwrap_or_default();
        match column {
            "NAME" if part => format!("└─{}", disk.part()),
            "NAME" => disk.name.clone(),
            "SIZE" => human(disk.size),
            "TYPE" => if part { "part" } else { "disk" }.to_owned(),
            "MOUNTPOINT" | "MOUNTPOINTS" if part || !disk.root => self.mounted(disk).join(" "),
            "FSTYPE" => of(|tree| &tree.kind),
            "LABEL" => of(|tree| &tree.label),
            "UUID" => of(|tree| &tree.uuid),
            "SERIAL" if !part => serial(disk),
            "MODEL" if !part => model(disk).to_owned(),
            _ => String::new(),
        }
    }

    /// `ebsnvme-id /dev/nvme1`: which volume stands behind an NVMe device, as Amazon Linux tells it; with -v its id only, with -b
    /// the device name that it was attached as, with -u that name as udev's rules want it.
    /// Source: <https://github.com/amazonlinux/amazon-ec2-utils>, ebsnvme-id(8)
    pub(super) fn ebsnvme(&mut self, words: &[&str]) -> Done {
        let found = self.found();
        let Some(name) = plain(words).first().copied() else {
            return self.fails("ebsnvme-id", "", "the following arguments are required: device");
        };
        let whole = if name.contains("nvme") && !name.trim_start_matches("/dev/nvme").contains('n') {
            format!("{name}n1")
        } else {
            name.to_owned()
        };
        let Some(disk) = disks::named(&found, &whole) else {
            return self.fails("ebsnvme-id", "[ERROR] Device not found", name);
        };
        let Disk::Volume(id) = disk.disk else {
            return self.fails("ebsnvme-id", "[ERROR] Not an EBS device", name);
        };
        let wants = |short: char, long: &str| super::has(words, short) || words.contains(&long);
        let (volume, device, udev) = (wants('v', "--volume"), wants('b', "--block-dev"), wants('u', "--udev"));
        let all = !(volume || device || udev);
        let mut out = String::new();
        if all || volume {
            out.push_str(&format!("Volume ID: {id}\n"));
        }
        if all || device || udev {
            let device = if udev { disk.short() } else { &disk.device };
            out.push_str(&format!("{device}\n"));
        }
        Done::well(out)
    }

    /// `nvme list`: node, serial number, model, size.
    /// Source: <https://man.archlinux.org/man/nvme-list.1>
    pub(super) fn nvme(&mut self, words: &[&str]) -> Done {
        if plain(words).first() != Some(&"list") {
            return self.fails("nvme", "", "only `nvme list` is simulated here");
        }
        let mut out = format!("{:<16} {:<20} {:<40} {}\n", "Node", "SN", "Model", "Usage");
        out.push_str(&format!(
            "{} {} {} {}\n",
            "-".repeat(16),
            "-".repeat(20),
            "-".repeat(40),
            "-".repeat(26)
        ));
        for disk in self.found().iter().filter(|disk| disk.is_nvme()) {
            // As the tool has it: decimal units.
            let (whole, rest) = (disk.size / 1_000_000_000, disk.size % 1_000_000_000 / 10_000_000);
            let size = format!("{whole}.{rest:02}  GB");
            let node = format!("/dev/{}", disk.name);
            out.push_str(&format!(
                "{node:<16} {:<20} {:<40} {size} / {size}\n",
                serial(disk),
                model(disk)
            ));
        }
        Done::well(out)
    }
}
