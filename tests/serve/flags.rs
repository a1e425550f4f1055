//! What `cargo serve` takes on its command line.

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use stratus_serve::arguments::{Command, Failure, Options, read};
use stratus_serve::pace::Pace;

fn words(line: &str) -> Vec<OsString> {
    line.split_whitespace().map(OsString::from).collect()
}

fn served(line: &str) -> Options {
    match read(words(line)) {
        Ok(Command::Serve(options)) => options,
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn without_options_only_this_machine_reaches_it() {
    let options = served("");
    assert_eq!((options.host, options.port), (IpAddr::V4(Ipv4Addr::LOCALHOST), 4566));
    assert_eq!(options.pace, Pace::Instant);
    assert_eq!((options.world.seed, options.world.account), (1, 123_456_789_012));
    assert!(!options.lenient && options.dns_port.is_none());
}

#[test]
fn each_option_is_read() {
    // The alias ends in `--`, and one may type another.
    let options = served(
        "-- --port 8080 --host 0.0.0.0 --time x60 --seed 7 --account 111122223333 --lenient --dns-port 5353 --dns-from eu-west-1",
    );
    assert_eq!((options.host.to_string().as_str(), options.port), ("0.0.0.0", 8080));
    assert_eq!(options.pace, Pace::Times(60));
    assert_eq!((options.world.seed, options.world.account), (7, 111_122_223_333));
    assert!(options.lenient);
    assert_eq!((options.dns_port, options.dns_from.as_str()), (Some(5353), "eu-west-1"));
    for (text, pace) in [
        ("instant", Pace::Instant),
        ("real", Pace::Real),
        ("manual", Pace::Manual),
        ("x3600", Pace::Times(3600)),
    ] {
        assert_eq!(served(&format!("--time {text}")).pace, pace);
    }
    assert!(matches!(read(words("run a.json")), Ok(Command::Run { file }) if file.as_os_str() == "a.json"));
    assert!(matches!(read(words("shell")), Ok(Command::Shell { file: None, .. })));
    assert!(
        matches!(read(words("shell a.json --seed 3")), Ok(Command::Shell { file: Some(_), options }) if options.world.seed == 3)
    );
    assert!(matches!(read(words("--help")), Ok(Command::Help)));
}

#[test]
fn what_is_no_option_is_named() {
    for (line, named) in [
        ("--port 70000", "70000"),
        ("--port", "--port"),
        ("--host localhost", "localhost"),
        ("--time x0", "x0"),
        ("--time soon", "soon"),
        ("--seed -1", "-1"),
        ("--account 42", "42"),
        ("--dns-from Atlantis", "Atlantis"),
        ("--nonsense", "--nonsense"),
        ("run", "run"),
        ("fly", "fly"),
    ] {
        match read(words(line)) {
            Err(Failure::Usage(told)) => assert!(told.contains(named), "{line}: {told}"),
            other => panic!("{line}: {other:?}"),
        }
    }
}

#[test]
fn usage_is_2_and_a_taken_port_is_1() {
    let code = |line: &str| format!("{:?}", stratus_serve::run(words(line)));
    let is = |number: u8| format!("{:?}", std::process::ExitCode::from(number));
    assert_eq!(code("--nonsense"), is(2));
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("its address").port();
    assert_eq!(code(&format!("--port {port}")), is(1));
    assert_eq!(code("--help"), is(0));
}
