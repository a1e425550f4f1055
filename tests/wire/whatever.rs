//! Whatever comes: any bytes are read or refused, and any text comes out of XML as it went in.

use proptest::prelude::*;
use stratus_model::{Structure, field, model};
use stratus_wire::sigv4::{Credentials, Secret, sign, verify};
use stratus_wire::{Codec, Headers, Request, client, decode, encode_answer, encode_error, route};

fn any_header() -> impl Strategy<Value = (String, String)> {
    let name = prop_oneof![
        Just("host".to_string()),
        Just("authorization".to_string()),
        Just("x-amz-target".to_string()),
        Just("x-amz-content-sha256".to_string()),
        Just("x-amz-copy-source".to_string()),
        Just("content-encoding".to_string()),
        Just("content-type".to_string()),
        Just("smithy-protocol".to_string()),
        "[a-z-]{1,12}",
    ];
    let value = prop_oneof![
        Just("s3.amazonaws.com".to_string()),
        Just("bucket.localhost:4566".to_string()),
        Just("AmazonSSM.GetParameter".to_string()),
        Just("STREAMING-AWS4-HMAC-SHA256-PAYLOAD".to_string()),
        Just("gzip".to_string()),
        Just("rpc-v2-cbor".to_string()),
        Just(
            "AWS4-HMAC-SHA256 Credential=a/20250303/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
                .to_string()
        ),
        ".{0,40}",
    ];
    (name, value)
}

fn any_request() -> impl Strategy<Value = Request> {
    (
        "GET|PUT|POST|DELETE|HEAD|PATCH|.{0,5}",
        "(/[a-z%]{0,6}){0,4}|/2013-04-01/hostedzone/.{0,9}|.{0,20}",
        "([a-zA-Z.0-9-]{0,9}=?[a-z%+]{0,5}&?){0,5}|Action=[A-Z][a-z]{0,9}|.{0,30}",
        prop::collection::vec(any_header(), 0..5),
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..60),
            "Action=(DescribeInstances|ListUsers)&([A-Z][a-zA-Z.0-9]{0,9}=[a-z%+]{0,5}&){0,4}"
                .prop_map(String::into_bytes),
            "<[a-zA-Z]{1,6}>.{0,20}</[a-zA-Z]{1,6}>".prop_map(String::into_bytes),
            "[0-9a-f]{1,3}\r\n.{0,20}\r\n0\r\n\r\n".prop_map(String::into_bytes),
        ],
    )
        .prop_map(|(method, path, query, headers, body)| Request {
            method,
            path,
            query,
            headers: headers.into_iter().collect::<Headers>(),
            body,
        })
}

proptest! {
    #[test]
    fn any_request_is_read_or_refused(request in any_request()) {
        match route(&request) {
            Ok(routed) => {
                let mut lookup = |_: &str, _: Option<&str>| Some(Secret("secret".to_string()));
                prop_assert!(verify(&routed.speech, &request, 1_740_992_400_000, &mut lookup).is_err());
                if let Err(error) = decode(&routed, &request) {
                    prop_assert!((400..500).contains(&encode_error(&routed.speech, &error, "id").status));
                }
            }
            Err(refusal) => {
                let response = encode_error(&refusal.speech, &refusal.error, "id");
                prop_assert!((400..=501).contains(&response.status));
            }
        }
    }

    #[test]
    fn any_text_comes_out_of_xml_as_it_went_in(text in "[^\u{0}]{0,20}", key in "\\PC{1,20}") {
        for (name, codec) in [("ec2", Codec::Ec2Query), ("iam", Codec::Query)] {
            let service = model().service(name).unwrap();
            let (operation, output) = if name == "ec2" {
                let image = Structure::new().with(field::IMAGE_ID, text.as_str());
                ("CreateImage", image)
            } else {
                let alias = Structure::new().with(field::ACCOUNT_ALIASES, vec![text.as_str(), key.as_str()]);
                ("ListAccountAliases", alias)
            };
            let operation = service.operation(operation).unwrap();
            let request = client::request(service, operation, codec, &Structure::new(), &format!("{name}.amazonaws.com"));
            let response = encode_answer(&route(&request).unwrap(), &output, "id");
            prop_assert_eq!(client::answer(service, operation, codec, &response), Ok(output));
        }
    }

    /// Whatever is asked for, what was signed is verified, on the way through any bucket and key.
    #[test]
    fn what_is_signed_is_verified(key in "\\PC{1,20}", prefix in "\\PC{0,10}", body in prop::collection::vec(any::<u8>(), 0..20)) {
        let service = model().service("s3").unwrap();
        let put = Structure::new()
            .with(field::BUCKET, "bucket")
            .with(field::KEY, key.as_str())
            .with(field::BODY, stratus_model::Value::Blob(body));
        let list = Structure::new().with(field::BUCKET, "bucket").with(field::PREFIX, prefix.as_str());
        let credentials = Credentials {
            access_key: "AKIA".to_string(),
            secret: "secret".to_string(),
            token: None,
            region: "us-east-1".to_string(),
            service: "s3".to_string(),
        };
        for (name, input) in [("PutObject", put), ("ListObjectsV2", list)] {
            let operation = service.operation(name).unwrap();
            let mut request = client::request(service, operation, Codec::RestXml, &input, "s3.amazonaws.com");
            sign(&mut request, &credentials, 1_740_992_400_000);
            let routed = route(&request).unwrap();
            let mut lookup = |_: &str, _: Option<&str>| Some(Secret("secret".to_string()));
            prop_assert!(verify(&routed.speech, &request, 1_740_992_400_000, &mut lookup).is_ok());
            let read = decode(&routed, &request).unwrap();
            prop_assert_eq!(read.text(field::KEY), input.text(field::KEY));
            prop_assert_eq!(read.text(field::PREFIX).unwrap_or_default(), input.text(field::PREFIX).unwrap_or_default());
        }
    }
}
