"""Route 53."""

from _common import refused


def _zone(route53, name="example.com", reference="one", **more):
    return route53.create_hosted_zone(Name=name, CallerReference=reference, **more)["HostedZone"]["Id"]


def _change(route53, zone, *changes):
    """Makes changes, each (action, name, type, value…), and waits until all servers know."""
    batch = [
        {
            "Action": action,
            "ResourceRecordSet": {
                "Name": name,
                "Type": kind,
                "TTL": 60,
                "ResourceRecords": [{"Value": value} for value in values],
            },
        }
        for action, name, kind, *values in changes
    ]
    change = route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": batch})["ChangeInfo"]
    assert change["Status"] == "PENDING", change
    route53.get_waiter("resource_record_sets_changed").wait(Id=change["Id"])


def _records(route53, zone):
    pages = route53.get_paginator("list_resource_record_sets").paginate(HostedZoneId=zone)
    return {(each["Name"], each["Type"]): each for page in pages for each in page["ResourceRecordSets"]}


def hosted_zone(route53):
    """A zone comes with four name servers, and with the records that say so."""
    made = route53.create_hosted_zone(Name="example.com", CallerReference="one")
    zone, servers = made["HostedZone"], made["DelegationSet"]["NameServers"]
    assert zone["Name"] == "example.com." and zone["Id"].startswith("/hostedzone/Z") and len(servers) == 4, made
    assert zone["ResourceRecordSetCount"] == 2 and made["ChangeInfo"]["Status"] == "PENDING"
    records = _records(route53, zone["Id"])
    assert [each["Value"].rstrip(".") for each in records["example.com.", "NS"]["ResourceRecords"]] == servers
    assert records["example.com.", "SOA"]["TTL"] == 900
    with refused("HostedZoneAlreadyExists", 409):
        _zone(route53)
    assert route53.get_hosted_zone(Id=zone["Id"].split("/")[2])["HostedZone"]["CallerReference"] == "one"
    assert route53.get_hosted_zone_count()["HostedZoneCount"] == 1
    with refused("NoSuchHostedZone", 404):
        route53.get_hosted_zone(Id="Z0123456789ABCDEFGHIJ")


def changes(route53):
    """Records are created, replaced and deleted."""
    zone = _zone(route53)
    _change(route53, zone, ("CREATE", "www.example.com", "A", "192.0.2.1", "192.0.2.2"))
    _change(route53, zone, ("UPSERT", "www.example.com", "A", "192.0.2.3"), ("UPSERT", "example.com", "MX", "10 mx.example.com"))
    records = _records(route53, zone)
    assert records["www.example.com.", "A"]["ResourceRecords"] == [{"Value": "192.0.2.3"}], records
    assert ("example.com.", "MX") in records
    _change(route53, zone, ("DELETE", "www.example.com", "A", "192.0.2.3"))
    assert ("www.example.com.", "A") not in _records(route53, zone)


def all_or_nothing(route53):
    """If one change of a batch is not valid, none is made; the error says which."""
    zone = _zone(route53)
    with refused("InvalidChangeBatch", says="already exists"):
        _change(
            route53,
            zone,
            ("CREATE", "a.example.com", "A", "192.0.2.1"),
            ("CREATE", "example.com", "NS", "ns.example.net"),
        )
    with refused("InvalidChangeBatch", says="not found"):
        _change(
            route53,
            zone,
            ("CREATE", "b.example.com", "A", "192.0.2.1"),
            ("DELETE", "c.example.com", "A", "192.0.2.1"),
        )
    for bad in (
        ("CREATE", "d.example.com", "A", "nonsense"),
        ("CREATE", "www.example.org", "A", "192.0.2.1"),
        ("CREATE", "example.com", "CNAME", "www.example.net"),
    ):
        with refused("InvalidChangeBatch"):
            _change(route53, zone, bad)
    assert len(_records(route53, zone)) == 2


def records_page_by_page(route53):
    """The list goes by reversed names, and says where it goes on."""
    zone = _zone(route53)
    _change(route53, zone, *[("CREATE", f"h{number}.example.com", "A", "192.0.2.1") for number in range(5)])
    first = route53.list_resource_record_sets(HostedZoneId=zone, MaxItems="3")
    assert first["IsTruncated"] is True and first["NextRecordName"] == "h1.example.com.", first
    rest = route53.list_resource_record_sets(
        HostedZoneId=zone, StartRecordName=first["NextRecordName"], StartRecordType=first["NextRecordType"]
    )
    assert [each["Name"] for each in rest["ResourceRecordSets"]] == [f"h{n}.example.com." for n in range(1, 5)]
    pages = route53.get_paginator("list_resource_record_sets").paginate(
        HostedZoneId=zone, PaginationConfig={"PageSize": 2}
    )
    assert [len(page["ResourceRecordSets"]) for page in pages] == [2, 2, 2, 1]


def zones_page_by_page(route53):
    """Zones, by pages and by name."""
    for name in ("c.example", "a.example", "b.example"):
        _zone(route53, name, name)
    pages = route53.get_paginator("list_hosted_zones").paginate(PaginationConfig={"PageSize": 2})
    assert [len(page["HostedZones"]) for page in pages] == [2, 1]
    named = route53.list_hosted_zones_by_name(DNSName="b.example")
    assert [each["Name"] for each in named["HostedZones"]] == ["b.example.", "c.example."], named


