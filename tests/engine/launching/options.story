# What can be set of an instance, or for all launches of an account.

== what the account prefers for instance metadata
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-options-order-of-precedence.html
> ec2 GetInstanceMetadataDefaults {}
= AccountLevel.HttpTokens: -
> ec2 ModifyInstanceMetadataDefaults {"HttpTokens":"required","HttpPutResponseHopLimit":3}
= Return: true
> ec2 GetInstanceMetadataDefaults {}
= AccountLevel.HttpTokens: required
= AccountLevel.HttpPutResponseHopLimit: 3
= AccountLevel.HttpEndpoint: -
> ec2 RunInstances {"ImageId":"$al2","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
= Instances[0].MetadataOptions.HttpTokens: required
= Instances[0].MetadataOptions.HttpPutResponseHopLimit: 3
# The launch has the last word, unless tokens are enforced.
> ec2 RunInstances {"ImageId":"$al2","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"MetadataOptions":{"HttpTokens":"optional"}}
= Instances[0].MetadataOptions.HttpTokens: optional
save web = Instances[0].InstanceId
> ec2 ModifyInstanceMetadataDefaults {"HttpTokensEnforced":"enabled"}
> ec2 RunInstances {"ImageId":"$al2","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"MetadataOptions":{"HttpTokens":"optional"}}
! UnsupportedOperation: You can't launch instances with IMDSv1 because httpTokensEnforced is enabled for this account.
> ec2 ModifyInstanceMetadataOptions {"InstanceId":"$web","HttpEndpoint":"enabled"}
! UnsupportedOperation
> ec2 ModifyInstanceMetadataDefaults {"HttpTokens":"no-preference","HttpPutResponseHopLimit":-1,"HttpTokensEnforced":"no-preference"}
> ec2 GetInstanceMetadataDefaults {}
= AccountLevel.HttpTokens: -
= AccountLevel.HttpPutResponseHopLimit: -
> ec2 ModifyInstanceMetadataDefaults {"HttpPutResponseHopLimit":65}
! InvalidParameterValue
> ec2 ModifyInstanceMetadataDefaults {}
! InvalidParameterCombination

== maintenance options
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceMaintenanceOptions.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"MaintenanceOptions":{"AutoRecovery":"disabled"}}
= Instances[0].MaintenanceOptions.AutoRecovery: disabled
save web = Instances[0].InstanceId
> ec2 ModifyInstanceMaintenanceOptions {"InstanceId":"$web","AutoRecovery":"default","RebootMigration":"disabled"}
= InstanceId: $web
= AutoRecovery: default
= RebootMigration: disabled
> ec2 DescribeInstances {"Filters":[{"Name":"maintenance-options.auto-recovery","Values":["default"]}]}
= Reservations[0].Instances[0].MaintenanceOptions.RebootMigration: disabled
> ec2 ModifyInstanceMaintenanceOptions {"InstanceId":"$web"}
! InvalidParameterCombination

== reservations and CPU of a stopped instance
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.xlarge","MinCount":1,"MaxCount":1}
= Instances[0].CpuOptions: {"CoreCount":2,"ThreadsPerCore":2}
save web = Instances[0].InstanceId
advance 60
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceCpuOptions.html
> ec2 ModifyInstanceCpuOptions {"InstanceId":"$web","CoreCount":2,"ThreadsPerCore":1}
! IncorrectInstanceState
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceCapacityReservationAttributes.html
> ec2 ModifyInstanceCapacityReservationAttributes {"InstanceId":"$web","CapacityReservationSpecification":{"CapacityReservationPreference":"none"}}
! IncorrectInstanceState
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 ModifyInstanceCpuOptions {"InstanceId":"$web","CoreCount":2,"ThreadsPerCore":1}
= CoreCount: 2
= ThreadsPerCore: 1
> ec2 ModifyInstanceCpuOptions {"InstanceId":"$web","CoreCount":8,"ThreadsPerCore":1}
! InvalidParameterValue
> ec2 ModifyInstanceCpuOptions {"InstanceId":"$web","CoreCount":1}
! MissingParameter
> ec2 ModifyInstanceCapacityReservationAttributes {"InstanceId":"$web","CapacityReservationSpecification":{"CapacityReservationPreference":"none"}}
= Return: true
> ec2 ModifyInstanceCapacityReservationAttributes {"InstanceId":"$web","CapacityReservationSpecification":{"CapacityReservationTarget":{"CapacityReservationId":"cr-00000000000000000"}}}
! InvalidCapacityReservationId.NotFound
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].CpuOptions: {"CoreCount":2,"ThreadsPerCore":1}
= Reservations[0].Instances[0].CapacityReservationSpecification.CapacityReservationPreference: none

== when something seems wrong
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
> ec2 GetConsoleScreenshot {"InstanceId":"$web"}
! IncorrectInstanceState
> ec2 ReportInstanceStatus {"Instances":["$web"],"Status":"impaired","ReasonCodes":["unresponsive"]}
! IncorrectInstanceState
advance 300
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleScreenshot.html
> ec2 GetConsoleScreenshot {"InstanceId":"$web"}
= InstanceId: $web
= ImageData: /9j/*
> ec2 ReportInstanceStatus {"Instances":["$web"],"Status":"impaired","ReasonCodes":["unresponsive"]}
event reported as impaired: unresponsive
> ec2 ReportInstanceStatus {"Instances":["i-00000000000000000"],"Status":"ok","ReasonCodes":["other"]}
! InvalidInstanceID.NotFound
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SendDiagnosticInterrupt.html
> ec2 SendDiagnosticInterrupt {"InstanceId":"$web"}
> ec2 GetConsoleOutput {"InstanceId":"$web"}
decoded Output: *Kernel panic*
> ec2 ModifyInstanceEventStartTime {"InstanceId":"$web","InstanceEventId":"instance-event-1","NotBefore":"2025-04-01T00:00:00Z"}
! InvalidInstanceEventIDNotFound
> ec2 GetInstanceUefiData {"InstanceId":"$web"}
! UnsupportedOperation
> ec2 RunInstances {"ImageId":"$al2","InstanceType":"t2.micro","MinCount":1,"MaxCount":1}
save old = Instances[0].InstanceId
> ec2 SendDiagnosticInterrupt {"InstanceId":"$old"}
! IncorrectInstanceState
advance 60
> ec2 SendDiagnosticInterrupt {"InstanceId":"$old"}
! UnsupportedOperation
> ec2 DescribeInstanceTopology {}
= Instances: []

== the formats of ids
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeIdFormat.html
> ec2 DescribeIdFormat {"Resource":"instance"}
= Statuses: [{"Resource":"instance","UseLongIds":true}]
> ec2 DescribeIdFormat {"Resource":"bucket"}
! InvalidParameterValue
> ec2 DescribeAggregateIdFormat {}
= UseLongIdsAggregated: true
= Statuses#: 31
> ec2 DescribeIdentityIdFormat {"PrincipalArn":"arn:aws:iam::123456789012:root","Resource":"vpc"}
= Statuses#: 1
> ec2 DescribePrincipalIdFormat {"Resources":["vpc","subnet"]}
= Principals[0].Arn: arn:aws:iam::123456789012:root
= Principals[0].Statuses#: 2
> ec2 ModifyIdFormat {"Resource":"instance","UseLongIds":true}
> ec2 ModifyIdentityIdFormat {"PrincipalArn":"all","Resource":"all-current","UseLongIds":true}
> ec2 ModifyIdFormat {"Resource":"instance","UseLongIds":false}
! InvalidParameterValue

== groups of zones
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyAvailabilityZoneGroup.html
> ec2 ModifyAvailabilityZoneGroup {"GroupName":"us-east-1-zg-1","OptInStatus":"opted-in"}
= Return: true
> ec2 ModifyAvailabilityZoneGroup {"GroupName":"us-east-1-zg-1","OptInStatus":"not-opted-in"}
! InvalidParameterValue
> ec2 ModifyAvailabilityZoneGroup {"GroupName":"us-west-2-lax-1","OptInStatus":"opted-in"}
! InvalidParameterValue: Invalid availability zone-group: 'us-west-2-lax-1'
> ec2 DescribeAvailabilityZones {"AllAvailabilityZones":true}
= AvailabilityZones#: 19
> ec2 DescribeRegions {"AllRegions":true,"RegionNames":["eu-west-1"]}
= Regions#: 1

== the names of an instance
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyPrivateDnsNameOptions.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"PrivateDnsNameOptions":{"HostnameType":"ip-name"}}
= Instances[0].PrivateDnsName: ip-172-31-*.ec2.internal
save web = Instances[0].InstanceId
> ec2 ModifyPrivateDnsNameOptions {"InstanceId":"$web","EnableResourceNameDnsARecord":true}
= Return: true
> ec2 ModifyPrivateDnsNameOptions {"InstanceId":"$web","PrivateDnsHostnameType":"resource-name"}
! IncorrectInstanceState
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 ModifyPrivateDnsNameOptions {"InstanceId":"$web","PrivateDnsHostnameType":"resource-name"}
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PrivateDnsName: $web.ec2.internal
= Reservations[0].Instances[0].PrivateDnsNameOptions.EnableResourceNameDnsARecord: true

== what instances were launched from
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceImageMetadata.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
> ec2 DescribeInstanceImageMetadata {"Filters":[{"Name":"owner-alias","Values":["amazon"]}]}
= InstanceImageMetadata#: 1
= InstanceImageMetadata[0].InstanceId: $web
= InstanceImageMetadata[0].ImageMetadata.ImageId: $al2023
= InstanceImageMetadata[0].ImageMetadata.IsPublic: true
> ec2 ConfirmProductInstance {"InstanceId":"$web","ProductCode":"774F4FF8"}
= Return: false
> ec2 DescribeInstances {"Filters":[{"Name":"operator.managed","Values":["false"]}]}
= Reservations#: 1
> ec2 DescribeReservedInstancesListings {}
= ReservedInstancesListings: []
