# Deregistering leaves the snapshots, which cannot be deleted before.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save i = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$i","Name":"one","NoReboot":true}
save ami = ImageId
advance 300
> ec2 DescribeImages {"ImageIds":["$ami"]}
save s = Images[0].BlockDeviceMappings[0].Ebs.SnapshotId
> ec2 DeleteSnapshot {"SnapshotId":"$s"}
! InvalidSnapshot.InUse: The snapshot $s is currently in use by $ami
> ec2 DeregisterImage {"ImageId":"$ami"}
= Return: true
> ec2 DescribeImages {"ImageIds":["$ami"]}
! InvalidAMIID.NotFound
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].State: completed
> ec2 DeleteSnapshot {"SnapshotId":"$s"}
# With DeleteAssociatedSnapshots they go too, but not what another image needs.
> ec2 CreateImage {"InstanceId":"$i","Name":"two","NoReboot":true}
save two = ImageId
advance 300
> ec2 DescribeImages {"ImageIds":["$two"]}
save shared = Images[0].BlockDeviceMappings[0].Ebs.SnapshotId
> ec2 RegisterImage {"Name":"three","RootDeviceName":"/dev/xvda","Architecture":"x86_64","VirtualizationType":"hvm","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"$shared"}}]}
save three = ImageId
> ec2 DeregisterImage {"ImageId":"$two","DeleteAssociatedSnapshots":true}
= DeleteSnapshotResults: [{"SnapshotId":"$shared","ReturnCode":"skipped"}]
> ec2 DeregisterImage {"ImageId":"$three","DeleteAssociatedSnapshots":true}
= DeleteSnapshotResults: [{"SnapshotId":"$shared","ReturnCode":"success"}]
> ec2 DescribeSnapshots {}
= Snapshots#: 0
> ec2 DeregisterImage {"ImageId":"$al2023"}
! AuthFailure: Not authorized for image:
> ec2 DeregisterImage {"ImageId":"ami-00000000000000001"}
! InvalidAMIID.NotFound
> ec2 DeregisterImage {"ImageId":"ami-x"}
! InvalidAMIID.Malformed
