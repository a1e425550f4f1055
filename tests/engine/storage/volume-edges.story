# The edges of each type: the largest size and the most IOPS and throughput are taken, one more is not.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp2","Size":16384}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp2","Size":16385}
! InvalidParameterValue: maximum is 16384GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3","Size":160,"Iops":80000,"Throughput":2000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3","Size":161,"Iops":80001}
! InvalidParameterValue: maximum is 80000
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3","Size":16,"Iops":8000,"Throughput":2000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3","Size":200,"Iops":8004,"Throughput":2001}
! InvalidParameterValue: maximum is 2000
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3","Size":159,"Iops":79500}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3","Size":159,"Iops":79501}
! InvalidParameterValue: maximum is 500
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3","Size":65537}
! InvalidParameterValue: maximum is 65536GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io1","Size":16384,"Iops":100}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io1","Size":16385,"Iops":100}
! InvalidParameterValue: maximum is 16384GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io1","Size":1280,"Iops":64000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io1","Size":1300,"Iops":64001}
! InvalidParameterValue: maximum is 64000
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io2","Size":65537,"Iops":100}
! InvalidParameterValue: maximum is 65536GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io2","Size":100,"Iops":100000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io2","Size":300,"Iops":256001}
! InvalidParameterValue: maximum is 256000
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"st1","Size":16384}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"st1","Size":16385}
! InvalidParameterValue: maximum is 16384GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"sc1","Size":16384}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"sc1","Size":16385}
! InvalidParameterValue: maximum is 16384GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"standard","Size":1024}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"standard","Size":1025}
! InvalidParameterValue: maximum is 1024GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp2","Size":1}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp2","Size":0}
! InvalidParameterValue: minimum is 1GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3","Size":1}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3","Size":0}
! InvalidParameterValue: minimum is 1GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io1","Size":4,"Iops":100}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io1","Size":3,"Iops":100}
! InvalidParameterValue: minimum is 4GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io2","Size":3,"Iops":100}
! InvalidParameterValue: minimum is 4GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"st1","Size":125}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"st1","Size":124}
! InvalidParameterValue: minimum is 125GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"sc1","Size":125}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"sc1","Size":124}
! InvalidParameterValue: minimum is 125GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"standard","Size":1}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"standard","Size":0}
! InvalidParameterValue: minimum is 1GiB
# What a type allows may still be more than the Region's quota: io2 has 20 TiB and 100,000 IOPS, gp3 50 TiB.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io2","Size":65536,"Iops":100}
! VolumeLimitExceeded: 20 TiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"io2","Size":256,"Iops":256000}
! MaxIOPSLimitExceeded
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3","Size":65536}
! VolumeLimitExceeded: 50 TiB

== sc1 has one pending snapshot at a time, as st1 has
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-create-snapshot.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":125,"VolumeType":"sc1"}
save cold = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$cold"}
> ec2 CreateSnapshot {"VolumeId":"$cold"}
! ConcurrentSnapshotLimitExceeded
advance 60
> ec2 CreateSnapshot {"VolumeId":"$cold"}

== sixteen instances share a Multi-Attach volume, a seventeenth does not
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes-multi.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"io1","Iops":100,"MultiAttachEnabled":true}
save v = VolumeId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":16,"MaxCount":16,"InstanceType":"t3.nano","Placement":{"AvailabilityZone":"us-east-1a"}}
save ia = Instances[0].InstanceId
save ib = Instances[1].InstanceId
save ic = Instances[2].InstanceId
save id = Instances[3].InstanceId
save ie = Instances[4].InstanceId
save if = Instances[5].InstanceId
save ig = Instances[6].InstanceId
save ih = Instances[7].InstanceId
save ii = Instances[8].InstanceId
save ij = Instances[9].InstanceId
save ik = Instances[10].InstanceId
save il = Instances[11].InstanceId
save im = Instances[12].InstanceId
save in = Instances[13].InstanceId
save io = Instances[14].InstanceId
save ip = Instances[15].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.nano","Placement":{"AvailabilityZone":"us-east-1a"}}
save more = Instances[0].InstanceId
advance 60
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$ia","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$ib","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$ic","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$id","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$ie","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$if","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$ig","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$ih","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$ii","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$ij","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$ik","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$il","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$im","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$in","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$io","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$ip","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$more","Device":"/dev/sdf"}
! AttachmentLimitExceeded: a Multi-Attach volume 16 instances
advance 10
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].Attachments#: 16
# One goes, one may come.
> ec2 DetachVolume {"VolumeId":"$v","InstanceId":"$ia"}
advance 10
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$more","Device":"/dev/sdf"}

