# The EBS direct APIs: snapshots that are read and written block by block.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-accessing-snapshot.html
# https://docs.aws.amazon.com/ebs/latest/userguide/ebsapi-faq.html
== blocks of a snapshot of a volume
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
base64 hello = Hello, block
> stratus WriteBlocks {"VolumeId":"$v","Offset":1048576,"Data":"$hello"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save first = SnapshotId
> ebs ListSnapshotBlocks {"SnapshotId":"$first"}
! ValidationException
advance 600
> ebs ListSnapshotBlocks {"SnapshotId":"$first"}
= BlockSize: 524288
= VolumeSize: 1
= Blocks#: 1
= Blocks[0].BlockIndex: 2
= NextToken: -
save token = Blocks[0].BlockToken
> ebs GetSnapshotBlock {"SnapshotId":"$first","BlockIndex":2,"BlockToken":"$token"}
= DataLength: 524288
= ChecksumAlgorithm: SHA256
decoded BlockData: Hello, block*
> ebs GetSnapshotBlock {"SnapshotId":"$first","BlockIndex":3,"BlockToken":"$token"}
! ValidationException
# A block's token lasts seven days.
advance 604799
> ebs GetSnapshotBlock {"SnapshotId":"$first","BlockIndex":2,"BlockToken":"$token"}
advance 1
> ebs GetSnapshotBlock {"SnapshotId":"$first","BlockIndex":2,"BlockToken":"$token"}
! ValidationException: The block token has expired.

== what has changed between two snapshots
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
base64 one = one
base64 two = two
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Data":"$one"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save first = SnapshotId
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Data":"$two"}
> stratus WriteBlocks {"VolumeId":"$v","Offset":2621440,"Data":"$two"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save second = SnapshotId
advance 600
> ebs ListChangedBlocks {"FirstSnapshotId":"$first","SecondSnapshotId":"$second"}
= ChangedBlocks#: 2
= ChangedBlocks[0].BlockIndex: 0
= ChangedBlocks[0].FirstBlockToken: *
= ChangedBlocks[1].BlockIndex: 5
# The first snapshot has no such block.
= ChangedBlocks[1].FirstBlockToken: -
save before = ChangedBlocks[0].FirstBlockToken
save after = ChangedBlocks[0].SecondBlockToken
> ebs GetSnapshotBlock {"SnapshotId":"$first","BlockIndex":0,"BlockToken":"$before"}
decoded BlockData: one*
> ebs GetSnapshotBlock {"SnapshotId":"$second","BlockIndex":0,"BlockToken":"$after"}
decoded BlockData: two*
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save other = VolumeId
advance 60
> ec2 CreateSnapshot {"VolumeId":"$other"}
save stranger = SnapshotId
advance 600
> ebs ListChangedBlocks {"FirstSnapshotId":"$first","SecondSnapshotId":"$stranger"}
! ValidationException
said Reason: UNRELATED_SNAPSHOTS

== pages
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Length":131072000}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 600
> ebs ListSnapshotBlocks {"SnapshotId":"$s","MaxResults":100}
= Blocks#: 100
save page = NextToken
> ebs ListSnapshotBlocks {"SnapshotId":"$s","MaxResults":100,"NextToken":"$page","StartingBlockIndex":7}
= Blocks[0].BlockIndex: 100
> ebs ListSnapshotBlocks {"SnapshotId":"$s","StartingBlockIndex":240}
= Blocks#: 10
= NextToken: -
# A page's token lasts 60 minutes.
advance 3601
> ebs ListSnapshotBlocks {"SnapshotId":"$s","MaxResults":100,"NextToken":"$page"}
! ValidationException: The page token has expired.
said Reason: INVALID_PAGE_TOKEN

== a snapshot that is written, and a volume of it
block a = first block
block b = second block
> ebs StartSnapshot {"VolumeSize":1,"Description":"from the cellar","Tags":[{"Key":"Name","Value":"backup"}],"ClientToken":"t-1"}
= Status: pending
= BlockSize: 524288
save s = SnapshotId
> ebs StartSnapshot {"VolumeSize":1,"Description":"from the cellar","Tags":[{"Key":"Name","Value":"backup"}],"ClientToken":"t-1"}
= SnapshotId: $s
> ebs StartSnapshot {"VolumeSize":2,"ClientToken":"t-1"}
! ConflictException
> ebs PutSnapshotBlock {"SnapshotId":"$s","BlockIndex":7,"BlockData":"$b","DataLength":524288,"Checksum":"$a_sum","ChecksumAlgorithm":"SHA256"}
! ValidationException: The checksum is not that of the data.
> ebs PutSnapshotBlock {"SnapshotId":"$s","BlockIndex":7,"BlockData":"$b","DataLength":524288,"Checksum":"$b_sum","ChecksumAlgorithm":"SHA256","Progress":50}
= Checksum: $b_sum
> ebs PutSnapshotBlock {"SnapshotId":"$s","BlockIndex":0,"BlockData":"$a","DataLength":524288,"Checksum":"$a_sum","ChecksumAlgorithm":"SHA256"}
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].State: pending
= Snapshots[0].Progress: 50%
= Snapshots[0].Tags[0].Value: backup
> ebs CompleteSnapshot {"SnapshotId":"$s","ChangedBlocksCount":3}
! ValidationException
sums all = $a_sum $b_sum
> ebs CompleteSnapshot {"SnapshotId":"$s","ChangedBlocksCount":2,"Checksum":"$b_sum","ChecksumAlgorithm":"SHA256","ChecksumAggregationMethod":"LINEAR"}
! ValidationException
> ebs CompleteSnapshot {"SnapshotId":"$s","ChangedBlocksCount":2,"Checksum":"$all","ChecksumAlgorithm":"SHA256","ChecksumAggregationMethod":"LINEAR"}
= Status: pending
advance 600
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].State: completed
billed $s: 1 MiB
> ebs PutSnapshotBlock {"SnapshotId":"$s","BlockIndex":1,"BlockData":"$a","DataLength":524288,"Checksum":"$a_sum","ChecksumAlgorithm":"SHA256"}
! ValidationException
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$s"}
save v = VolumeId
advance 60
> stratus ReadBlocks {"VolumeId":"$v","Offset":3670016,"Length":12}
decoded Data: second block

