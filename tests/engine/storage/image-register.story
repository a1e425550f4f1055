# RegisterImage: of a root snapshot. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":1073741824}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
> ec2 RegisterImage {"Name":"mine","RootDeviceName":"/dev/xvda","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"$s"}}]}
! IncorrectState: is not 'completed'
advance 300
> ec2 RegisterImage {"Name":"mine","Architecture":"x86_64","VirtualizationType":"hvm","EnaSupport":true,"ImdsSupport":"v2.0","RootDeviceName":"/dev/xvda","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"$s","VolumeType":"gp3"}}]}
save ami = ImageId
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].State: available
= Images[0].EnaSupport: true
= Images[0].ImdsSupport: v2.0
= Images[0].BlockDeviceMappings[0].Ebs.VolumeSize: 10
> ec2 RunInstances {"ImageId":"$ami","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
# AWS's defaults are those of its early days.
> ec2 RegisterImage {"Name":"old","RootDeviceName":"/dev/sda1","BlockDeviceMappings":[{"DeviceName":"/dev/sda1","Ebs":{"SnapshotId":"$s"}}]}
save old = ImageId
> ec2 DescribeImages {"ImageIds":["$old"]}
= Images[0].Architecture: i386
= Images[0].VirtualizationType: paravirtual
> ec2 RegisterImage {"Name":"mine","RootDeviceName":"/dev/xvda","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"$s"}}]}
! InvalidAMIName.Duplicate
> ec2 RegisterImage {"Name":"rootless"}
! MissingParameter: rootDeviceName
> ec2 RegisterImage {"Name":"rootless","RootDeviceName":"/dev/xvda","BlockDeviceMappings":[{"DeviceName":"/dev/sdb","Ebs":{"SnapshotId":"$s"}}]}
! InvalidBlockDeviceMapping: root device
> ec2 RegisterImage {"Name":"nothing","RootDeviceName":"/dev/xvda","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"snap-00000000000000001"}}]}
! InvalidSnapshot.NotFound
> ec2 RegisterImage {"Name":"small","RootDeviceName":"/dev/xvda","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"$s","VolumeSize":9}}]}
! InvalidBlockDeviceMapping: expect size >= 10GB
> ec2 RegisterImage {"Name":"arm","Architecture":"arm64","RootDeviceName":"/dev/xvda","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"$s"}}]}
! InvalidParameterCombination
