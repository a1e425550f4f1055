# Volumes and instances that are made of a disk whose parts a manifest lists: the elder way to import.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportVolume.html
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportInstance.html
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/manifest.html
== a volume of two parts, the second of which comes later
> s3 CreateBucket {"Bucket":"disks"}
base64 manifest = <?xml version="1.0"?>\n<manifest><version>2010-11-15</version><file-format>RAW</file-format><importer><name>mine</name></importer><import><size>17</size><volume-size>2</volume-size><parts count="2"><part index="0"><byte-range start="0" end="9"/><key>disk.part0</key></part><part index="1"><byte-range start="10" end="16"/><key>disk.part1</key><get-url>https://s3.amazonaws.com/disks/disk.part1?Expires=1&amp;Signature=x</get-url></part></parts></import></manifest>
# The manifest has to be there, and to be one.
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":17,"ImportManifestUrl":"https://s3.amazonaws.com/disks/manifest.xml?Signature=x"},"Volume":{"Size":2}}
! InvalidManifest: HTTP 404 (Not Found)
> s3 PutObject {"Bucket":"disks","Key":"none.xml","Body":"SGVsbG8="}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":17,"ImportManifestUrl":"s3://disks/none.xml"},"Volume":{"Size":2}}
! InvalidManifest
> s3 PutObject {"Bucket":"disks","Key":"manifest.xml","Body":"$manifest"}
> s3 PutObject {"Bucket":"disks","Key":"disk.part0","Body":"SGVsbG8gZnJvbQ=="}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1z","Image":{"Format":"RAW","Bytes":17,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":2}}
! InvalidZone.NotFound
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":17,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":0}}
! InvalidParameterValue
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Description":"data","Image":{"Format":"RAW","Bytes":17,"ImportManifestUrl":"https://s3.amazonaws.com/disks/manifest.xml?Signature=x"},"Volume":{"Size":2}}
= ConversionTask.ConversionTaskId: import-vol-*
= ConversionTask.State: active
= ConversionTask.StatusMessage: Pending
= ConversionTask.ExpirationTime: 2025-03-10T09:00:00Z
= ConversionTask.ImportVolume.BytesConverted: 0
= ConversionTask.ImportVolume.Image.Size: 17
= ConversionTask.ImportVolume.Volume: {"Size":2}
save task = ConversionTask.ConversionTaskId
# It waits for its upload.
advance 3600
> ec2 DescribeConversionTasks {"ConversionTaskIds":["$task"]}
= ConversionTasks[0].StatusMessage: Pending
> s3 PutObject {"Bucket":"disks","Key":"disk.part1","Body":"IGEgZGlzaw=="}
advance 25
> ec2 DescribeConversionTasks {}
= ConversionTasks[0].State: active
= ConversionTasks[0].StatusMessage: Progress: 50%
= ConversionTasks[0].ImportVolume.BytesConverted: 8
advance 60
> ec2 DescribeConversionTasks {"ConversionTaskIds":["$task"]}
= ConversionTasks[0].State: completed
= ConversionTasks[0].StatusMessage: -
= ConversionTasks[0].ImportVolume.BytesConverted: 17
save v = ConversionTasks[0].ImportVolume.Volume.Id
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available
= Volumes[0].Size: 2
= Volumes[0].AvailabilityZone: us-east-1a
> stratus ReadBlocks {"VolumeId":"$v","Length":17}
decoded Data: Hello from a disk
> ec2 CancelConversionTask {"ConversionTaskId":"$task"}
! IncorrectState
> ec2 DescribeConversionTasks {"ConversionTaskIds":["import-vol-0123456789abcdef0"]}
! InvalidConversionTaskId
> ec2 DescribeConversionTasks {"ConversionTaskIds":["import-vol-x"]}
! InvalidConversionTaskId.Malformed

== an upload that never comes, and one that is given up
> s3 CreateBucket {"Bucket":"disks"}
base64 manifest = <manifest><import><size>5</size><volume-size>1</volume-size><parts count="1"><part index="0"><byte-range start="0" end="4"/><key>disk</key></part></parts></import></manifest>
> s3 PutObject {"Bucket":"disks","Key":"manifest.xml","Body":"$manifest"}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":1}}
save task = ConversionTask.ConversionTaskId
> ec2 ImportVolume {"AvailabilityZone":"us-east-1b","Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":1}}
save other = ConversionTask.ConversionTaskId
> ec2 CancelConversionTask {"ConversionTaskId":"$other","ReasonMessage":"changed my mind"}
> ec2 DescribeConversionTasks {"ConversionTaskIds":["$other"]}
= ConversionTasks[0].State: cancelled
= ConversionTasks[0].StatusMessage: changed my mind
> stratus AdvanceClock {"Seconds":604800}
> ec2 DescribeConversionTasks {"ConversionTaskIds":["$task"]}
= ConversionTasks[0].State: cancelled
= ConversionTasks[0].StatusMessage: *expired*
# Nothing comes of what is uploaded too late.
> s3 PutObject {"Bucket":"disks","Key":"disk","Body":"SGVsbG8="}
advance 600
> ec2 DescribeVolumes {}
= Volumes#: 0
# Another form of disk cannot be read, and a file that is not as long as its manifest says is none.
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"VMDK","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":1}}
save vmdk = ConversionTask.ConversionTaskId
> s3 PutObject {"Bucket":"disks","Key":"disk","Body":"SGVsbG8h"}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":1}}
save long = ConversionTask.ConversionTaskId
> s3 PutObject {"Bucket":"disks","Key":"disk","Body":"SGVsbG8="}
> ec2 DescribeConversionTasks {"ConversionTaskIds":["$long"]}
= ConversionTasks[0].State: active
> s3 PutObject {"Bucket":"disks","Key":"disk","Body":"SGVsbG8h"}
advance 60
> ec2 DescribeConversionTasks {"ConversionTaskIds":["$long","$vmdk"]}
= ConversionTasks[0].State: cancelled
= ConversionTasks[0].StatusMessage: ClientError: Disk validation failed*
= ConversionTasks[1].StatusMessage: ClientError: Disk validation failed [Expected 5 bytes, found 6]

