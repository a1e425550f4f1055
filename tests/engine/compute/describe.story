# Filters, pages and errors of DescribeInstances.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html

== pages
> ec2 RunInstances {"ImageId":"$al2023","MinCount":7,"MaxCount":7,"InstanceType":"t3.micro"}
> ec2 DescribeInstances {"MaxResults":5}
= Reservations[0].Instances#: 5
save next = NextToken
> ec2 DescribeInstances {"MaxResults":5,"NextToken":"$next"}
= Reservations[0].Instances#: 2
= NextToken: -
> ec2 DescribeInstances {"MaxResults":4}
! InvalidParameterValue: maxResults
> ec2 DescribeInstances {"MaxResults":1001}
! InvalidParameterValue: maxResults
> ec2 DescribeInstances {"NextToken":"nonsense"}
! InvalidParameterValue: NextToken

== ids and a page size exclude each other
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> ec2 DescribeInstances {"InstanceIds":["$web"],"MaxResults":5}
! InvalidParameterCombination: The parameter instancesSet cannot be used with the parameter maxResults
> ec2 DescribeInstances {"InstanceIds":["$web","i-00000000000000000"]}
! InvalidInstanceID.NotFound

== filters: all must match, within one any value; wildcards
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"web-1"},{"Key":"stage","Value":"test"}]}]}
save one = Instances[0].InstanceId
save subnet = Instances[0].SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"web-2"}]}]}
save two = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.large"}
save three = Instances[0].InstanceId
> ec2 DescribeInstances {"Filters":[{"Name":"instance-type","Values":["t3.micro","t3.small"]}]}
= Reservations#: 2
> ec2 DescribeInstances {"Filters":[{"Name":"instance-type","Values":["t3.*"]},{"Name":"platform","Values":["windows"]}]}
= Reservations#: 1
= Reservations[0].Instances[0].InstanceId: $three
> ec2 DescribeInstances {"Filters":[{"Name":"tag:Name","Values":["web-?"]}]}
= Reservations#: 2
> ec2 DescribeInstances {"Filters":[{"Name":"tag-key","Values":["stage"]}]}
= Reservations[0].Instances[0].InstanceId: $one
> ec2 DescribeInstances {"Filters":[{"Name":"subnet-id","Values":["$subnet"]},{"Name":"instance-id","Values":["$one"]}]}
= Reservations#: 1
> ec2 DescribeInstances {"Filters":[{"Name":"instance-state-name","Values":["running"]}]}
= Reservations#: 0
> ec2 DescribeInstances {"Filters":[{"Name":"instance-state-code","Values":["0"]}]}
= Reservations#: 3
> ec2 DescribeInstances {"Filters":[{"Name":"colour","Values":["red"]}]}
! InvalidParameterValue: The filter 'colour' is invalid
> ec2 DescribeInstances {"Filters":[{"Name":"instance-type"}]}
! InvalidParameterValue

== filters look into disks and interfaces
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save address = Instances[0].PrivateIpAddress
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save group = Instances[0].SecurityGroups[0].GroupId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save volume = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
save public = Reservations[0].Instances[0].PublicIpAddress
> ec2 DescribeInstances {"Filters":[{"Name":"block-device-mapping.volume-id","Values":["$volume"]}]}
= Reservations#: 1
= Reservations[0].Instances[0].InstanceId: $web
> ec2 DescribeInstances {"Filters":[{"Name":"network-interface.network-interface-id","Values":["$eni"]}]}
= Reservations[0].Instances[0].InstanceId: $web
= Reservations#: 1
> ec2 DescribeInstances {"Filters":[{"Name":"network-interface.addresses.private-ip-address","Values":["$address"]}]}
= Reservations#: 1
> ec2 DescribeInstances {"Filters":[{"Name":"private-ip-address","Values":["$address"]}]}
= Reservations#: 1
> ec2 DescribeInstances {"Filters":[{"Name":"ip-address","Values":["$public"]}]}
= Reservations#: 1
> ec2 DescribeInstances {"Filters":[{"Name":"network-interface.association.public-ip","Values":["$public"]}]}
= Reservations#: 1
> ec2 DescribeInstances {"Filters":[{"Name":"instance.group-id","Values":["$group"]}]}
= Reservations#: 2
> ec2 DescribeInstances {"Filters":[{"Name":"instance.group-name","Values":["default"]},{"Name":"root-device-type","Values":["ebs"]},{"Name":"virtualization-type","Values":["hvm"]},{"Name":"tenancy","Values":["default"]},{"Name":"hypervisor","Values":["xen"]},{"Name":"architecture","Values":["x86_64"]}]}
= Reservations#: 2
> ec2 DescribeInstances {"Filters":[{"Name":"metadata-options.http-tokens","Values":["required"]},{"Name":"monitoring-state","Values":["disabled"]},{"Name":"launch-time","Values":["2025-03-03T09*"]}]}
= Reservations#: 2

== DescribeInstanceStatus: running instances only, unless all are asked for
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> ec2 DescribeInstanceStatus {}
= InstanceStatuses: []
> ec2 DescribeInstanceStatus {"IncludeAllInstances":true}
= InstanceStatuses[0].InstanceState.Name: pending
= InstanceStatuses[0].InstanceStatus.Status: not-applicable
= InstanceStatuses[0].SystemStatus.Status: not-applicable
# Both checks begin with `initializing`, for two to three minutes (ours).
advance 60
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].InstanceStatus: {"Status":"initializing","Details":[{"Name":"reachability","Status":"initializing"}]}
= InstanceStatuses[0].SystemStatus.Status: initializing
advance 180
event status checks: initializing → ok
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].InstanceStatus.Status: ok
= InstanceStatuses[0].InstanceStatus.Details[0].Status: passed
= InstanceStatuses[0].SystemStatus.Status: ok
> ec2 DescribeInstanceStatus {"Filters":[{"Name":"instance-status.status","Values":["ok"]},{"Name":"instance-status.reachability","Values":["passed"]}]}
= InstanceStatuses#: 1
> ec2 DescribeInstanceStatus {"Filters":[{"Name":"system-status.status","Values":["impaired"]}]}
= InstanceStatuses#: 0
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"],"MaxResults":5}
! InvalidParameterCombination
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstanceStatus {}
= InstanceStatuses: []
