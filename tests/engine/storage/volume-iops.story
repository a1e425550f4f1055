# IOPS and throughput: bounds and ratios. https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3","Iops":15000}
! InvalidParameterValue: Iops to volume size ratio of 750.000000 is too high; maximum is 500
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3","Iops":2999}
! InvalidParameterValue: minimum is 3000
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":200,"VolumeType":"gp3","Iops":80001}
! InvalidParameterValue: maximum is 80000
# A quarter of a MiB/s for each of the IOPS: 1,000 MiB/s need 4,000.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3","Throughput":1000}
! InvalidParameterValue: ratio of 0.333333 is too high; maximum is 0.250000
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3","Iops":4000,"Throughput":1000}
= Iops: 4000
= Throughput: 1000
save fast = VolumeId
meter $fast VolumeIops: 4000 × gp3 0s running
meter $fast VolumeThroughput: 1000 × gp3 0s running
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3","Iops":8004,"Throughput":2001}
! InvalidParameterValue: maximum is 2000
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3","Throughput":100}
! InvalidParameterValue: minimum is 125
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp2","Iops":300}
! InvalidParameterCombination: The parameter iops is not supported for gp2 volumes.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":125,"VolumeType":"st1","Iops":300}
! InvalidParameterCombination: The parameter iops is not supported for st1 volumes.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp2","Throughput":200}
! InvalidParameterCombination: The parameter throughput is not supported for gp2 volumes.
# io1: 50 a GiB; io2: 1,000 a GiB; both must be told how many.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"io1","Iops":1001}
! InvalidParameterValue: is too high; maximum is 50
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"io1","Iops":1000}
save io1 = VolumeId
meter $io1 VolumeIops: 1000 × io1 0s running
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"io2","Iops":20001}
! InvalidParameterValue: is too high; maximum is 1000
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"io2"}
! MissingParameter: iops
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"io1","Iops":99}
! InvalidParameterValue: minimum is 100