== no more than five at once
> s3 CreateBucket {"Bucket":"disks"}
base64 manifest = <manifest><import><size>5</size><parts count="1"><part index="0"><byte-range start="0" end="4"/><key>disk</key></part></parts></import></manifest>
> s3 PutObject {"Bucket":"disks","Key":"manifest.xml","Body":"$manifest"}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":1}}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":1}}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":1}}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":1}}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":1}}
> ec2 ImportVolume {"AvailabilityZone":"us-east-1a","Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":1}}
! ResourceLimitExceeded

== an instance comes stopped, with the disk as its root
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save subnet = Subnets[0].SubnetId
> s3 CreateBucket {"Bucket":"disks"}
base64 manifest = <manifest><import><size>5</size><volume-size>1</volume-size><parts count="1"><part index="0"><byte-range start="0" end="4"/><key>disk</key></part></parts></import></manifest>
> s3 PutObject {"Bucket":"disks","Key":"manifest.xml","Body":"$manifest"}
> s3 PutObject {"Bucket":"disks","Key":"disk","Body":"SGVsbG8="}
> ec2 ImportInstance {"Platform":"Linux","DiskImages":[{"Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":30}}]}
! InvalidParameterValue
> ec2 ImportInstance {"Platform":"Windows"}
! MissingParameter
> ec2 ImportInstance {"Platform":"Windows","LaunchSpecification":{"InstanceType":"t3.micro","SubnetId":"subnet-0123456789abcdef0"},"DiskImages":[{"Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":30}}]}
! InvalidSubnetID.NotFound
> ec2 ImportInstance {"Platform":"Windows","Description":"old server","LaunchSpecification":{"Architecture":"x86_64","InstanceType":"t3.micro","SubnetId":"$subnet"},"DiskImages":[{"Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":30}}]}
= ConversionTask.ConversionTaskId: import-i-*
= ConversionTask.ImportInstance.Platform: Windows
= ConversionTask.ImportInstance.Volumes[0].Status: active
= ConversionTask.ImportInstance.Volumes[0].AvailabilityZone: us-east-1b
save task = ConversionTask.ConversionTaskId
advance 340
> ec2 DescribeConversionTasks {"ConversionTaskIds":["$task"]}
= ConversionTasks[0].State: active
= ConversionTasks[0].StatusMessage: Booting
save web = ConversionTasks[0].ImportInstance.InstanceId
save v = ConversionTasks[0].ImportInstance.Volumes[0].Volume.Id
> stratus ReadBlocks {"VolumeId":"$v","Length":5}
decoded Data: Hello
> ec2 CancelConversionTask {"ConversionTaskId":"$task"}
! IncorrectState
advance 600
> ec2 DescribeConversionTasks {"ConversionTaskIds":["$task"]}
= ConversionTasks[0].State: completed
= ConversionTasks[0].ImportInstance.Volumes[0].Volume.Id: $v
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].State.Name: stopped
= Reservations[0].Instances[0].Platform: windows
= Reservations[0].Instances[0].SubnetId: $subnet
= Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId: $v
# No image was left behind.
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 0
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 600
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].State.Name: running
# What cannot be launched ends the task, and says why.
> ec2 ImportInstance {"Platform":"Windows","LaunchSpecification":{"InstanceType":"t3.micro","SubnetId":"$subnet","GroupIds":["sg-0123456789abcdef0"]},"DiskImages":[{"Image":{"Format":"RAW","Bytes":5,"ImportManifestUrl":"s3://disks/manifest.xml"},"Volume":{"Size":30}}]}
save task = ConversionTask.ConversionTaskId
advance 600
> ec2 DescribeConversionTasks {"ConversionTaskIds":["$task"]}
= ConversionTasks[0].State: cancelled
= ConversionTasks[0].StatusMessage: ClientError: *sg-0123456789abcdef0*
