//! The committed data is consistent in itself; nothing but the repository is needed to know that.

use std::collections::BTreeSet;
use stratus_model::{Name, Shape, model};

#[test]
fn every_service_unpacks() {
    for name in model().service_names() {
        let service = model().service(name).unwrap();
        assert_eq!(service.name, name);
        assert!(!service.operations().is_empty());
    }
}

#[test]
fn names_are_found_by_text_and_by_number() {
    let mut number = 1;
    while let Some(name) = Name::from_number(number) {
        assert_eq!(Name::find(name.text()), Some(name));
        number += 1;
    }
    assert_eq!(Name::from_number(0), None);
    assert_eq!(Name::find(""), None);
    assert_eq!(Name::find("NoSuchName"), None);
}

#[test]
fn every_operation_has_a_number_of_its_own() {
    let mut numbers = BTreeSet::new();
    for operation in model().services().flat_map(|service| service.operations()) {
        assert!(numbers.insert(operation.number), "{} shares its number", operation.name);
        let found = model().operation_by_number(operation.number).unwrap();
        assert_eq!((found.service, found.name), (operation.service, operation.name));
    }
    assert!(model().operation_by_number(0).is_none());
    assert!(model().operation_by_number(u16::MAX).is_none());
}

#[test]
fn operations_take_and_give_structures() {
    for service in model().services() {
        for operation in service.operations() {
            for shape in [operation.input, operation.output].into_iter().flatten() {
                assert!(
                    matches!(service.shape(shape), Shape::Structure(_)),
                    "{}",
                    operation.name
                );
            }
        }
    }
}
