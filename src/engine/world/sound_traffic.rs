//! The part of the integrity check that walks what traffic leaves: windows and records of flow logs, copies of mirroring. Reads
//! only.

use super::Ec2;
use crate::base::time::Time;

/// Every fault of a Region's, in words.
pub(super) fn check(ec2: &Ec2, now: Time, faults: &mut Vec<String>) {
    let logs = &ec2.flow_logs;
    for ((id, end, subject), window) in logs.windows.iter() {
        let planned = logs
            .logs
            .get(id)
            .is_some_and(|log| log.due.iter().any(|(_, slot)| slot >= end));
        if !planned {
            faults.push(format!("what {id} has seen of {subject} is delivered by nothing"));
        }
        let within = |at: Time| (window.start.0..=end.0).contains(&at.0);
        if !window
            .flows
            .iter()
            .all(|flow| within(flow.first) && within(flow.last) && flow.first <= flow.last)
        {
            faults.push(format!("a flow of {subject} lies outside its window"));
        }
    }
    for log in logs.logs.rows() {
        if log.due.iter().any(|(due, _)| *due < now) {
            faults.push(format!("a delivery of {} is overdue", log.id));
        }
    }
    for ((group, number), _) in logs.records.iter() {
        if logs.groups.get(group).is_none_or(|count| number > count) {
            faults.push(format!(
                "the log group {group} has a record of number {number}, and fewer records"
            ));
        }
    }
    for ((target, number), copy) in ec2.mirroring.copies.iter() {
        if !ec2.mirroring.targets.contains(target) || copy.number != *number || *number > ec2.mirroring.copied {
            faults.push(format!(
                "copy {number} is for {target}, which is not there, or has another number"
            ));
        }
    }
}
