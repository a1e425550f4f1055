# Instance types.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html

== facts of a type
> ec2 DescribeInstanceTypes {"InstanceTypes":["t3.micro"]}
= InstanceTypes#: 1
= InstanceTypes[0].InstanceType: t3.micro
= InstanceTypes[0].CurrentGeneration: true
= InstanceTypes[0].VCpuInfo.DefaultVCpus: 2
= InstanceTypes[0].VCpuInfo.DefaultCores: 1
= InstanceTypes[0].VCpuInfo.DefaultThreadsPerCore: 2
= InstanceTypes[0].MemoryInfo.SizeInMiB: 1024
= InstanceTypes[0].Hypervisor: nitro
= InstanceTypes[0].BurstablePerformanceSupported: true
= InstanceTypes[0].HibernationSupported: true
= InstanceTypes[0].InstanceStorageSupported: false
= InstanceTypes[0].InstanceStorageInfo: -
= InstanceTypes[0].ProcessorInfo.SupportedArchitectures: ["x86_64"]
= InstanceTypes[0].SupportedRootDeviceTypes: ["ebs"]
= InstanceTypes[0].SupportedVirtualizationTypes: ["hvm"]
= InstanceTypes[0].NetworkInfo.MaximumNetworkInterfaces: 2
= InstanceTypes[0].NetworkInfo.Ipv4AddressesPerInterface: 2
= InstanceTypes[0].NetworkInfo.EnaSupport: required

== disks of the host
> ec2 DescribeInstanceTypes {"InstanceTypes":["m5d.large"]}
= InstanceTypes[0].InstanceStorageSupported: true
= InstanceTypes[0].InstanceStorageInfo.TotalSizeInGB: 75
= InstanceTypes[0].InstanceStorageInfo.Disks: [{"SizeInGB":75,"Count":1,"Type":"ssd"}]

== filters
> ec2 DescribeInstanceTypes {"Filters":[{"Name":"instance-type","Values":["t3.*"]}]}
= InstanceTypes#: 7
> ec2 DescribeInstanceTypes {"Filters":[{"Name":"instance-type","Values":["t4g.*"]},{"Name":"processor-info.supported-architecture","Values":["x86_64"]}]}
= InstanceTypes: []
> ec2 DescribeInstanceTypes {"Filters":[{"Name":"vcpu-info.default-vcpus","Values":["2"]},{"Name":"memory-info.size-in-mib","Values":["8192"]},{"Name":"instance-type","Values":["m5.*"]}]}
= InstanceTypes#: 1
= InstanceTypes[0].InstanceType: m5.large
> ec2 DescribeInstanceTypes {"Filters":[{"Name":"colour","Values":["red"]}]}
! InvalidParameterValue: The filter 'colour' is invalid

== pages of at most a hundred
> ec2 DescribeInstanceTypes {}
= InstanceTypes#: 100
save next = NextToken
> ec2 DescribeInstanceTypes {"NextToken":"$next"}
= InstanceTypes#: 100
> ec2 DescribeInstanceTypes {"MaxResults":5}
= InstanceTypes#: 5
= NextToken: *
> ec2 DescribeInstanceTypes {"MaxResults":101}
! InvalidParameterValue: maxResults
> ec2 DescribeInstanceTypes {"InstanceTypes":["t9.micro"]}
! InvalidInstanceType

== where a type can be had
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html
> ec2 DescribeInstanceTypeOfferings {"Filters":[{"Name":"instance-type","Values":["t3.micro"]}]}
= InstanceTypeOfferings: [{"InstanceType":"t3.micro","LocationType":"region","Location":"us-east-1"}]
> ec2 DescribeInstanceTypeOfferings {"LocationType":"availability-zone","Filters":[{"Name":"instance-type","Values":["t3.micro"]},{"Name":"location","Values":["us-east-1a"]}]}
= InstanceTypeOfferings[0].LocationType: availability-zone
= InstanceTypeOfferings[0].Location: us-east-1a
