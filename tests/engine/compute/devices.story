# Block devices of a launch.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html

== DeleteOnTermination by default: root true, data volume at launch over the API true, attached later false
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"},"BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":10}}]}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":5}
save later = VolumeId
advance 10
> ec2 AttachVolume {"VolumeId":"$later","InstanceId":"$web","Device":"/dev/sdg"}
advance 10
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].BlockDeviceMappings#: 3
= Reservations[0].Instances[0].BlockDeviceMappings[0].DeviceName: /dev/xvda
= Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.DeleteOnTermination: true
= Reservations[0].Instances[0].BlockDeviceMappings[1].DeviceName: /dev/sdf
= Reservations[0].Instances[0].BlockDeviceMappings[1].Ebs.DeleteOnTermination: true
= Reservations[0].Instances[0].BlockDeviceMappings[2].DeviceName: /dev/sdg
= Reservations[0].Instances[0].BlockDeviceMappings[2].Ebs.DeleteOnTermination: false
save root = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
save data = Reservations[0].Instances[0].BlockDeviceMappings[1].Ebs.VolumeId
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeVolumes {}
= Volumes#: 1
= Volumes[0].VolumeId: $later
= Volumes[0].State: available

== an explicit setting of the request wins
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[
    {"DeviceName":"/dev/xvda","Ebs":{"DeleteOnTermination":false}},
    {"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":10,"DeleteOnTermination":false}}]}
save web = Instances[0].InstanceId
advance 60
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeVolumes {}
= Volumes#: 2
= Volumes[0].State: available
= Volumes[1].State: available

== it can be changed while the instance runs
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"DeleteOnTermination":false}}]}
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"blockDeviceMapping"}
= BlockDeviceMappings[0].Ebs.DeleteOnTermination: false
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","BlockDeviceMappings":[{"DeviceName":"/dev/sdh","Ebs":{"DeleteOnTermination":false}}]}
! InvalidInstanceAttributeValue: No device is currently mapped at /dev/sdh
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeVolumes {}
= Volumes#: 1

== the root volume can be larger, faster, encrypted, but not smaller than its snapshot
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":20,"VolumeType":"gp3","Iops":4000,"Throughput":250,"Encrypted":true}}]}
> ec2 DescribeVolumes {}
= Volumes[0].Size: 20
= Volumes[0].VolumeType: gp3
= Volumes[0].Iops: 4000
= Volumes[0].Throughput: 250
= Volumes[0].Encrypted: true
= Volumes[0].SnapshotId: snap-*
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":4}}]}
! InvalidBlockDeviceMapping: smaller than snapshot

== the image says what its root is when the request does not
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 DescribeVolumes {}
= Volumes[0].Size: 8
= Volumes[0].VolumeType: gp3
= Volumes[0].Iops: 3000
= Volumes[0].Throughput: 125
= Volumes[0].Encrypted: false

== mappings that make no sense: InvalidBlockDeviceMapping
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"Ebs":{"VolumeSize":10}}]}
! InvalidBlockDeviceMapping: Missing device name
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sde1","Ebs":{"VolumeSize":10}}]}
! InvalidBlockDeviceMapping: Invalid device name /dev/sde1
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"C:/Program Files","Ebs":{"VolumeSize":10}}]}
! InvalidBlockDeviceMapping: Invalid device name
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{}}]}
! InvalidBlockDeviceMapping: Either snapshot ID or volume size must be provided for: /dev/sdf
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":1}},{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":2}}]}
! InvalidBlockDeviceMapping: /dev/sdf
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","NoDevice":""}]}
! InvalidBlockDeviceMapping: /dev/xvda
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"SnapshotId":"snap-00000000000000000"}}]}
! InvalidSnapshot.NotFound: snap-00000000000000000
> ec2 RunInstances {"ImageId":"$instance-store","MinCount":1,"MaxCount":1,"InstanceType":"m3.medium","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":10}}]}
! InvalidBlockDeviceMapping: EBS block device mappings not supported for instance-store AMIs.

== a device of the image can be left out
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large"}
save both = Instances[0].InstanceId
see instance store of $both: ephemeral0 /dev/sdb 32 GB, 0 bytes
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","BlockDeviceMappings":[{"DeviceName":"/dev/sdb","NoDevice":""}]}
save none = Instances[0].InstanceId
see instance store of $none: none

== instance store: on Xen what the mapping names, over NVMe all that the type has
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/add-instance-store-volumes.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m3.xlarge"}
save unmapped = Instances[0].InstanceId
see instance store of $unmapped: none
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m3.xlarge","BlockDeviceMappings":[{"DeviceName":"/dev/sdb","VirtualName":"ephemeral0"},{"DeviceName":"/dev/sdc","VirtualName":"ephemeral1"},{"DeviceName":"/dev/sdd","VirtualName":"ephemeral2"}]}
save mapped = Instances[0].InstanceId
see instance store of $mapped: ephemeral0 /dev/sdb 40 GB, 0 bytes; ephemeral1 /dev/sdc 40 GB, 0 bytes
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large"}
save nvme = Instances[0].InstanceId
see instance store of $nvme: ephemeral0 /dev/nvme1n1 75 GB, 0 bytes
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdb","VirtualName":"ephemeral0"}]}
save without = Instances[0].InstanceId
see instance store of $without: none

== writes to instance store
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large"}
save web = Instances[0].InstanceId
> stratus WriteBlocks {"VolumeId":"$web/ephemeral0","Length":10}
! IncorrectInstanceState
advance 60
> stratus WriteBlocks {"VolumeId":"$web/ephemeral0","Offset":0,"Length":100}
> stratus WriteBlocks {"VolumeId":"$web/ephemeral0","Offset":50,"Length":100}
> stratus WriteBlocks {"VolumeId":"$web/ephemeral0","Offset":1000,"Length":10}
see instance store of $web: ephemeral0 /dev/nvme1n1 75 GB, 160 bytes
> stratus WriteBlocks {"VolumeId":"$web/ephemeral0","Offset":74999999999,"Length":10}
! InvalidParameterValue: beyond the disk
> stratus WriteBlocks {"VolumeId":"$web/ephemeral1","Length":10}
! InvalidParameterValue: has no instance store 'ephemeral1'

== a root volume cannot be a hard disk
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":500,"VolumeType":"st1"}}]}
! InvalidParameterCombination: The parameter iops is not supported for st1 volumes.

== volumes of a launch can be tagged with it
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","TagSpecifications":[
    {"ResourceType":"instance","Tags":[{"Key":"Name","Value":"web"}]},
    {"ResourceType":"volume","Tags":[{"Key":"of","Value":"web"}]},
    {"ResourceType":"network-interface","Tags":[{"Key":"side","Value":"front"}]}]}
= Instances[1].Tags: [{"Key":"Name","Value":"web"}]
> ec2 DescribeVolumes {"Filters":[{"Name":"tag:of","Values":["web"]}]}
= Volumes#: 2
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"tag:side","Values":["front"]}]}
= NetworkInterfaces#: 2
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"vpc","Tags":[{"Key":"a","Value":"b"}]}]}
! InvalidParameterValue: not a valid taggable resource type
