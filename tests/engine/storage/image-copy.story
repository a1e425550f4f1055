# CopyImage: Regional; the copy has snapshots of its own.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save i = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$i","Name":"golden","NoReboot":true,"TagSpecifications":[{"ResourceType":"image","Tags":[{"Key":"team","Value":"blue"}]}]}
save ami = ImageId
region eu-west-1
> ec2 CopyImage {"Name":"golden","SourceImageId":"$ami","SourceRegion":"us-east-1"}
! InvalidAMIID.Unavailable
advance 300
> ec2 CopyImage {"Name":"golden","SourceImageId":"$ami","SourceRegion":"us-east-1","ClientToken":"once","CopyImageTags":true}
save copy = ImageId
> ec2 CopyImage {"Name":"golden","SourceImageId":"$ami","SourceRegion":"us-east-1","ClientToken":"once","CopyImageTags":true}
= ImageId: $copy
> ec2 DescribeImages {"ImageIds":["$copy"]}
= Images[0].State: pending
= Images[0].SourceImageId: $ami
= Images[0].SourceImageRegion: us-east-1
= Images[0].Tags[0].Value: blue
save s = Images[0].BlockDeviceMappings[0].Ebs.SnapshotId
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].Description: Copied for DestinationAmi $copy from SourceAmi $ami
advance 600
> ec2 RunInstances {"ImageId":"$copy","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 DescribeImages {"ImageIds":["$ami"]}
! InvalidAMIID.NotFound
> ec2 CopyImage {"Name":"golden","SourceImageId":"$ami","SourceRegion":"us-east-1"}
! InvalidAMIName.Duplicate
# A public image can be copied too, and encrypted on the way.
> ec2 CopyImage {"Name":"encrypted","SourceImageId":"ami-00000000000000001","SourceRegion":"us-east-1"}
! InvalidAMIID.NotFound
region us-east-1
> ec2 CopyImage {"Name":"encrypted","SourceImageId":"$al2023","SourceRegion":"us-east-1","Encrypted":true}
save enc = ImageId
> ec2 DescribeImages {"ImageIds":["$enc"]}
= Images[0].BlockDeviceMappings[0].Ebs.Encrypted: true
= Images[0].OwnerId: 123456789012
