//! Content types by the ends of names, as Python's `mimetypes` guesses them on Debian, where the CLI runs.

/// Types and the ends of names that have them.
const TYPES: &[(&str, &str)] = &[
    ("application/atom+xml", "atom"),
    ("application/epub+zip", "epub"),
    ("application/geo+json", "geojson"),
    ("application/java-archive", "jar"),
    ("application/java-vm", "class"),
    ("application/json", "json"),
    ("application/manifest+json", "webmanifest"),
    ("application/msword", "doc"),
    ("application/octet-stream", "bin so"),
    ("application/pdf", "pdf"),
    ("application/pem-certificate-chain", "pem"),
    ("application/pgp-keys", "key asc"),
    ("application/pgp-signature", "sig"),
    ("application/pkcs12", "p12 pfx"),
    ("application/pkix-cert", "cer"),
    ("application/postscript", "ps eps ai"),
    ("application/rdf+xml", "rdf"),
    ("application/rls-services+xml", "rs"),
    ("application/rtf", "rtf"),
    ("application/sql", "sql"),
    ("application/vnd.adobe.flash.movie", "swf"),
    ("application/vnd.android.package-archive", "apk"),
    ("application/vnd.apple.installer+xml", "pkg"),
    ("application/vnd.apple.mpegurl", "m3u8"),
    ("application/vnd.debian.binary-package", "deb"),
    ("application/vnd.exstream-package", "pub"),
    ("application/vnd.google-earth.kml+xml", "kml"),
    ("application/vnd.ms-excel", "xls"),
    ("application/vnd.ms-fontobject", "eot"),
    ("application/vnd.ms-powerpoint", "ppt"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pptx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    ("application/vnd.rar", "rar"),
    ("application/wasm", "wasm"),
    ("application/wsdl+xml", "wsdl"),
    ("application/x-7z-compressed", "7z"),
    ("application/x-apple-diskimage", "dmg"),
    ("application/x-dvi", "dvi"),
    ("application/x-iso9660-image", "iso"),
    ("application/x-latex", "latex"),
    ("application/x-msdos-program", "bat exe dll"),
    ("application/x-object", "o"),
    ("application/x-python-code", "pyc"),
    ("application/x-redhat-package-manager", "rpm"),
    ("application/x-rss+xml", "rss"),
    ("application/x-ruby", "rb"),
    ("application/x-tar", "tar tgz"),
    ("application/x-texinfo", "texi"),
    ("application/x-x509-ca-cert", "crt"),
    ("application/xhtml+xml", "xhtml"),
    ("application/xml", "xml"),
    ("application/xslt+xml", "xsl"),
    ("application/zip", "zip"),
    ("audio/3gpp", "3gp"),
    ("audio/3gpp2", "3g2"),
    ("audio/aac", "aac"),
    ("audio/basic", "au snd"),
    ("audio/flac", "flac"),
    ("audio/mp4", "m4a"),
    ("audio/mpeg", "mp2 mp3"),
    ("audio/mpegurl", "m3u"),
    ("audio/ogg", "opus ogg oga"),
    ("audio/x-aiff", "aif aiff"),
    ("audio/x-wav", "wav"),
    ("font/otf", "otf"),
    ("font/ttf", "ttf"),
    ("font/woff", "woff"),
    ("font/woff2", "woff2"),
    ("image/avif", "avif"),
    ("image/bmp", "bmp"),
    ("image/gif", "gif"),
    ("image/heic", "heic"),
    ("image/heif", "heif"),
    ("image/jpeg", "jpeg jpg jpe"),
    ("image/png", "png"),
    ("image/svg+xml", "svg"),
    ("image/tiff", "tif tiff"),
    ("image/vnd.adobe.photoshop", "psd"),
    ("image/vnd.microsoft.icon", "ico"),
    ("image/webp", "webp"),
    ("image/x-portable-bitmap", "pbm"),
    ("image/x-portable-graymap", "pgm"),
    ("image/x-portable-pixmap", "ppm"),
    ("image/x-rgb", "rgb"),
    ("image/x-xbitmap", "xbm"),
    ("image/x-xpixmap", "xpm"),
    ("message/rfc822", "eml mht mhtml"),
    ("text/SGML", "sgml"),
    ("text/calendar", "ics"),
    ("text/css", "css"),
    ("text/csv", "csv"),
    ("text/html", "htm html"),
    ("text/javascript", "js mjs"),
    ("text/markdown", "md"),
    ("text/n3", "n3"),
    ("text/plain", "ksh srt txt text"),
    ("text/richtext", "rtx"),
    ("text/tab-separated-values", "tsv"),
    ("text/vcard", "vcf"),
    ("text/vnd.a", "a"),
    ("text/vnd.graphviz", "dot"),
    ("text/vnd.trolltech.linguist", "ts"),
    ("text/vtt", "vtt"),
    ("text/x-c++hdr", "hpp"),
    ("text/x-c++src", "cpp cc"),
    ("text/x-chdr", "h"),
    ("text/x-csh", "csh"),
    ("text/x-csrc", "c"),
    ("text/x-diff", "diff patch"),
    ("text/x-java", "java"),
    ("text/x-perl", "pl"),
    ("text/x-python", "py"),
    ("text/x-scala", "scala"),
    ("text/x-sh", "sh"),
    ("text/x-tcl", "tcl"),
    ("text/x-tex", "tex"),
    ("video/mp4", "mp4 m4v m4v"),
    ("video/mpeg", "mpeg mpg"),
    ("video/ogg", "ogv"),
    ("video/quicktime", "mov qt"),
    ("video/webm", "webm"),
    ("video/x-matroska", "mkv"),
    ("video/x-msvideo", "avi"),
    ("video/x-sgi-movie", "movie"),
];

/// Ends that say how a file is packed: the type is that of what is inside.
const PACKED: [&str; 5] = ["gz", "Z", "bz2", "xz", "br"];

/// Ends that stand for two.
const SHORT: [(&str, &str); 6] = [
    ("svgz", ".svg.gz"),
    ("tgz", ".tar.gz"),
    ("taz", ".tar.gz"),
    ("tz", ".tar.gz"),
    ("tbz2", ".tar.bz2"),
    ("txz", ".tar.xz"),
];

/// The content type that a file's name suggests.
pub(super) fn guess(name: &str) -> Option<&'static str> {
    let mut base = name.rsplit('/').next()?.to_owned();
    if let Some((front, end)) = base.rsplit_once('.')
        && let Some((_, long)) = SHORT.iter().find(|(short, _)| *short == end)
    {
        base = format!("{front}{long}");
    }
    let (front, end) = base.rsplit_once('.')?;
    let (front, end) = if PACKED.contains(&end) {
        front.rsplit_once('.')?
    } else {
        (front, end)
    };
    // A name that begins with its only dot has no end.
    if front.is_empty() {
        return None;
    }
    let by = |end: &str| {
        TYPES
            .iter()
            .find(|(_, ends)| ends.split(' ').any(|known| known == end))
            .map(|(kind, _)| *kind)
    };
    by(end).or_else(|| by(&end.to_ascii_lowercase()))
}
