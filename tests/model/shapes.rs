//! A service of the tests' own, with every kind of shape and a shape that contains itself, packed and unpacked as the real
//! ones are.

use std::sync::LazyLock;
use stratus_model::{Location, Name, Service, Shape, ShapeId, TimestampFormat, field};

#[path = "../../src/model/build/pack.rs"]
mod pack;
#[path = "../../src/model/build/text.rs"]
pub mod text;

/// The members' names are ones that have numbers; what they mean elsewhere plays no part.
const TEXT: &str = "\
service test
api-version 2025-01-01
protocol rest-json
endpoint-prefix test-endpoint
signing-name test-signing
target-prefix Test_2025
global

operation Everything
  http PUT /{Name}/{Key+}?all 201
  input Everything wire=Root xmlns=urn:test
  output Everything wrapper=EverythingResult
  errors Broken
  checksum-required
  anonymous
  host-prefix {Name}.
  page-input NextToken
  page-output NextToken || Items[-1].Key
  page-more IsTruncated
  page-limit MaxResults
  page-result Items

blob Bytes min=1 max=4 streaming

structure Broken exception code=Test.Broken status=418

double Double min=-1.5 max=1.5

structure Everything payload=Body
  Enabled Flag
  Count Small wire=count
  Size Long wire=Size
  Value Double wire=number
  Seconds Float
  Name Word at=uri required
  Key Free at=header wire=X-Key
  Status State query=State
  PasswordData Secret
  LaunchTime Time at=querystring wire=date format=rfc822
  Body Bytes streaming
  Tags Words flattened
  Metadata Labels at=headers wire=x-meta-
  Source One
  Resources Tree
  ClientToken Free idempotency-token

boolean Flag

float Float

string Free

map Labels Word Small max=2 key-wire=k value-wire=v

long Long

structure One union
  Enabled Flag
  Name Free

string Secret min=8 sensitive

integer Small min=1 max=10

string State
  | on
  | off

timestamp Time format=iso8601

structure Tree
  Name Free
  Resources Tree

string Word min=1 max=8
  ~ [a-z]+

list Words Word wire=item min=1 max=3
";

pub static SERVICE: LazyLock<Service> = LazyLock::new(|| {
    let text = text::ServiceText::parse(TEXT).unwrap();
    assert_eq!(
        text.to_string(),
        TEXT,
        "text that is read and written again stays the same"
    );
    let names: Vec<String> = (1..)
        .map_while(Name::from_number)
        .map(|name| name.text().to_string())
        .collect();
    let packed = pack::service(&text, &names, &["test Everything".to_string()]).unwrap();
    assert!(
        packed.first_names.contains("Resources") && packed.rest.len() < 8,
        "all of it comes first"
    );
    Service::unpack(packed.first.leak()).unwrap()
});

pub fn everything() -> ShapeId {
    SERVICE
        .operation("Everything")
        .and_then(|operation| operation.input)
        .unwrap()
}

#[test]
fn a_service_survives_packing() {
    let service = &*SERVICE;
    let operation = service.operation("Everything").unwrap();
    assert_eq!((operation.number, operation.service), (1, "test"));
    assert_eq!(
        (operation.input_body.wire_name, operation.input_body.xml_namespace),
        (Some("Root"), Some("urn:test"))
    );
    assert_eq!(operation.output_body.wrapper, Some("EverythingResult"));
    assert_eq!(
        (operation.http_method, operation.http_uri, operation.http_code),
        ("PUT", "/{Name}/{Key+}?all", 201)
    );
    assert_eq!(operation.host_prefix, Some("{Name}."));
    assert_eq!(operation.idempotency_token, Some(field::CLIENT_TOKEN));
    assert!(operation.needs_checksum && operation.is_anonymous && !operation.read_only);
    let pages = operation.pagination.as_ref().unwrap();
    assert_eq!(
        (&pages.input_tokens[..], &pages.output_tokens[..]),
        (&["NextToken"][..], &["NextToken || Items[-1].Key"][..])
    );
    assert_eq!(
        (pages.more_results, pages.limit),
        (Some("IsTruncated"), Some("MaxResults"))
    );
    assert!(service.is_global);
    assert_eq!(
        (service.signing_name, service.endpoint_prefix),
        ("test-signing", "test-endpoint")
    );

    let error = service.structure(Some(operation.errors[0].shape));
    assert_eq!(
        (error.exception, error.error_code, error.http_status),
        (true, Some("Test.Broken"), Some(418))
    );
}

#[test]
fn members_survive_packing() {
    let structure = SERVICE.structure(Some(everything()));
    let member = |name| structure.member(name).unwrap();
    assert_eq!(structure.payload, Some(field::BODY));
    assert_eq!(member(field::ENABLED).wire_name, None);
    assert_eq!(member(field::COUNT).wire_name, Some("count"));
    assert_eq!(member(field::SIZE).wire_name, Some("Size"));
    assert_eq!(member(field::VALUE).wire_name, Some("number"));
    assert_eq!(member(field::STATUS).query_name, Some("State"));
    assert_eq!(
        (member(field::NAME).location, member(field::NAME).required),
        (Location::Uri, true)
    );
    assert_eq!(member(field::KEY).location, Location::Header);
    assert_eq!(
        member(field::LAUNCH_TIME).timestamp_format,
        Some(TimestampFormat::Rfc822)
    );
    assert_eq!(
        (member(field::METADATA).location, member(field::METADATA).wire_name),
        (Location::Headers, Some("x-meta-"))
    );
    assert!(member(field::PASSWORD_DATA).sensitive && !member(field::KEY).sensitive);
    assert!(member(field::BODY).streaming && member(field::TAGS).flattened);
    let Shape::Map(labels) = SERVICE.shape(member(field::METADATA).shape) else {
        panic!("not a map")
    };
    assert_eq!(
        (labels.key_wire_name, labels.value_wire_name, labels.max),
        (Some("k"), Some("v"), Some(2))
    );
    let Shape::List(words) = SERVICE.shape(member(field::TAGS).shape) else {
        panic!("not a list")
    };
    assert_eq!(
        (words.wire_name, words.min, words.max),
        (Some("item"), Some(1), Some(3))
    );
}

#[test]
fn what_is_inconsistent_is_not_packed() {
    let refused = |from: &str, to: &str| {
        let text = TEXT.replacen(from, to, 1);
        let names: Vec<String> = (1..)
            .map_while(Name::from_number)
            .map(|name| name.text().to_string())
            .collect();
        let packed =
            text::ServiceText::parse(&text).and_then(|text| pack::service(&text, &names, &["test Everything".into()]));
        packed.unwrap_err()
    };
    expect_test::expect!["structure Everything: no shape Nowhere"]
        .assert_eq(&refused("Enabled Flag", "Enabled Nowhere"));
    expect_test::expect!["structure Everything: NotAName has no number"]
        .assert_eq(&refused("Enabled Flag", "NotAName Flag"));
    expect_test::expect!["structure Everything: unknown attribute reqired"]
        .assert_eq(&refused("at=uri required", "reqired"));
    expect_test::expect!["test Else has no number"].assert_eq(&refused("operation Everything", "operation Else"));
    expect_test::expect!["list max=4: no shape streaming"].assert_eq(&refused("blob Bytes min=1", "list"));
}

#[test]
fn damaged_bytes_are_refused() {
    assert!(Service::unpack(b"").is_none());
    assert!(Service::unpack(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff").is_none());
    assert!(Service::unpack(b"\x04test\x01").is_none());
}
