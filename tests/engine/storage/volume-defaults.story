# What each type has when nothing is said. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
# CreateVolume's default type is gp2.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8}
= VolumeType: gp2
= Iops: 100
= Throughput: -
# gp2: 3 IOPS a GiB, at least 100, at most 16,000.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":500,"VolumeType":"gp2"}
= Iops: 1500
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":16384,"VolumeType":"gp2"}
= Iops: 16000
# gp3 has 3,000 IOPS and 125 MiB/s at any size.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
= Iops: 3000
= Throughput: 125
# Hard disks and magnetic show no IOPS.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":125,"VolumeType":"st1"}
= Iops: -
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":125,"VolumeType":"sc1"}
= Iops: -
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"standard"}
= Iops: -
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":4,"VolumeType":"io1","Iops":200}
= Iops: 200
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":4,"VolumeType":"io2","Iops":4000}
= Iops: 4000