== an incremental one holds what its parent holds
block a = first block
block b = second block
> ebs StartSnapshot {"VolumeSize":1}
save one = SnapshotId
> ebs PutSnapshotBlock {"SnapshotId":"$one","BlockIndex":0,"BlockData":"$a","DataLength":524288,"Checksum":"$a_sum","ChecksumAlgorithm":"SHA256"}
> ebs CompleteSnapshot {"SnapshotId":"$one","ChangedBlocksCount":1}
advance 600
> ebs StartSnapshot {"VolumeSize":1,"ParentSnapshotId":"$one","Encrypted":true}
! ValidationException
> ebs StartSnapshot {"VolumeSize":1,"ParentSnapshotId":"$one"}
= ParentSnapshotId: $one
save two = SnapshotId
> ebs PutSnapshotBlock {"SnapshotId":"$two","BlockIndex":1,"BlockData":"$b","DataLength":524288,"Checksum":"$b_sum","ChecksumAlgorithm":"SHA256"}
> ebs CompleteSnapshot {"SnapshotId":"$two","ChangedBlocksCount":1}
advance 600
billed $two: 0.5 MiB
> ebs ListSnapshotBlocks {"SnapshotId":"$two"}
= Blocks#: 2
> ebs ListChangedBlocks {"FirstSnapshotId":"$one","SecondSnapshotId":"$two"}
= ChangedBlocks#: 1
= ChangedBlocks[0].BlockIndex: 1
> ec2 DeleteSnapshot {"SnapshotId":"$one"}
billed $two: 1 MiB

== nobody writes for too long
> ebs StartSnapshot {"VolumeSize":1,"Timeout":10}
save s = SnapshotId
block a = late
advance 590
> ebs PutSnapshotBlock {"SnapshotId":"$s","BlockIndex":0,"BlockData":"$a","DataLength":524288,"Checksum":"$a_sum","ChecksumAlgorithm":"SHA256"}
advance 590
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].State: pending
advance 20
event pending → error
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].State: error
> ebs CompleteSnapshot {"SnapshotId":"$s","ChangedBlocksCount":1}
! ValidationException

== what is refused
> ebs ListSnapshotBlocks {"SnapshotId":"snap-0123456789abcdef0"}
! ResourceNotFoundException
said Reason: SNAPSHOT_NOT_FOUND
> ebs StartSnapshot {"VolumeSize":70000}
! ValidationException
said Reason: INVALID_VOLUME_SIZE
> ebs StartSnapshot {}
! ValidationException
block a = x
> ebs StartSnapshot {"VolumeSize":1}
save s = SnapshotId
> ebs PutSnapshotBlock {"SnapshotId":"$s","BlockIndex":2048,"BlockData":"$a","DataLength":524288,"Checksum":"$a_sum","ChecksumAlgorithm":"SHA256"}
! ValidationException
said Reason: INVALID_BLOCK
> ebs PutSnapshotBlock {"SnapshotId":"$s","BlockIndex":0,"BlockData":"AAAA","DataLength":3,"Checksum":"$a_sum","ChecksumAlgorithm":"SHA256"}
! ValidationException
said Reason: INVALID_BLOCK

== from the newer snapshot back to the elder: blocks that are gone, on both sides of those that stay
# https://docs.aws.amazon.com/ebs/latest/APIReference/API_ListChangedBlocks.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
# Blocks 3 and 4, then 0 to 9.
> stratus WriteBlocks {"VolumeId":"$v","Offset":1572864,"Length":1048576}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save elder = SnapshotId
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Length":5242880}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save newer = SnapshotId
advance 600
> ebs ListChangedBlocks {"FirstSnapshotId":"$newer","SecondSnapshotId":"$elder"}
= ChangedBlocks#: 10
= ChangedBlocks[0].BlockIndex: 0
= ChangedBlocks[0].FirstBlockToken: *
= ChangedBlocks[0].SecondBlockToken: -
= ChangedBlocks[2].BlockIndex: 2
= ChangedBlocks[3].BlockIndex: 3
= ChangedBlocks[3].FirstBlockToken: *
= ChangedBlocks[3].SecondBlockToken: *
= ChangedBlocks[4].BlockIndex: 4
= ChangedBlocks[5].BlockIndex: 5
= ChangedBlocks[5].SecondBlockToken: -
= ChangedBlocks[9].BlockIndex: 9
= ChangedBlocks[9].FirstBlockToken: *
> ebs ListChangedBlocks {"FirstSnapshotId":"$elder","SecondSnapshotId":"$newer"}
= ChangedBlocks#: 10
= ChangedBlocks[5].BlockIndex: 5
= ChangedBlocks[5].FirstBlockToken: -
= ChangedBlocks[5].SecondBlockToken: *
