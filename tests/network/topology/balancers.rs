//! Lines of a topology that make load balancers, their listeners, rules and target groups.

use super::words::{option, parse};
use super::{Fault, Topology};
use crate::rows::REGION;
use stratus_engine::base::ids::*;
use stratus_engine::base::time::Time;
use stratus_engine::world::balancing::*;
use stratus_engine::world::compute::Instance;
use stratus_engine::world::vpc::*;

fn settings(port: Option<u16>) -> HealthSettings {
    HealthSettings {
        enabled: true,
        protocol: "TCP".into(),
        port,
        path: None,
        interval: 30,
        timeout: 5,
        healthy: 5,
        unhealthy: 2,
        matcher: String::new(),
    }
}

fn state(word: &str) -> Result<TargetState, Fault> {
    Ok(match word {
        "healthy" => TargetState::Healthy,
        "unhealthy" => TargetState::Unhealthy,
        "initial" => TargetState::Initial,
        "draining" => TargetState::Draining,
        other => return Err(format!("'{other}' is no state of a target")),
    })
}

impl Topology {
    /// Nodes: each `in SUBNET ADDRESS [public A]`, called `NAME-SUBNET`.
    fn nodes(
        &mut self,
        name: &str,
        options: &[&str],
    ) -> Result<(Vec<BalancerPlace>, Vec<SecurityGroupId>, VpcId), Fault> {
        let groups = option(options, "groups").unwrap_or("-");
        let (mut places, mut own, mut vpc) = (Vec::new(), Vec::new(), None);
        let ats: Vec<usize> = (0..options.len()).filter(|at| options[*at] == "in").collect();
        for at in ats {
            let [subnet, address] = options.get(at + 1..at + 3).ok_or("in SUBNET ADDRESS")? else {
                return Err("in SUBNET ADDRESS".into());
            };
            let called = format!("{name}-{subnet}");
            let mut words = vec![called.as_str(), subnet, address];
            if groups != "-" {
                words.extend(["groups", groups]);
            }
            let more = options[at + 3..].iter().take_while(|word| **word != "in");
            let more: Vec<&str> = more.copied().collect();
            for pair in more.windows(2).filter(|pair| matches!(pair[0], "public" | "ipv6")) {
                words.extend(pair);
            }
            self.interface(&words)?;
            let interface: NetworkInterfaceId = self.id(&called)?;
            self.world.update(REGION, interface, |row: &mut NetworkInterface| {
                row.requester = Some("amazon-elb".into());
                if groups == "-" {
                    row.groups.clear();
                }
            });
            let row = self
                .world
                .row::<NetworkInterface>(REGION, interface)
                .ok_or("no interface")?;
            (own, vpc) = (row.groups.clone(), Some(row.vpc));
            places.push(BalancerPlace {
                subnet: row.subnet,
                interface,
                allocation: None,
            });
        }
        Ok((places, own, vpc.ok_or("in SUBNET ADDRESS")?))
    }

