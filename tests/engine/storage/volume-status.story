# Status checks and attributes. https://docs.aws.amazon.com/ebs/latest/userguide/monitoring-volume-checks.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save v = VolumeId
> ec2 DescribeVolumeStatus {"VolumeIds":["$v"]}
= VolumeStatuses[0].VolumeStatus.Status: insufficient-data
advance 10
> ec2 DescribeVolumeStatus {}
= VolumeStatuses#: 1
= VolumeStatuses[0].VolumeId: $v
= VolumeStatuses[0].AvailabilityZone: us-east-1a
= VolumeStatuses[0].VolumeStatus.Status: ok
= VolumeStatuses[0].VolumeStatus.Details[0].Name: io-enabled
= VolumeStatuses[0].VolumeStatus.Details[0].Status: passed
= VolumeStatuses[0].VolumeStatus.Details[1].Name: io-performance
= VolumeStatuses[0].VolumeStatus.Details[1].Status: not-applicable
= VolumeStatuses[0].Events#: 0
> ec2 DescribeVolumeStatus {"Filters":[{"Name":"volume-status.status","Values":["impaired"]}]}
= VolumeStatuses#: 0
> ec2 DescribeVolumeAttribute {"VolumeId":"$v","Attribute":"autoEnableIO"}
= AutoEnableIO.Value: false
> ec2 ModifyVolumeAttribute {"VolumeId":"$v","AutoEnableIO":{"Value":true}}
> ec2 DescribeVolumeAttribute {"VolumeId":"$v","Attribute":"autoEnableIO"}
= AutoEnableIO.Value: true
> ec2 DescribeVolumeAttribute {"VolumeId":"$v","Attribute":"productCodes"}
= ProductCodes#: 0
> ec2 ModifyVolumeAttribute {"VolumeId":"$v"}
! InvalidParameterCombination