def zone_with_records_stays(route53):
    """A zone is deleted once only its own two records are left."""
    zone = _zone(route53)
    _change(route53, zone, ("CREATE", "www.example.com", "TXT", '"hello"'))
    with refused("HostedZoneNotEmpty"):
        route53.delete_hosted_zone(Id=zone)
    _change(route53, zone, ("DELETE", "www.example.com", "TXT", '"hello"'))
    assert route53.delete_hosted_zone(Id=zone)["ChangeInfo"]["Status"] == "PENDING"
    with refused("NoSuchHostedZone", 404):
        route53.list_resource_record_sets(HostedZoneId=zone)


def zone_tags(route53):
    """Tags are added and removed in one call."""
    zone = _zone(route53).split("/")[2]
    asked = {"ResourceType": "hostedzone", "ResourceId": zone}
    route53.change_tags_for_resource(AddTags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}], **asked)
    route53.change_tags_for_resource(AddTags=[{"Key": "b", "Value": "3"}], RemoveTagKeys=["a"], **asked)
    assert route53.list_tags_for_resource(**asked)["ResourceTagSet"]["Tags"] == [{"Key": "b", "Value": "3"}]


def weighted_and_alias(route53):
    """Record sets of one name side by side, and an alias to another record of the zone."""
    zone = _zone(route53)
    sets = [
        {
            "Name": "www.example.com",
            "Type": "A",
            "SetIdentifier": color,
            "Weight": weight,
            "TTL": 60,
            "ResourceRecords": [{"Value": f"192.0.2.{weight}"}],
        }
        for color, weight in (("blue", 10), ("green", 90))
    ]
    alias = {
        "Name": "example.com",
        "Type": "A",
        "AliasTarget": {
            "HostedZoneId": zone.split("/")[2],
            "DNSName": "www.example.com",
            "EvaluateTargetHealth": False,
        },
    }
    batch = [{"Action": "CREATE", "ResourceRecordSet": each} for each in (*sets, alias)]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": batch})
    found = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    weights = {each["SetIdentifier"]: each["Weight"] for each in found if "SetIdentifier" in each}
    assert weights == {"blue": 10, "green": 90}, found
    [alias] = [each for each in found if "AliasTarget" in each]
    assert alias["AliasTarget"]["DNSName"] == "www.example.com." and "TTL" not in alias, alias


def what_a_resolver_hears(route53):
    """TestDNSAnswer asks the zone's servers."""
    zone = _zone(route53)
    _change(route53, zone, ("CREATE", "www.example.com", "A", "192.0.2.1"))
    told = route53.test_dns_answer(HostedZoneId=zone, RecordName="www.example.com", RecordType="A")
    assert told["ResponseCode"] == "NOERROR" and told["RecordData"] == ["192.0.2.1"], told
    told = route53.test_dns_answer(HostedZoneId=zone, RecordName="nope.example.com", RecordType="A")
    assert told["ResponseCode"] == "NXDOMAIN", told


def health_check(route53):
    """A health check is a record with a version, and can be changed and tagged."""
    config = {"IPAddress": "192.0.2.1", "Port": 80, "Type": "HTTP", "ResourcePath": "/", "FailureThreshold": 3}
    made = route53.create_health_check(CallerReference="h", HealthCheckConfig=config)["HealthCheck"]
    assert made["HealthCheckVersion"] == 1 and made["HealthCheckConfig"]["RequestInterval"] == 30, made
    changed = route53.update_health_check(HealthCheckId=made["Id"], Port=8080, HealthCheckVersion=1)["HealthCheck"]
    assert changed["HealthCheckVersion"] == 2 and changed["HealthCheckConfig"]["Port"] == 8080, changed
    with refused("HealthCheckVersionMismatch", 409):
        route53.update_health_check(HealthCheckId=made["Id"], Port=80, HealthCheckVersion=1)
    asked = {"ResourceType": "healthcheck", "ResourceId": made["Id"]}
    route53.change_tags_for_resource(AddTags=[{"Key": "Name", "Value": "web"}], **asked)
    assert route53.list_tags_for_resource(**asked)["ResourceTagSet"]["Tags"] == [{"Key": "Name", "Value": "web"}]
    pages = route53.get_paginator("list_health_checks").paginate()
    assert [each["Id"] for page in pages for each in page["HealthChecks"]] == [made["Id"]]
    assert route53.get_health_check_count()["HealthCheckCount"] == 1
    route53.delete_health_check(HealthCheckId=made["Id"])
    with refused("NoSuchHealthCheck", 404):
        route53.get_health_check(HealthCheckId=made["Id"])


def change_is_told(route53):
    """GetChange tells of a change while it spreads; one that never was is refused."""
    change = route53.create_hosted_zone(Name="example.com", CallerReference="one")["ChangeInfo"]
    assert change["SubmittedAt"].year == 2025, change
    assert route53.get_change(Id=change["Id"])["ChangeInfo"]["Status"] == "INSYNC"
    with refused("NoSuchChange", 404):
        route53.get_change(Id="C0123456789ABCDEFGHIJ")
