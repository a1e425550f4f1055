# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html

== type, user data and the like can be changed while the instance is stopped only
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","InstanceType":{"Value":"t3.small"}}
! IncorrectInstanceState: The instance '$web' is not in the 'stopped' state.
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","UserData":{"Value":"IyEvYmluL3No"}}
! IncorrectInstanceState
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","EbsOptimized":{"Value":true}}
! IncorrectInstanceState
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","EnaSupport":{"Value":true}}
! IncorrectInstanceState
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","InstanceType":{"Value":"t3.small"}}
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","UserData":{"Value":"IyEvYmluL3No"}}
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"userData"}
= UserData.Value: IyEvYmluL3No
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"instanceType"}
= InstanceType.Value: t3.small
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].InstanceType: t3.small

== the new type must suit the machine
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","InstanceType":{"Value":"t4g.micro"}}
! InvalidParameterValue: architecture
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","InstanceType":{"Value":"t9.micro"}}
! InvalidParameterValue: Invalid value 't9.micro' for InstanceType.
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","InstanceType":{"Value":"m5d.large"}}
see instance store of $web: ephemeral0 /dev/nvme1n1 75 GB, 0 bytes

== a hibernated instance keeps its type
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
save web = Instances[0].InstanceId
advance 120
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
advance 60
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","InstanceType":{"Value":"t3.small"}}
! UnsupportedOperation: hibernated

== one attribute at a time
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","DisableApiTermination":{"Value":true},"DisableApiStop":{"Value":true}}
! InvalidParameterCombination
> ec2 ModifyInstanceAttribute {"InstanceId":"$web"}
! InvalidParameterCombination: No attributes specified.
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","Attribute":"disableApiTermination","Value":"perhaps"}
! InvalidParameterValue
> ec2 ModifyInstanceAttribute {"InstanceId":"i-00000000000000000","DisableApiTermination":{"Value":true}}
! InvalidInstanceID.NotFound

== source/destination check and groups, while there is one interface
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save subnet = Instances[0].SubnetId
save vpc = Instances[0].VpcId
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","SourceDestCheck":{"Value":false}}
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"sourceDestCheck"}
= SourceDestCheck.Value: false
> ec2 ResetInstanceAttribute {"InstanceId":"$web","Attribute":"sourceDestCheck"}
> ec2 DescribeInstances {}
= Reservations[0].Instances[0].SourceDestCheck: true
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web servers","VpcId":"$vpc"}
save sg = GroupId
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","Groups":["$sg"]}
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"groupSet"}
= Groups: [{"GroupId":"$sg","GroupName":"web"}]
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","Groups":["sg-00000000000000000"]}
! InvalidGroup.NotFound
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
advance 60
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$web","DeviceIndex":1}
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","SourceDestCheck":{"Value":false}}
! InvalidInstanceID: There are multiple interfaces attached to instance '$web'.

== every attribute can be asked for
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"rootDeviceName"}
= RootDeviceName.Value: /dev/xvda
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"userData"}
= UserData: {}
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"kernel"}
= KernelId: {}
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"ramdisk"}
= RamdiskId: {}
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"ebsOptimized"}
= EbsOptimized.Value: false
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"enaSupport"}
= EnaSupport.Value: true
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"sriovNetSupport"}
= SriovNetSupport.Value: simple
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"productCodes"}
= ProductCodes: []
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"disableApiStop"}
= DisableApiStop.Value: false
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"enclaveOptions"}
= EnclaveOptions.Enabled: false
> ec2 DescribeInstanceAttribute {"InstanceId":"$web","Attribute":"mood"}
! InvalidParameterValue

== what is terminated is no longer changed
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 TerminateInstances {"InstanceIds":["$web"]}
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","DisableApiTermination":{"Value":true}}
! IncorrectInstanceState
> ec2 ModifyInstanceMetadataOptions {"InstanceId":"$web","HttpTokens":"optional"}
! IncorrectInstanceState
