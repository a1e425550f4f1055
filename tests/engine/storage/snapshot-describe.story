# DescribeSnapshots: owners, filters, pages.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":2,"VolumeType":"gp3","Encrypted":true}
save w = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$v","Description":"one"}
save one = SnapshotId
advance 60
> ec2 CreateSnapshot {"VolumeId":"$w","Description":"two"}
save two = SnapshotId
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
= Snapshots[0].SnapshotId: $one
> ec2 DescribeSnapshots {"Filters":[{"Name":"volume-id","Values":["$w"]}]}
= Snapshots#: 1
= Snapshots[0].SnapshotId: $two
> ec2 DescribeSnapshots {"Filters":[{"Name":"description","Values":["o*"]}]}
= Snapshots[0].SnapshotId: $one
> ec2 DescribeSnapshots {"Filters":[{"Name":"encrypted","Values":["true"]},{"Name":"volume-size","Values":["2"]},{"Name":"status","Values":["pending"]}]}
= Snapshots#: 1
> ec2 DescribeSnapshots {"Filters":[{"Name":"start-time","Values":["2025-03-03T09:01:*"]}]}
= Snapshots[0].SnapshotId: $two
> ec2 DescribeSnapshots {"Filters":[{"Name":"nonsense","Values":["1"]}]}
! InvalidParameterValue: nonsense
> ec2 DescribeSnapshots {"SnapshotIds":["snap-xyz"]}
! InvalidSnapshotID.Malformed
> ec2 DescribeSnapshots {"SnapshotIds":["snap-00000000000000001"]}
! InvalidSnapshot.NotFound
> ec2 DescribeSnapshots {"OwnerIds":["nobody"]}
! InvalidUserID.Malformed
> ec2 DescribeSnapshots {"OwnerIds":["210987654321"]}
= Snapshots#: 0
> ec2 DescribeSnapshots {"OwnerIds":["amazon"],"MaxResults":5}
= Snapshots#: 5
= Snapshots[0].OwnerAlias: amazon
= NextToken: *
> ec2 DescribeSnapshots {"MaxResults":1}
! InvalidParameterValue: maxResults
> ec2 DescribeSnapshots {"MaxResults":5,"SnapshotIds":["$one"]}
! InvalidParameterCombination
