# CreateImage: a snapshot of each volume; pending until they are complete.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-ebs.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdb","Ebs":{"VolumeSize":20,"VolumeType":"gp3"}}]}
save i = Instances[0].InstanceId
> ec2 CreateImage {"InstanceId":"$i","Name":"golden"}
! IncorrectState
advance 60
> ec2 CreateImage {"InstanceId":"$i","Name":"golden","Description":"the one","NoReboot":true,"TagSpecifications":[{"ResourceType":"image","Tags":[{"Key":"Name","Value":"golden"}]},{"ResourceType":"snapshot","Tags":[{"Key":"of","Value":"golden"}]}]}
save ami = ImageId
= ImageId: ami-0*
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].State: pending
= Images[0].Name: golden
= Images[0].Description: the one
= Images[0].OwnerId: 123456789012
= Images[0].ImageLocation: 123456789012/golden
= Images[0].Public: false
= Images[0].Architecture: x86_64
= Images[0].VirtualizationType: hvm
= Images[0].RootDeviceType: ebs
= Images[0].RootDeviceName: /dev/xvda
= Images[0].SourceInstanceId: $i
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify-source-ami-used-to-create-new-ami.html
= Images[0].SourceImageId: $al2023
= Images[0].SourceImageRegion: us-east-1
= Images[0].ImdsSupport: v2.0
= Images[0].CreationDate: 2025-03-03T09:01:00.000Z
= Images[0].BlockDeviceMappings#: 2
= Images[0].BlockDeviceMappings[0].DeviceName: /dev/xvda
= Images[0].BlockDeviceMappings[0].Ebs.VolumeSize: 8
= Images[0].BlockDeviceMappings[0].Ebs.DeleteOnTermination: true
= Images[0].BlockDeviceMappings[1].DeviceName: /dev/sdb
= Images[0].BlockDeviceMappings[1].Ebs.VolumeSize: 20
= Images[0].Tags[0].Value: golden
save s = Images[0].BlockDeviceMappings[0].Ebs.SnapshotId
> ec2 DescribeSnapshots {"Filters":[{"Name":"tag:of","Values":["golden"]}]}
= Snapshots#: 2
= Snapshots[0].Description: Created by CreateImage($i) for $ami
> ec2 RunInstances {"ImageId":"$ami","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidAMIID.Unavailable
advance 300
event pending → available
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1
= Images[0].State: available
> ec2 RunInstances {"ImageId":"$ami","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
= Instances[0].ImageId: $ami
advance 60
> ec2 DescribeVolumes {"Filters":[{"Name":"snapshot-id","Values":["$s"]}]}
= Volumes#: 1
= Volumes[0].Size: 8
> ec2 CreateImage {"InstanceId":"$i","Name":"golden"}
! InvalidAMIName.Duplicate: AMI name golden is already in use by AMI $ami
> ec2 CreateImage {"InstanceId":"$i","Name":"gold*n"}
! InvalidAMIName.Malformed