== an instance on Nitro takes 27 volumes beside its network interface
# 28 attachments in all. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/volume_limits.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vaa = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vab = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vac = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vad = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vae = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vaf = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vag = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vah = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vai = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vaj = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vak = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save val = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vam = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save van = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vao = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vap = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vaq = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save var = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vas = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vat = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vau = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vav = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vaw = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vax = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vay = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vaz = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save vba = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$vaa","InstanceId":"$web","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$vab","InstanceId":"$web","Device":"/dev/sdg"}
> ec2 AttachVolume {"VolumeId":"$vac","InstanceId":"$web","Device":"/dev/sdh"}
> ec2 AttachVolume {"VolumeId":"$vad","InstanceId":"$web","Device":"/dev/sdi"}
> ec2 AttachVolume {"VolumeId":"$vae","InstanceId":"$web","Device":"/dev/sdj"}
> ec2 AttachVolume {"VolumeId":"$vaf","InstanceId":"$web","Device":"/dev/sdk"}
> ec2 AttachVolume {"VolumeId":"$vag","InstanceId":"$web","Device":"/dev/sdl"}
> ec2 AttachVolume {"VolumeId":"$vah","InstanceId":"$web","Device":"/dev/sdm"}
> ec2 AttachVolume {"VolumeId":"$vai","InstanceId":"$web","Device":"/dev/sdn"}
> ec2 AttachVolume {"VolumeId":"$vaj","InstanceId":"$web","Device":"/dev/sdo"}
> ec2 AttachVolume {"VolumeId":"$vak","InstanceId":"$web","Device":"/dev/sdp"}
> ec2 AttachVolume {"VolumeId":"$val","InstanceId":"$web","Device":"/dev/sdq"}
> ec2 AttachVolume {"VolumeId":"$vam","InstanceId":"$web","Device":"/dev/sdr"}
> ec2 AttachVolume {"VolumeId":"$van","InstanceId":"$web","Device":"/dev/sds"}
> ec2 AttachVolume {"VolumeId":"$vao","InstanceId":"$web","Device":"/dev/sdt"}
> ec2 AttachVolume {"VolumeId":"$vap","InstanceId":"$web","Device":"/dev/sdu"}
> ec2 AttachVolume {"VolumeId":"$vaq","InstanceId":"$web","Device":"/dev/sdv"}
> ec2 AttachVolume {"VolumeId":"$var","InstanceId":"$web","Device":"/dev/sdw"}
> ec2 AttachVolume {"VolumeId":"$vas","InstanceId":"$web","Device":"/dev/sdx"}
> ec2 AttachVolume {"VolumeId":"$vat","InstanceId":"$web","Device":"/dev/sdy"}
> ec2 AttachVolume {"VolumeId":"$vau","InstanceId":"$web","Device":"/dev/sdz"}
> ec2 AttachVolume {"VolumeId":"$vav","InstanceId":"$web","Device":"/dev/xvdba"}
> ec2 AttachVolume {"VolumeId":"$vaw","InstanceId":"$web","Device":"/dev/xvdbb"}
> ec2 AttachVolume {"VolumeId":"$vax","InstanceId":"$web","Device":"/dev/xvdbc"}
> ec2 AttachVolume {"VolumeId":"$vay","InstanceId":"$web","Device":"/dev/xvdbd"}
> ec2 AttachVolume {"VolumeId":"$vaz","InstanceId":"$web","Device":"/dev/xvdbe"}
> ec2 AttachVolume {"VolumeId":"$vba","InstanceId":"$web","Device":"/dev/xvdbf"}
! AttachmentLimitExceeded: takes at most 27 volumes
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.instance-id","Values":["$web"]}]}
= Volumes#: 27
