//! Forms of instances: type, user data, what listens inside; key pairs.

use super::FormKind;
use super::builder::{Builder, Spec, Values, options, some};
use crate::session::ApiCall;
use stratus_engine::World;
use stratus_engine::base::ids::*;
use stratus_engine::catalog::money::price_text;
use stratus_engine::catalog::{InstanceType, Region};
use stratus_engine::world::compute::Instance;
use stratus_model::{Structure, Value, field, sort};

/// The form of a kind of this file.
pub fn spec(kind: &FormKind, world: &World, values: &Values) -> Option<Spec> {
    let region = kind.region();
    let b = Builder::new(values);
    let instance = |id: &InstanceId| world.row::<Instance>(region, *id);
    match kind {
        FormKind::ChangeType(_, id) => Some(change_type(region, instance(id)?, b)),
        FormKind::ChangeUserData(_, id) => Some(change_user_data(region, instance(id)?, b)),
        FormKind::StartListener(_, id) => Some(start_listener(region, instance(id)?, b)),
        FormKind::ImportKeyPair(_) => Some(import_key_pair(region, b)),
        _ => None,
    }
}

fn change_type(region: Region, row: &Instance, mut b: Builder<'_>) -> Spec {
    let runs = |t: &InstanceType| t.architectures().iter().any(|a| a.name() == row.machine.architecture);
    let mut types: Vec<InstanceType> = InstanceType::all()
        .filter(|t| runs(t) && (t.current_generation() || *t == row.instance_type))
        .collect();
    sort::by_key(&mut types, |t| (!t.free_tier(), t.family(), t.vcpus(), t.memory_mib()));
    let label = |t: &InstanceType| {
        let price = t.linux_price(region).or_else(|| t.linux_price(Region::US_EAST_1));
        let price = price.map_or(String::new(), |price| format!(" · ${}/h", price_text(price, 4)));
        format!(
            "{} · {} vCPU · {} GiB{price}",
            t.name(),
            t.vcpus(),
            f64::from(t.memory_mib()) / 1024.0
        )
    };
    let options = types.iter().map(|t| (t.name().to_owned(), label(t))).collect();
    let kind = b.choose("InstanceType", "Instance type", row.instance_type.name(), options);
    if kind == row.instance_type.name() {
        b.refuse("InstanceType", "It is of this type already.".into());
    }
    let params = Structure::new()
        .with(field::INSTANCE_ID, row.id.to_string())
        .with(field::INSTANCE_TYPE, Structure::new().with(field::VALUE, kind));
    let call = ApiCall::ec2(region, "ModifyInstanceAttribute", params);
    let about = "More or less of a machine, with the same disks and addresses. It takes effect at the next start.";
    b.finish("Change the type", about, "Change type", call)
        .telling("The type is changed")
}

fn change_user_data(region: Region, row: &Instance, mut b: Builder<'_>) -> Spec {
    let present = row
        .user_data
        .as_deref()
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let text = b.area("UserData", "User data", present.unwrap_or_default());
    b.hint("It runs at the first boot only: changing it does not run it again.");
    let params = Structure::new().with(field::INSTANCE_ID, row.id.to_string()).with(
        field::USER_DATA,
        Structure::new().with(field::VALUE, Value::Blob(text.into_bytes())),
    );
    let call = ApiCall::ec2(region, "ModifyInstanceAttribute", params);
    let about = "What the instance is given to read at its start, usually a script.";
    b.finish("Change the user data", about, "Change", call)
        .telling("The user data is changed")
}

fn start_listener(region: Region, row: &Instance, mut b: Builder<'_>) -> Spec {
    let protocols = options(&[("tcp", "TCP"), ("udp", "UDP")]);
    let protocol = b.choose("Protocol", "Protocol", "tcp", protocols);
    let ports = options(&[
        ("80", "web pages"),
        ("443", "web pages, encrypted"),
        ("8080", "a test"),
        ("3306", "MySQL"),
        ("5432", "PostgreSQL"),
    ]);
    let typed = b.suggest("Port", "Port", "443", ports);
    let port = typed.parse::<i64>().ok();
    if port.is_none() {
        b.refuse(
            "Port",
            format!("'{typed}' is not a port: write a number from 1 to 65535."),
        );
    }
    let program = b.text("Program", "Program", "nginx");
    let params = Structure::new()
        .with(field::INSTANCE_ID, row.id.to_string())
        .with(field::PROTOCOL, protocol)
        .with_some(field::PORT, port)
        .with_some(field::PROGRAM, some(&program));
    let call = ApiCall::new(region, "stratus", "StartListener", params);
    let about = "What you would do after logging in: start a program that listens. Started by hand, it does not come back after a reboot.";
    b.finish("Start a program that listens", about, "Start", call)
        .telling("It listens")
}

fn import_key_pair(region: Region, mut b: Builder<'_>) -> Spec {
    let name = b.text("KeyName", "Name", "");
    b.need("A key pair needs a name.");
    let key = b.area("PublicKeyMaterial", "Public key", "");
    b.hint("One line that begins with ssh-ed25519 or ssh-rsa: the file that ends in .pub.");
    b.need("Paste the public half.");
    let params = Structure::new()
        .with(field::KEY_NAME, name)
        .with(field::PUBLIC_KEY_MATERIAL, Value::Blob(key.trim().as_bytes().to_vec()));
    let call = ApiCall::ec2(region, "ImportKeyPair", params);
    let about = "AWS gets the public half only, and puts it into instances that you launch with this pair.";
    b.finish("Import a key pair", about, "Import", call)
        .making(Kind::KeyPair, "The key pair is imported")
}
