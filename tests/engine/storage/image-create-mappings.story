# CreateImage's own block device mappings: left out, changed, added.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdb","Ebs":{"VolumeSize":20,"VolumeType":"gp3"}}]}
save i = Instances[0].InstanceId
advance 60
> ec2 CreateImage {"InstanceId":"$i","Name":"slim","NoReboot":true,"BlockDeviceMappings":[{"DeviceName":"/dev/sdb","NoDevice":""},{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":16,"VolumeType":"gp2","DeleteOnTermination":false}},{"DeviceName":"/dev/sdc","Ebs":{"VolumeSize":5}},{"DeviceName":"/dev/sdd","VirtualName":"ephemeral0"}]}
save ami = ImageId
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].BlockDeviceMappings#: 3
= Images[0].BlockDeviceMappings[0].Ebs.VolumeSize: 16
= Images[0].BlockDeviceMappings[0].Ebs.VolumeType: gp2
= Images[0].BlockDeviceMappings[0].Ebs.DeleteOnTermination: false
= Images[0].BlockDeviceMappings[1].DeviceName: /dev/sdc
= Images[0].BlockDeviceMappings[1].Ebs.SnapshotId: -
= Images[0].BlockDeviceMappings[2].VirtualName: ephemeral0
> ec2 DescribeSnapshots {}
= Snapshots#: 1
> ec2 CreateImage {"InstanceId":"$i","Name":"no-root","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","NoDevice":""}]}
! InvalidBlockDeviceMapping: root device
> ec2 CreateImage {"InstanceId":"$i","Name":"smaller","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":7}}]}
! InvalidBlockDeviceMapping: expect size >= 8GB
> ec2 CreateImage {"InstanceId":"$i","Name":"twice","BlockDeviceMappings":[{"DeviceName":"/dev/sdc","Ebs":{"VolumeSize":1}},{"DeviceName":"/dev/sdc","Ebs":{"VolumeSize":1}}]}
! InvalidBlockDeviceMapping: more than once
> ec2 CreateImage {"InstanceId":"$i","Name":"encrypted","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
! InvalidBlockDeviceMapping: encrypted flag
> ec2 CreateImage {"InstanceId":"i-00000000000000001","Name":"nothing"}
! InvalidInstanceID.NotFound