    /// `balancer NAME KIND [internal] in SUBNET ADDRESS [public A] [ipv6 A]… [groups A,B] [cross-zone|no-cross-zone] [provisioning] [links-free]`.
    pub(super) fn balancer(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, kind, options @ ..] = words else {
            return Err("balancer NAME KIND".into());
        };
        let kind = match *kind {
            "application" => BalancerKind::Application,
            "network" => BalancerKind::Network,
            "gateway" => BalancerKind::Gateway,
            other => return Err(format!("'{other}' is no kind of a load balancer")),
        };
        let (places, groups, vpc) = self.nodes(name, options)?;
        let id = LoadBalancerId(self.number());
        let mut attributes = std::collections::BTreeMap::new();
        if options.contains(&"cross-zone") {
            attributes.insert("load_balancing.cross_zone.enabled".to_owned(), "true".to_owned());
        }
        self.world.put(
            REGION,
            LoadBalancer {
                id,
                born: id.0,
                name: (*name).to_owned(),
                kind,
                internal: options.contains(&"internal"),
                vpc,
                places,
                groups,
                address_type: "ipv4".into(),
                created: Time::START,
                active: !options.contains(&"provisioning"),
                attributes,
                private_link_free: options.contains(&"links-free"),
            },
        );
        self.called(name, id);
        Ok(())
    }

    /// The targets of a line: `WEB[:PORT][/STATE]`, by instance, address or load balancer.
    fn targets(&self, words: &[&str], port: u16) -> Result<Vec<Target>, Fault> {
        let mut targets = Vec::new();
        for word in words {
            let (what, standing) = word.split_once('/').unwrap_or((word, "healthy"));
            let (what, port) = match what.split_once(':') {
                // An IPv6 address has the group's port.
                Some((what, port)) if !port.contains(':') => (what, parse(port)?),
                _ => (what, port),
            };
            let (point, zone) = if let Ok(address) = what.parse() {
                (TargetPoint::Ip(address), self.zone_of(address))
            } else if let Ok(id) = self.id::<InstanceId>(what) {
                let row = self.world.row::<Instance>(REGION, id).ok_or("no instance")?;
                let subnet = self.world.row::<Subnet>(REGION, row.subnet);
                (TargetPoint::Instance(id), subnet.map(|subnet| subnet.zone.name()))
            } else {
                (TargetPoint::Alb(self.id(what)?), None)
            };
            targets.push(Target {
                point,
                port,
                zone,
                state: state(standing)?,
                since: Time::START,
                streak: 1,
                last: Some(CheckOutcome::Passed),
            });
        }
        Ok(targets)
    }

    /// The zone of the subnet that holds an address.
    fn zone_of(&self, address: std::net::IpAddr) -> Option<String> {
        let std::net::IpAddr::V4(address) = address else {
            return None;
        };
        let mut rows = self.world.ec2(REGION)?.subnets.rows();
        let found = rows.find(|row| row.cidr.contains(&address))?;
        Some(found.zone.name())
    }

    /// `targets NAME VPC PROTOCOL PORT [ip|alb] [ipv6] [keep|no-keep] [cross-zone|no-cross-zone] TARGET…`.
    pub(super) fn target_group(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, vpc, protocol, port, rest @ ..] = words else {
            return Err("targets NAME VPC PROTOCOL PORT TARGET…".into());
        };
        let (mut kind, mut attributes) = (TargetKind::Instance, std::collections::BTreeMap::new());
        let (mut targets, mut ipv6) = (Vec::new(), false);
        for word in rest {
            let mut set = |key: &str, value: &str| {
                attributes.insert(key.to_owned(), value.to_owned());
            };
            match *word {
                "ip" => kind = TargetKind::Ip,
                "alb" => kind = TargetKind::Alb,
                "keep" => set("preserve_client_ip.enabled", "true"),
                "ipv6" => ipv6 = true,
                "no-keep" => set("preserve_client_ip.enabled", "false"),
                "cross-zone" => set("load_balancing.cross_zone.enabled", "true"),
                "no-cross-zone" => set("load_balancing.cross_zone.enabled", "false"),
                target => targets.push(target),
            }
        }
        let id = TargetGroupId(self.number());
        let port = parse(port)?;
        let row = TargetGroup {
            id,
            born: id.0,
            name: (*name).to_owned(),
            protocol: (*protocol).to_owned(),
            version: String::new(),
            port,
            vpc: self.id(vpc)?,
            kind,
            ipv6,
            check: settings(None),
            attributes,
            targets: self.targets(&targets, port)?,
            next_check: None,
        };
        self.world.put(REGION, row);
        self.called(name, id);
        Ok(())
    }

    /// `GROUP[*WEIGHT],…` or `fixed STATUS` or `redirect`.
    fn action(&self, words: &[&str]) -> Result<RuleAction, Fault> {
        match words {
            ["fixed", status] => Ok(RuleAction::Fixed {
                status: (*status).to_owned(),
                body: None,
                content: None,
                order: None,
            }),
            ["redirect"] => Ok(RuleAction::Redirect {
                to: ["HTTPS", "443", "#{host}", "/#{path}", "#{query}"].map(str::to_owned),
                status: "HTTP_301".into(),
                order: None,
            }),
            [groups] => {
                let mut all = Vec::new();
                for group in groups.split(',') {
                    let (name, weight) = group.split_once('*').unwrap_or((group, "1"));
                    all.push((self.id(name)?, parse(weight)?));
                }
                Ok(RuleAction::Forward {
                    groups: all,
                    sticky: None,
                    order: None,
                })
            }
            _ => Err("GROUP,…, fixed STATUS or redirect".into()),
        }
    }

    /// `listener NAME BALANCER PROTOCOL PORT ACTION`.
    pub(super) fn listener(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, balancer, protocol, port, action @ ..] = words else {
            return Err("listener NAME BALANCER PROTOCOL PORT ACTION".into());
        };
        let (id, rule) = (ListenerId(self.number()), ListenerRuleId(self.number()));
        let action = self.action(action)?;
        let row = Listener {
            id,
            born: id.0,
            balancer: self.id(balancer)?,
            protocol: (*protocol).to_owned(),
            port: parse(port)?,
            policy: None,
            certificates: Vec::new(),
            alpn: Vec::new(),
            attributes: Default::default(),
            mutual: None,
        };
        self.world.put(REGION, row);
        self.world.put(
            REGION,
            ListenerRule {
                id: rule,
                born: rule.0,
                listener: id,
                priority: None,
                conditions: Vec::new(),
                action,
            },
        );
        self.called(name, id);
        Ok(())
    }

    /// `rule LISTENER PRIORITY FIELD VALUE ACTION`.
    pub(super) fn listener_rule(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [listener, priority, field, value, action @ ..] = words else {
            return Err("rule LISTENER PRIORITY FIELD VALUE ACTION".into());
        };
        let id = ListenerRuleId(self.number());
        let row = ListenerRule {
            id,
            born: id.0,
            listener: self.id(listener)?,
            priority: Some(parse(priority)?),
            conditions: vec![RuleCondition {
                field: (*field).to_owned(),
                header: None,
                values: vec![(*value).to_owned()],
                keys: Vec::new(),
                plain: false,
            }],
            action: self.action(action)?,
        };
        self.world.put(REGION, row);
        Ok(())
    }

    /// `elb NAME [internal] in SUBNET ADDRESS [public A]… groups A,B listens PORT/INSTANCE-PORT,… [cross-zone] [instances WEB,…]`.
    pub(super) fn elb(&mut self, words: &[&str]) -> Result<(), Fault> {
        let [name, options @ ..] = words else {
            return Err("elb NAME".into());
        };
        let (places, groups, vpc) = self.nodes(name, options)?;
        let id = ClassicBalancerId(self.number());
        let mut listeners = Vec::new();
        for listener in option(options, "listens").unwrap_or_default().split(',') {
            let (port, instance_port) = listener.split_once('/').ok_or("PORT/INSTANCE-PORT")?;
            listeners.push(ClassicListener {
                protocol: "TCP".into(),
                port: parse(port)?,
                instance_protocol: "TCP".into(),
                instance_port: parse(instance_port)?,
                certificate: None,
                policies: Vec::new(),
            });
        }
        let instances: Vec<&str> = option(options, "instances").unwrap_or_default().split(',').collect();
        let instances: Vec<&str> = instances.into_iter().filter(|name| !name.is_empty()).collect();
        let targets = self.targets(&instances, 0)?;
        self.world.put(
            REGION,
            ClassicBalancer {
                id,
                born: id.0,
                name: (*name).to_owned(),
                internal: options.contains(&"internal"),
                vpc,
                places,
                groups,
                created: Time::START,
                check: settings(listeners.first().map(|listener| listener.instance_port)),
                listeners,
                targets,
                next_check: None,
                cross_zone: options.contains(&"cross-zone"),
                draining: None,
                idle: 60,
                access_log: None,
                desync: "defensive".into(),
                policies: Vec::new(),
                servers: Vec::new(),
            },
        );
        self.called(name, id);
        Ok(())
    }
}
