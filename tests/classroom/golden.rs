//! Links of earlier days. Each file in `golden/` is a link and what must be so in the world that it opens: never a
//! digest, as a newer engine may draw other ids. No file here may ever change; new ones join when the links learn something.

use crate::scenarios::hold;
use stratus_classroom::link;

pub const LINKS: &[(&str, &str)] = &[
    ("web-server", include_str!("golden/web-server.txt")),
    ("public-private", include_str!("golden/public-private.txt")),
    ("snapshot-restore", include_str!("golden/snapshot-restore.txt")),
    ("three-tier", include_str!("golden/three-tier.txt")),
    ("everything", include_str!("golden/everything.txt")),
    ("readable", include_str!("golden/readable.txt")),
];

#[test]
fn old_links_open_for_ever() {
    for (name, text) in LINKS {
        println!("{name}");
        let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
        let file = link::decode(lines.next().unwrap()).unwrap();
        let opened = file.open().unwrap();
        let made = opened.engine.history().nodes().len() - 1;
        assert_eq!(made, file.calls.len(), "{name}: {:?}", opened.problems);
        for line in lines {
            hold(&opened, line);
        }
    }
}
