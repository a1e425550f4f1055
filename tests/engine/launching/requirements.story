# Types by what they must have.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetInstanceTypesFromInstanceRequirements.html

== vCPUs and memory
> ec2 GetInstanceTypesFromInstanceRequirements {"ArchitectureTypes":["x86_64"],"VirtualizationTypes":["hvm"],"InstanceRequirements":{"VCpuCount":{"Min":2,"Max":2},"MemoryMiB":{"Min":8192,"Max":8192},"AllowedInstanceTypes":["m5*"]}}
= InstanceTypes[0].InstanceType: m5.large
> ec2 GetInstanceTypesFromInstanceRequirements {"ArchitectureTypes":["x86_64"],"VirtualizationTypes":["hvm"],"InstanceRequirements":{"VCpuCount":{"Min":2,"Max":2},"MemoryMiB":{"Min":1024,"Max":1024}}}
# Burstable types are left out unless they are asked for.
= InstanceTypes: []
> ec2 GetInstanceTypesFromInstanceRequirements {"ArchitectureTypes":["x86_64"],"VirtualizationTypes":["hvm"],"InstanceRequirements":{"VCpuCount":{"Min":2,"Max":2},"MemoryMiB":{"Min":1024,"Max":1024},"BurstablePerformance":"required","CpuManufacturers":["intel"]}}
= InstanceTypes: [{"InstanceType":"t3.micro"}]
> ec2 GetInstanceTypesFromInstanceRequirements {"ArchitectureTypes":["arm64"],"VirtualizationTypes":["hvm"],"InstanceRequirements":{"VCpuCount":{"Min":1},"MemoryMiB":{"Min":1},"CpuManufacturers":["intel"]}}
= InstanceTypes: []
> ec2 GetInstanceTypesFromInstanceRequirements {"ArchitectureTypes":["x86_64"],"VirtualizationTypes":["hvm"],"InstanceRequirements":{"VCpuCount":{"Min":1},"MemoryMiB":{"Min":1},"LocalStorage":"required","LocalStorageTypes":["ssd"],"TotalLocalStorageGB":{"Min":70,"Max":80},"ExcludedInstanceTypes":["m5ad.*","r*"]},"MaxResults":1}
= InstanceTypes#: 1
= NextToken: *
> ec2 GetInstanceTypesFromInstanceRequirements {"ArchitectureTypes":["x86_64"],"VirtualizationTypes":["hvm"],"InstanceRequirements":{"VCpuCount":{"Min":4,"Max":2},"MemoryMiB":{"Min":1}}}
! InvalidParameterValue
> ec2 GetInstanceTypesFromInstanceRequirements {"ArchitectureTypes":["x86_64"],"VirtualizationTypes":["hvm"],"InstanceRequirements":{"VCpuCount":{"Min":4},"MemoryMiB":{"Min":1},"AllowedInstanceTypes":["m5*"],"ExcludedInstanceTypes":["t3*"]}}
! InvalidParameterCombination
> ec2 GetInstanceTypesFromInstanceRequirements {"ArchitectureTypes":["x86_64"],"VirtualizationTypes":["hvm"],"InstanceRequirements":{"VCpuCount":{"Min":4}}}
! MissingParameter

== how well Spot would place them
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetSpotPlacementScores.html
> ec2 GetSpotPlacementScores {"InstanceTypes":["m5.large","c5.large"],"TargetCapacity":4,"RegionNames":["us-east-1","eu-west-1"]}
= SpotPlacementScores#: 2
= SpotPlacementScores[0].Score: *
> ec2 GetSpotPlacementScores {"InstanceTypes":["m5.large"],"TargetCapacity":4,"RegionNames":["us-east-1"],"SingleAvailabilityZone":true}
= SpotPlacementScores#: 5
= SpotPlacementScores[0].AvailabilityZoneId: use1-az*
> ec2 GetSpotPlacementScores {"InstanceTypes":["m9.large"],"TargetCapacity":4}
! InvalidParameterValue
> ec2 GetSpotPlacementScores {"TargetCapacity":4}
! MissingParameter
