# Filters that AWS documents and that few people use.

== of instances and their status
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro"}
save old = Instances[0].InstanceId
advance 600
> ec2 DescribeInstances {"Filters":[{"Name":"metadata-options.state","Values":["applied"]}]}
= Reservations#: 2
# Checks of attached volumes are the Nitro system's.
> ec2 DescribeInstanceStatus {"Filters":[{"Name":"attached-ebs-status.status","Values":["ok"]}]}
= InstanceStatuses#: 1
= InstanceStatuses[0].InstanceId: $web
= InstanceStatuses[0].AttachedEbsStatus.Details[0].Status: passed
> ec2 DescribeInstanceStatus {"Filters":[{"Name":"operator.managed","Values":["false"]}]}
= InstanceStatuses#: 2
> ec2 DescribeInstanceStatus {"Filters":[{"Name":"operator.principal","Values":["*"]}]}
= InstanceStatuses: []
> ec2 DescribeInstanceStatus {"Filters":[{"Name":"application-status.status","Values":["ok"]}]}
= InstanceStatuses: []

== of instance types
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html
> ec2 DescribeInstanceTypes {"InstanceTypes":["m5.xlarge","m5.2xlarge","m4.xlarge"]}
= InstanceTypes[0].VCpuInfo.ValidCores: [1,2]
= InstanceTypes[1].VCpuInfo.ValidCores: [2,4]
= InstanceTypes[2].VCpuInfo.ValidCores: [2]
> ec2 DescribeInstanceTypes {"Filters":[{"Name":"vcpu-info.valid-cores","Values":["3"]},{"Name":"instance-type","Values":["m6g.*"]},{"Name":"vcpu-info.default-cores","Values":["4"]}]}
= InstanceTypes#: 1
= InstanceTypes[0].InstanceType: m6g.xlarge
> ec2 DescribeInstanceTypes {"Filters":[{"Name":"network-info.encryption-in-transit-supported","Values":["true"]},{"Name":"instance-type","Values":["*.large"]},{"Name":"memory-info.size-in-mib","Values":["8192"]},{"Name":"processor-info.supported-architecture","Values":["x86_64"]},{"Name":"instance-type","Values":["m6i.*"]}]}
= InstanceTypes[0].InstanceType: m6i.large
> ec2 DescribeInstanceTypes {"Filters":[{"Name":"network-info.nonsense","Values":["true"]}]}
! InvalidParameterValue: The filter 'network-info.nonsense' is invalid

== of images
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
> ec2 DescribeImages {"Filters":[{"Name":"public-ssm-parameter-name","Values":["/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"]}]}
= Images#: 1
= Images[0].ImageId: $al2023
> ec2 DescribeImages {"ImageIds":["$al2023","$pv"],"Filters":[{"Name":"boot-mode","Values":["uefi*"]}]}
= Images#: 1
= Images[0].ImageId: $al2023
> ec2 DescribeImages {"Filters":[{"Name":"image-watermark.watermark-key","Values":["*"]}]}
= Images: []

== of Spot requests and volumes
> ec2 RequestSpotInstances {"SpotPrice":"0.0001","LaunchSpecification":{"ImageId":"$al2023","InstanceType":"m5.large","NetworkInterfaces":[{"DeviceIndex":0,"AssociatePublicIpAddress":true,"Description":"a spare"}]}}
> ec2 DescribeSpotInstanceRequests {"Filters":[{"Name":"network-interface.description","Values":["a spare"]},{"Name":"network-interface.device-index","Values":["0"]}]}
= SpotInstanceRequests#: 1
> ec2 DescribeSpotInstanceRequests {"Filters":[{"Name":"network-interface.subnet-id","Values":["*"]}]}
= SpotInstanceRequests: []
> ec2 DescribeVolumeStatus {"Filters":[{"Name":"attachment-status.instance-id","Values":["i-00000000000000000"]}]}
= VolumeStatuses: []
