# The archive of snapshots: 0.0125 USD a GB-month, 0.03 USD for each GB that a restore brings, 90 days at least.
# https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive-pricing.html, https://aws.amazon.com/ebs/pricing/
== restored for some days both tiers are billed; deleted after 40 days, the other 50 are charged
> stratus SetTiming {"Name":"snapshot.archiving","MinimumMillis":3600000,"MaximumMillis":3600000}
> stratus SetTiming {"Name":"snapshot.restoring","MinimumMillis":3600000,"MaximumMillis":3600000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3"}
save volume = VolumeId
advance 60
> stratus WriteBlocks {"VolumeId":"$volume","Offset":0,"Length":107374182400}
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save one = SnapshotId
advance 86400
> ec2 DeleteVolume {"VolumeId":"$volume"}
> ec2 ModifySnapshotTier {"SnapshotId":"$one","StorageTier":"archive"}
advance 3600
meter $one SnapshotBlocks: 204800 × standard 90000s ended; 204800 × archive 0s running
meter $one ArchiveRetrieval: none
# 100 GB × 0.03 USD = 3 USD, once; and the copy costs what the standard tier does.
> ec2 RestoreSnapshotTier {"SnapshotId":"$one","TemporaryRestoreDays":2}
advance 3600
meter $one ArchiveRetrieval: 107374182400 × retrieval 0s ended
meter $one RestoredBlocks: 204800 × standard 0s running
> ec2 RestoreSnapshotTier {"SnapshotId":"$one","TemporaryRestoreDays":3}
advance 259200
meter $one ArchiveRetrieval: 107374182400 × retrieval 0s ended
meter $one RestoredBlocks: 204800 × standard 259200s ended
meter $one ArchiveRest: none
# 40 days after the archive had it.
advance 3193200
> ec2 DeleteSnapshot {"SnapshotId":"$one"}
meter $one ArchiveRest: 884736000000 × early 0s ended
bill $one: 204,800 blocks (100 GiB) × 90,000 s × $0.05/GB-month ÷ 2,592,000 s = $0.1736; 204,800 blocks (100 GiB) × 3,456,000 s × $0.0125/GB-month ÷ 2,592,000 s = $1.67; 107,374,182,400 bytes × $0.03/GB ÷ 1,073,741,824 = $3.00; 204,800 blocks (100 GiB) × 259,200 s × $0.05/GB-month ÷ 2,592,000 s = $0.5000; 884,736,000,000 block-seconds of 512 KiB short × $0.0125/GB-month ÷ 2,592,000 s = $2.08
bill hourly: $0.000000000

== restored for good after 90 days nothing is missing; before, the rest of them is charged
> stratus SetTiming {"Name":"snapshot.archiving","MinimumMillis":3600000,"MaximumMillis":3600000}
> stratus SetTiming {"Name":"snapshot.restoring","MinimumMillis":3600000,"MaximumMillis":3600000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save volume = VolumeId
advance 60
> stratus WriteBlocks {"VolumeId":"$volume","Offset":0,"Length":1073741824}
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save early = SnapshotId
advance 86400
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$early"}
save late = SnapshotId
advance 86400
> ec2 ModifySnapshotTier {"SnapshotId":"$early","StorageTier":"archive"}
> ec2 ModifySnapshotTier {"SnapshotId":"$late","StorageTier":"archive"}
advance 3600
advance 860400
> ec2 RestoreSnapshotTier {"SnapshotId":"$early","PermanentRestore":true}
advance 3600
# Ten days were used, 80 are missing: 2,048 blocks × 6,912,000 s.
meter $early ArchiveRest: 14155776000 × early 0s ended
meter $early ArchiveRetrieval: 1073741824 × retrieval 0s ended
> stratus AdvanceClock {"Seconds":6912000}
> ec2 RestoreSnapshotTier {"SnapshotId":"$late","PermanentRestore":true}
advance 3600
meter $late ArchiveRest: none
meter $late ArchiveRetrieval: 1073741824 × retrieval 0s ended
