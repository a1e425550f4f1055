# DescribeImages: the catalogue and one's own; owners, filters, deprecated ones, pages.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html
> ec2 DescribeImages {"ImageIds":["$al2023"]}
= Images#: 1
= Images[0].ImageOwnerAlias: amazon
= Images[0].OwnerId: 137112412989
= Images[0].Public: true
= Images[0].State: available
= Images[0].PlatformDetails: Linux/UNIX
= Images[0].UsageOperation: RunInstances
= Images[0].Platform: -
= Images[0].Hypervisor: xen
= Images[0].ImageType: machine
= Images[0].CreationDate: 2025-02-19T12:00:00.000Z
= Images[0].DeprecationTime: 2027-02-19T12:00:00.000Z
= Images[0].BlockDeviceMappings[0].Ebs.VolumeSize: 8
= Images[0].Tags: -
> ec2 DescribeImages {"ImageIds":["$windows"]}
= Images[0].Platform: windows
= Images[0].PlatformDetails: Windows
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 0
> ec2 DescribeImages {"Owners":["amazon"],"Filters":[{"Name":"name","Values":["al2023-ami-2023.*-x86_64"]},{"Name":"architecture","Values":["x86_64"]}]}
= Images[0].ImageId: $al2023
> ec2 DescribeImages {"Filters":[{"Name":"platform","Values":["windows"]},{"Name":"root-device-type","Values":["instance-store"]}]}
= Images#: 0
> ec2 DescribeImages {"Filters":[{"Name":"block-device-mapping.volume-size","Values":["30"]},{"Name":"platform","Values":["windows"]},{"Name":"image-id","Values":["$windows"]}]}
= Images#: 1
> ec2 DescribeImages {"ExecutableUsers":["self"]}
= Images#: 0
> ec2 DescribeImages {"ExecutableUsers":["all"],"Filters":[{"Name":"image-id","Values":["$ubuntu"]}]}
= Images[0].OwnerId: 099720109477
# Images of 2014 are deprecated: seen only when asked for, or named.
> ec2 DescribeImages {"Filters":[{"Name":"virtualization-type","Values":["paravirtual"]},{"Name":"image-id","Values":["$pv"]}]}
= Images#: 0
> ec2 DescribeImages {"IncludeDeprecated":true,"Filters":[{"Name":"virtualization-type","Values":["paravirtual"]},{"Name":"image-id","Values":["$pv"]}]}
= Images#: 1
= Images[0].KernelId: aki-*
> ec2 DescribeImages {"ImageIds":["$pv"]}
= Images#: 1
> ec2 DescribeImages {"MaxResults":2}
= Images#: 2
save next = NextToken
> ec2 DescribeImages {"MaxResults":2,"NextToken":"$next"}
= Images#: 2
> ec2 DescribeImages {"Filters":[{"Name":"nonsense","Values":["1"]}]}
! InvalidParameterValue: nonsense
> ec2 DescribeImages {"ImageIds":["ami-12"]}
! InvalidAMIID.Malformed
region eu-west-1
> ec2 DescribeImages {"Owners":["amazon"],"Filters":[{"Name":"image-id","Values":["$al2023"]}]}
= Images[0].BlockDeviceMappings[0].Ebs.SnapshotId: snap-*
