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

== a provisioned rate of initialization tells how far it has come
# https://docs.aws.amazon.com/ebs/latest/userguide/initalize-volume.html: 16 GiB at 128 MiB/s take 128 s
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":16,"VolumeType":"gp3"}
save first = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$first"}
save snapshot = SnapshotId
advance 60
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$snapshot","VolumeType":"gp3","VolumeInitializationRate":128}
save volume = VolumeId
advance 64
> ec2 DescribeVolumeStatus {"VolumeIds":["$volume"]}
= VolumeStatuses[0].InitializationStatusDetails: {"InitializationType":"provisioned-rate","Progress":50,"EstimatedTimeToCompleteInSeconds":64}
= VolumeStatuses[0].VolumeStatus.Details[2]: {"Name":"initialization-state","Status":"initializing"}
advance 64
> ec2 DescribeVolumeStatus {"Filters":[{"Name":"volume-status.details-status","Values":["completed"]}]}
= VolumeStatuses#: 1
> ec2 DescribeVolumeStatus {"VolumeIds":["vol-00000000000000000"]}
! InvalidVolume.NotFound: The volume 'vol-00000000000000000' does not exist.
