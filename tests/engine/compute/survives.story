# What survives what: one story a cell of the table in facts/instances.md.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-lifetime.html

== reboot: physical host same
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
see first = host of $web
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
see host of $web: $first

== reboot: private IPv4 kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save private = Reservations[0].Instances[0].PrivateIpAddress
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PrivateIpAddress: $private

== reboot: auto-assigned public IPv4 kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save public = Reservations[0].Instances[0].PublicIpAddress
save eni = Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: $public

== reboot: Elastic IP kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 AllocateAddress {"Domain":"vpc"}
save alloc = AllocationId
save elastic = PublicIp
> ec2 AssociateAddress {"AllocationId":"$alloc","InstanceId":"$web"}
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: $elastic

== reboot: instance store kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large"}
save web = Instances[0].InstanceId
advance 120
> stratus WriteBlocks {"VolumeId":"$web/ephemeral0","Length":1000000}
see instance store of $web: ephemeral0 /dev/nvme1n1 75 GB, 1000000 bytes
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
see instance store of $web: ephemeral0 /dev/nvme1n1 75 GB, 1000000 bytes

== reboot: root volume kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save root = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId: $root
= Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.Status: attached

== reboot: IPv6 kept
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","Ipv6AddressCount":1}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save six = Reservations[0].Instances[0].Ipv6Address
= Reservations[0].Instances[0].Ipv6Address: *:*:*
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].Ipv6Address: $six

== stop and start: physical host usually another
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
see first = host of $web
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
see host of $web: -
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
see second = host of $web
differ $first $second

== stop and start: private IPv4 kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save private = Reservations[0].Instances[0].PrivateIpAddress
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PrivateIpAddress: $private

== stop and start: auto-assigned public IPv4 released, a new one at start
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save public = Reservations[0].Instances[0].PublicIpAddress
save eni = Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: -
= Reservations[0].Instances[0].PublicDnsName:
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save again = Reservations[0].Instances[0].PublicIpAddress
differ $public $again

== stop and start: Elastic IP kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 AllocateAddress {"Domain":"vpc"}
save alloc = AllocationId
save elastic = PublicIp
> ec2 AssociateAddress {"AllocationId":"$alloc","InstanceId":"$web"}
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: $elastic
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: $elastic

== stop and start: instance store erased
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large"}
save web = Instances[0].InstanceId
advance 120
> stratus WriteBlocks {"VolumeId":"$web/ephemeral0","Length":1000000}
see instance store of $web: ephemeral0 /dev/nvme1n1 75 GB, 1000000 bytes
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
see instance store of $web: ephemeral0 /dev/nvme1n1 75 GB, 0 bytes
event its instance store is erased

== stop and start: root volume kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save root = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId: $root
= Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.Status: attached

== stop and start: IPv6 kept
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","Ipv6AddressCount":1}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save six = Reservations[0].Instances[0].Ipv6Address
= Reservations[0].Instances[0].Ipv6Address: *:*:*
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].Ipv6Address: $six

== hibernate and start: physical host usually another
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 120
see first = host of $web
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
see host of $web: -
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
see second = host of $web
differ $first $second

== hibernate and start: private IPv4 kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save private = Reservations[0].Instances[0].PrivateIpAddress
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PrivateIpAddress: $private

== hibernate and start: auto-assigned public IPv4 new
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save public = Reservations[0].Instances[0].PublicIpAddress
save eni = Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: -
= Reservations[0].Instances[0].PublicDnsName:
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save again = Reservations[0].Instances[0].PublicIpAddress
differ $public $again

== hibernate and start: Elastic IP kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 120
> ec2 AllocateAddress {"Domain":"vpc"}
save alloc = AllocationId
save elastic = PublicIp
> ec2 AssociateAddress {"AllocationId":"$alloc","InstanceId":"$web"}
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: $elastic
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: $elastic

== hibernate and start: instance store erased
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 120
> stratus WriteBlocks {"VolumeId":"$web/ephemeral0","Length":1000000}
see instance store of $web: ephemeral0 /dev/nvme1n1 75 GB, 1000000 bytes
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
see instance store of $web: ephemeral0 /dev/nvme1n1 75 GB, 0 bytes
event its instance store is erased

== hibernate and start: root volume kept, with the memory
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save root = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId: $root
= Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.Status: attached
event its memory is on the root volume

== hibernate and start: IPv6 kept
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","Ipv6AddressCount":1,"HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":30,"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save six = Reservations[0].Instances[0].Ipv6Address
= Reservations[0].Instances[0].Ipv6Address: *:*:*
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].Ipv6Address: $six

== terminate: physical host left
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
see first = host of $web
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
see host of $web: -

== terminate: private IPv4 gone
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save private = Reservations[0].Instances[0].PrivateIpAddress
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PrivateIpAddress: -

== terminate: auto-assigned public IPv4 gone
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save public = Reservations[0].Instances[0].PublicIpAddress
save eni = Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: -

== terminate: Elastic IP disassociated
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 AllocateAddress {"Domain":"vpc"}
save alloc = AllocationId
save elastic = PublicIp
> ec2 AssociateAddress {"AllocationId":"$alloc","InstanceId":"$web"}
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeAddresses {"AllocationIds":["$alloc"]}
= Addresses[0].PublicIp: $elastic
= Addresses[0].AssociationId: -
= Addresses[0].InstanceId: -

== terminate: instance store erased
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5d.large"}
save web = Instances[0].InstanceId
advance 120
> stratus WriteBlocks {"VolumeId":"$web/ephemeral0","Length":1000000}
see instance store of $web: ephemeral0 /dev/nvme1n1 75 GB, 1000000 bytes
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
see instance store of $web: ephemeral0 /dev/nvme1n1 75 GB, 0 bytes
event its instance store is erased

== terminate: root volume deleted
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save root = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
# DeleteOnTermination is true for a root volume unless image or request say otherwise.
> ec2 DescribeVolumes {"VolumeIds":["$root"]}
! InvalidVolume.NotFound

== terminate: IPv6 gone
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","Ipv6AddressCount":1}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save six = Reservations[0].Instances[0].Ipv6Address
= Reservations[0].Instances[0].Ipv6Address: *:*:*
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].Ipv6Address: -
