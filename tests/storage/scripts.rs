//! The scripts, by file name.

pub const ALL: [(&str, &str); 8] = [
    ("saving.txt", include_str!("scripts/saving.txt")),
    ("checkpoints.txt", include_str!("scripts/checkpoints.txt")),
    ("damage.txt", include_str!("scripts/damage.txt")),
    ("blobs.txt", include_str!("scripts/blobs.txt")),
    ("tabs.txt", include_str!("scripts/tabs.txt")),
    ("failures.txt", include_str!("scripts/failures.txt")),
    ("versions.txt", include_str!("scripts/versions.txt")),
    ("workspaces.txt", include_str!("scripts/workspaces.txt")),
];
