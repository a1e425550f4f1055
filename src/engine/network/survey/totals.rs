//! What a survey says of all pairs of instances together.

use super::Survey;
use crate::base::ids::InstanceId;

impl Survey {
    /// Ordered pairs of different instances, by their primary addresses, that `counts` (a survey has terminated ones too): how
    /// many there are in which something is delivered, and how many there are.
    pub fn reached(&self, counts: impl Fn(InstanceId) -> bool) -> (usize, usize) {
        let mut members = vec![0_usize; self.ipv4.ends.len()];
        for class in (self.instances().filter(|id| counts(*id))).filter_map(|id| self.class(id)) {
            if let Some(count) = members.get_mut(class) {
                *count += 1;
            }
        }
        let delivers: Vec<bool> = self.found.iter().map(|found| !found.delivered.is_empty()).collect();
        let (mut reached, mut all) = (0, 0);
        for (from, sends) in members.iter().enumerate() {
            for (to, receives) in members.iter().enumerate() {
                let pairs = match from == to {
                    true => sends * sends.saturating_sub(1),
                    false => sends * receives,
                };
                all += pairs;
                let place = self.ipv4.between_classes(from, to).map(|place| place as usize);
                if place.and_then(|place| delivers.get(place)) == Some(&true) {
                    reached += pairs;
                }
            }
        }
        (reached, all)
    }
}
