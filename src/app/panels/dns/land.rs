//! Where land is, for a map of dots: three degrees a dot. Rasterised from Natural Earth's land at 1:110 million, which is in the
//! public domain (<https://www.naturalearthdata.com>).

/// Degrees from one dot to the next.
pub const STEP: i32 = 3;
/// Tenths of a degree north of the first row.
const TOP: i32 = 825;
/// Tenths of a degree east of the first column.
const LEFT: i32 = -1785;
/// Dots of a row.
const COLUMNS: i32 = 120;

/// From north to south; the highest of 120 bits is the westernmost dot.
const ROWS: [u128; 46] = [
    0x1fd0ff80000000000000000,
    0xffffffc00f0000018000000,
    0xc27c7fff80000000007c00000,
    0x1ebb807ff800000201fff61000,
    0x3c013fdf83ff0000e003fffffff80,
    0x7c00000073c07fff80700800000000,
    0x33fffffdac1c0401fffffffffffffe,
    0x7fffff8300c0003dffffffffffffc,
    0x183fff83e000023cfffffffffe040,
    0xffff3f0000219fffffffffc0c0,
    0x7fffbf800077ffffffffffe080,
    0x3fffff40003ffffffffffff000,
    0x1fffff00001fffffffffffc000,
    0x1ffff800007ffc77ffffff9000,
    0x1ffff00000707ffbfffffe0000,
    0x1fffe000007017fbfffff22000,
    0xfffc000003f00fffffff2c000,
    0x7ff8000007fdbfffffff80000,
    0x3f0800000fffff7fffff80000,
    0x2f0000001fffff9fffff00000,
    0x60000003ffff7f1fffc00000,
    0x76080001fffffe0f9e800000,
    0x1e000003ffffbc0e0f080000,
    0x3000003fffff00607000000,
    0x11e0001fffff80601000000,
    0x3f0000fffff80004040000,
    0x3fe00043fff0000c300000,
    0x3fe00001ffe00006e00000,
    0x7ff80001ffc00006e80000,
    0x7fff0000ff800002007000,
    0x7fff0000ff800001003800,
    0x3fff0000ff800000000000,
    0x3ffe0000ffc8000001d000,
    0x1ffe0000ff9800000ff800,
    0x7fe0000ff1000000ff800,
    0x7fc00007f3000003ffc00,
    0xff000007e0000003ffe00,
    0xff000007e0000003ffe00,
    0xfe000003c0000003ffe00,
    0xfc0000020000000103c00,
    0x1f80000000000000001c02,
    0x1e00000000000000000002,
    0x1e0000000000000000000c,
    0x1c00000000000000000008,
    0x1800000000000000000000,
    0x1800000000000000000000,
];

/// Every dot of land, by tenths of a degree north and east; rows from north to south, and each from west to east.
pub fn dots() -> Vec<(i32, i32)> {
    let mut found = Vec::new();
    for (row, bits) in (0..).zip(ROWS) {
        for column in 0..COLUMNS {
            if bits >> (COLUMNS - 1 - column) & 1 == 1 {
                found.push((TOP - row * STEP * 10, LEFT + column * STEP * 10));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::dots;

    #[test]
    fn land_is_land_and_sea_is_sea() {
        let near = |latitude: i32, longitude: i32| {
            let close = |dot: &(i32, i32)| (dot.0 - latitude).abs() <= 15 && (dot.1 - longitude).abs() <= 15;
            dots().iter().any(close)
        };
        // Tenths of a degree: the Sahara, Kansas, Siberia, the outback; the oceans.
        for (latitude, longitude) in [(230, 130), (385, -980), (620, 1000), (-240, 1340)] {
            assert!(near(latitude, longitude), "{latitude} {longitude}");
        }
        for (latitude, longitude) in [(300, -400), (0, -1400), (-300, 800)] {
            assert!(!near(latitude, longitude), "{latitude} {longitude}");
        }
    }
}
