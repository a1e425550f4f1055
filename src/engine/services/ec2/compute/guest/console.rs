//! What the serial console shows. The lines are ours, in the manner of a Linux boot.

use crate::base::time::Time;
use crate::services::ec2::storage::files::boot::Obstacle;
use crate::world::compute::{Guest, Instance};
use std::rc::Rc;

/// Lines that a console keeps; the oldest go first (AWS keeps the last 64 KB).
const LINES: usize = 400;

/// Lines of a boot.
pub(super) fn boot_lines(instance: &Instance, host: &str) -> Vec<String> {
    let machine = &instance.machine;
    if machine.is_windows() {
        return vec![
            "Windows is Ready to use".to_owned(),
            format!(
                "EC2Launch: {} on {}",
                machine.platform_details,
                instance.instance_type.name()
            ),
        ];
    }
    let mut lines = vec![
        format!("[    0.000000] Linux version 6.1 ({})", machine.architecture),
        "[    0.000000] Command line: root=LABEL=/ ro console=tty0 console=ttyS0,115200n8".to_owned(),
        format!("[    0.118000] DMI: Amazon EC2 {}", instance.instance_type.name()),
        "[  OK  ] Reached target Local File Systems.".to_owned(),
        "[  OK  ] Started OpenSSH server daemon.".to_owned(),
    ];
    if let Some(key) = &instance.key_name
        && !instance.guest.initialized
    {
        lines.push(format!(
            "ci-info: authorized key from the key pair '{key}' for user {}",
            machine.login
        ));
    }
    lines.push(format!("{host} login: "));
    lines
}

/// Lines of a boot that does not get far: the firmware's, the loader's, the kernel's.
/// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/TroubleshootingInstances.html>
pub(super) fn stuck_lines(instance: &Instance, obstacle: Obstacle) -> Vec<String> {
    let machine = &instance.machine;
    let mut lines = vec!["Booting from Hard Disk...".to_owned()];
    match obstacle {
        Obstacle::Blank => lines.extend([
            "Boot failed: not a bootable disk".to_owned(),
            "No bootable device.".to_owned(),
        ]),
        Obstacle::NoLoader => lines.extend([
            "error: file `/boot/grub2/i386-pc/normal.mod' not found.".to_owned(),
            "Entering rescue mode...".to_owned(),
            "grub rescue> ".to_owned(),
        ]),
        Obstacle::NoSystem => lines.extend([
            format!("[    0.000000] Linux version 6.1 ({})", machine.architecture),
            "[    0.000000] Command line: root=LABEL=/ ro console=tty0 console=ttyS0,115200n8".to_owned(),
            "[    1.902000] Kernel panic - not syncing: No working init found.  Try passing init= option to kernel."
                .to_owned(),
        ]),
    }
    lines
}

/// Adds lines, each with the time it appeared.
pub(in crate::services::ec2::compute) fn write(guest: &mut Guest, now: Time, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let console = Rc::make_mut(&mut guest.console);
    console.extend(lines.into_iter().map(|line| (now, line)));
    let surplus = console.len().saturating_sub(LINES);
    console.drain(..surplus);
}

/// The whole text, and when its last line appeared.
pub(in crate::services::ec2::compute) fn text(guest: &Guest) -> (String, Option<Time>) {
    let mut text = String::new();
    for (_, line) in guest.console.iter() {
        text.push_str(line);
        text.push_str("\r\n");
    }
    (text, guest.console.last().map(|(time, _)| *time))
}
