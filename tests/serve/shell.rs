//! `cargo serve -- shell`: the page's terminal on standard input.

use std::io::Write;
use std::process::{Command, Stdio};

fn typed(text: &str) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stratus-serve"))
        .args(["shell"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn what_is_typed_runs_line_by_line() {
    let (status, stdout, stderr) = typed(
        "aws sts get-caller-identity --query Account --output text\n\
         for n in 1 2; do\n  echo \"line $n\"\ndone\n\
         aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.CidrBlock > block; cat block\n",
    );
    assert_eq!(stdout, "123456789012\nline 1\nline 2\n\"10.0.0.0/16\"\n");
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_backslash_at_the_end_of_a_line_joins_it_to_the_next() {
    let (status, stdout, stderr) = typed(
        "aws ec2 describe-vpcs \\\n  --query 'Vpcs[0].State' \\\n  --output text\necho a |\\\ncat\nX=1 \\\n && echo $X\ncat <<E\nb\nE\n",
    );
    assert_eq!(stdout, "available\na\n1\nb\n");
    assert_eq!((status, stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_script_recalls_nothing() {
    let (status, stdout, stderr) = typed("echo one\necho \"a!foo !!\"\n");
    assert_eq!(
        (status, stdout.as_str(), stderr.as_str()),
        (Some(0), "one\na!foo !!\n", "")
    );
}

#[test]
fn it_ends_with_what_failed() {
    let (status, stdout, stderr) = typed("echo before\naws ec2 describe-vpcs --vpc-ids vpc-00000000000000000\n");
    assert_eq!(stdout, "before\n");
    assert_eq!(status, Some(1));
    assert!(stderr.contains("(InvalidVpcID.NotFound)"), "{stderr}");
    assert!(stderr.contains("the last command ended with 254"), "{stderr}");
}
