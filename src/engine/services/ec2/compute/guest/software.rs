//! Servers that guests know by name: which package brings them, which unit starts them, where they listen.
//!
//! Ports are the programs' own defaults. That they listen on all addresses is ours: some databases listen on the loopback
//! only until told otherwise.

use crate::world::compute::Listener;

/// TCP.
pub(super) const TCP: u8 = 6;
/// UDP.
pub(super) const UDP: u8 = 17;

/// One server.
pub(super) struct Software {
    /// Names of packages that bring it; `*` at the end stands for a version (`nginx1`, `postgresql15-server`).
    packages: &'static [&'static str],
    /// Names of its unit.
    units: &'static [&'static str],
    /// What the process is called.
    program: &'static str,
    /// Where it listens.
    ports: &'static [(u8, u16)],
}

const fn web(packages: &'static [&'static str], units: &'static [&'static str], program: &'static str) -> Software {
    one(packages, units, program, &[(TCP, 80)])
}

const fn one(
    packages: &'static [&'static str],
    units: &'static [&'static str],
    program: &'static str,
    ports: &'static [(u8, u16)],
) -> Software {
    Software {
        packages,
        units,
        program,
        ports,
    }
}

const SOFTWARE: &[Software] = &[
    one(&["openssh-server"], &["sshd", "ssh"], "sshd", &[(TCP, 22)]),
    web(&["nginx", "nginx1*", "nginx-*"], &["nginx"], "nginx"),
    web(&["httpd", "apache2", "apache"], &["httpd", "apache2"], "httpd"),
    web(&["caddy"], &["caddy"], "caddy"),
    web(&["lighttpd"], &["lighttpd"], "lighttpd"),
    web(&["haproxy"], &["haproxy"], "haproxy"),
    one(&["varnish"], &["varnish"], "varnishd", &[(TCP, 6081)]),
    one(&["squid"], &["squid"], "squid", &[(TCP, 3128)]),
    one(&["tomcat*"], &["tomcat", "tomcat9", "tomcat10"], "java", &[(TCP, 8080)]),
    one(&["jenkins"], &["jenkins"], "java", &[(TCP, 8080)]),
    one(
        &[
            "mysql-server*",
            "mysql-community-server*",
            "mysql80-community*",
            "mariadb-server",
            "mariadb1*-server",
        ],
        &["mysqld", "mysql", "mariadb"],
        "mysqld",
        &[(TCP, 3306)],
    ),
    one(
        &["postgresql", "postgresql*-server", "postgresql-server", "postgresql1*"],
        &["postgresql", "postgresql-15", "postgresql-16"],
        "postgres",
        &[(TCP, 5432)],
    ),
    one(
        &["redis", "redis-server", "redis6", "valkey"],
        &["redis", "redis-server", "redis6", "valkey"],
        "redis-server",
        &[(TCP, 6379)],
    ),
    one(&["memcached"], &["memcached"], "memcached", &[(TCP, 11211)]),
    one(
        &["mongodb", "mongodb-org*"],
        &["mongod", "mongodb"],
        "mongod",
        &[(TCP, 27017)],
    ),
    one(&["rabbitmq-server"], &["rabbitmq-server"], "beam.smp", &[(TCP, 5672)]),
    one(
        &["elasticsearch", "opensearch"],
        &["elasticsearch", "opensearch"],
        "java",
        &[(TCP, 9200)],
    ),
    one(
        &["grafana", "grafana-enterprise"],
        &["grafana-server"],
        "grafana",
        &[(TCP, 3000)],
    ),
    one(&["prometheus"], &["prometheus"], "prometheus", &[(TCP, 9090)]),
    one(
        &["node_exporter", "prometheus-node-exporter"],
        &["node_exporter", "prometheus-node-exporter"],
        "node_exporter",
        &[(TCP, 9100)],
    ),
    one(&["vsftpd"], &["vsftpd"], "vsftpd", &[(TCP, 21)]),
    one(
        &["bind", "bind9"],
        &["named", "bind9"],
        "named",
        &[(TCP, 53), (UDP, 53)],
    ),
    one(
        &["nfs-utils", "nfs-kernel-server"],
        &["nfs-server", "nfs-kernel-server"],
        "nfsd",
        &[(TCP, 2049)],
    ),
    one(&["postfix"], &["postfix"], "master", &[(TCP, 25)]),
    one(&["docker", "docker.io", "docker-ce"], &["docker"], "dockerd", &[]),
    one(&["mod_ssl"], &[], "httpd", &[(TCP, 443)]),
];

impl Software {
    /// What a package brings, if it is a server.
    pub(super) fn of_package(package: &str) -> Option<&'static Software> {
        SOFTWARE
            .iter()
            .find(|software| software.packages.iter().any(|pattern| matches(pattern, package)))
    }
    /// What a unit runs.
    pub(super) fn of_unit(unit: &str) -> Option<&'static Software> {
        SOFTWARE.iter().find(|software| software.units.contains(&unit))
    }
    /// Its unit, as systemd calls it first.
    pub(super) fn unit(&self) -> Option<&'static str> {
        self.units.first().copied()
    }
    /// Whether both are the same server.
    pub(super) fn is(&self, other: &Software) -> bool {
        self.program == other.program && self.ports == other.ports
    }
    /// What listens once it runs.
    pub(super) fn listeners(&self) -> Vec<Listener> {
        self.ports
            .iter()
            .map(|(protocol, port)| listener(*protocol, *port, self.program))
            .collect()
    }
}

/// A listener that is not (yet) started at boot.
pub(super) fn listener(protocol: u8, port: u16, program: &str) -> Listener {
    Listener {
        protocol,
        port,
        program: program.to_owned(),
        service: false,
    }
}

fn matches(pattern: &str, package: &str) -> bool {
    crate::services::ec2::common::wildcard(pattern, package)
}
