# Data Lifecycle Manager: what becomes of a policy's snapshots besides being deleted.
# https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html

== copies to another Region, kept for as long as their own rule says
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"},{"Key":"Name","Value":"db"}]}]}
save v = VolumeId
advance 60
> stratus WriteBlocks {"VolumeId":"$v","Data":"cmVkIHBhbmRh"}
> dlm CreateLifecyclePolicy {"Description":"copies","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"Name":"s","CopyTags":true,"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":1},"CrossRegionCopyRules":[{"TargetRegion":"eu-west-1","Encrypted":true,"CopyTags":true,"RetainRule":{"Interval":3,"IntervalUnit":"DAYS"}},{"Target":"us-west-2","Encrypted":false}]}]}}
save p = PolicyId
advance 5400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
save first = Snapshots[0].SnapshotId
region eu-west-1
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].Encrypted: true
= Snapshots[0].Description: *Copied $first from us-east-1*
save copy = Snapshots[0].SnapshotId
> ec2 DescribeSnapshots {"Filters":[{"Name":"tag:Name","Values":["db"]},{"Name":"tag:aws:dlm:lifecycle-policy-id","Values":["$p"]}]}
= Snapshots#: 1
region us-west-2
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].Encrypted: false
# The copier pays the transfer, once for each Region: half a MiB out of us-east-1.
region us-east-1
advance 86400
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
! InvalidSnapshot.NotFound
# The copies of what is gone stay until their own time is over; without a rule they stay for good.
region eu-west-1
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
advance 172800
event expired: policy-
> ec2 DescribeSnapshots {"SnapshotIds":["$copy"]}
! InvalidSnapshot.NotFound
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 3
region us-west-2
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 4

== the archive: instead of deleting, and for at least ninety days
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
save v = VolumeId
advance 60
> stratus WriteBlocks {"VolumeId":"$v","Data":"cmVkIHBhbmRh"}
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Count":1},"ArchiveRule":{"RetainRule":{"RetentionArchiveTier":{"Count":3}}}}]}}
! InvalidRequestException: 28 days
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"CronExpression":"cron(0 10 1 * ? *)"},"RetainRule":{"Count":1},"ArchiveRule":{"RetainRule":{"RetentionArchiveTier":{"Count":2}}}}]}}
! InvalidRequestException: 90 days
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"CronExpression":"cron(0 10 1 * ? *)"},"RetainRule":{"Interval":1,"IntervalUnit":"MONTHS"},"ArchiveRule":{"RetainRule":{"RetentionArchiveTier":{"Count":5}}}}]}}
! InvalidRequestException: as the standard tier's
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"CronExpression":"cron(0 10 1 * ? *)"},"RetainRule":{"Count":1},"ArchiveRule":{"RetainRule":{"RetentionArchiveTier":{"Count":4}}}}]}}
! InvalidRequestException: targets volumes
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"CronExpression":"cron(0 10 1 * ? *)"},"RetainRule":{"Count":1},"ArchiveRule":{"RetainRule":{"RetentionArchiveTier":{"Count":4}}}}]}}
# The first of April, and the first of May with three days for the archive.
advance 2592000
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].StorageTier: standard
save first = Snapshots[0].SnapshotId
advance 2764800
now 2025-05-04T09:01:00Z
event sent to the archive by
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
= Snapshots[0].StorageTier: archive
> ec2 DescribeSnapshots {"Filters":[{"Name":"storage-tier","Values":["standard"]}]}
= Snapshots#: 1
# Four stay in the archive; the fifth that comes, on the first of September, pushes the first out.
advance 10368000
now 2025-09-01T09:01:00Z
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
= Snapshots[0].StorageTier: archive
advance 7200
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
! InvalidSnapshot.NotFound
advance 259200
> ec2 DescribeSnapshots {"Filters":[{"Name":"storage-tier","Values":["archive"]}]}
= Snapshots#: 4

== archived at once
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Count":0}}]}}
! InvalidRequestException
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"CronExpression":"cron(0 10 4 * ? *)"},"RetainRule":{"Interval":0,"IntervalUnit":"DAYS"},"ArchiveRule":{"RetainRule":{"RetentionArchiveTier":{"Interval":90,"IntervalUnit":"DAYS"}}}}]}}
advance 518400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].StorageTier: archive
save first = Snapshots[0].SnapshotId
# Ninety days later it goes.
advance 7430400
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
! InvalidSnapshot.NotFound

== fast snapshot restores for the latest
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Count":5},"FastRestoreRule":{"Count":1,"AvailabilityZones":["eu-west-1a"]}}]}}
! InvalidRequestException: Availability Zones
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":5},"FastRestoreRule":{"Count":1,"AvailabilityZones":["us-east-1a","us-east-1b"]}}]}}
advance 7200
> ec2 DescribeFastSnapshotRestores {}
= FastSnapshotRestores#: 2
= FastSnapshotRestores[0].State: enabled
save first = FastSnapshotRestores[0].SnapshotId
advance 86400
> ec2 DescribeFastSnapshotRestores {}
= FastSnapshotRestores#: 2
save second = FastSnapshotRestores[0].SnapshotId
differ $first $second
# The first is there without them.
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
= Snapshots[0].State: completed

== shared for a day
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"Encrypted":true,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"CronExpression":"cron(0 10 3 * ? *)"},"RetainRule":{"Count":5},"ShareRules":[{"TargetAccounts":["210987654321"],"UnshareInterval":1,"UnshareIntervalUnit":"DAYS"}]}]}}
advance 7200
# What the default key encrypts cannot be shared.
> ec2 DescribeSnapshots {"RestorableByUserIds":["210987654321"]}
= Snapshots#: 1
= Snapshots[0].Encrypted: false
event not shared
save s = Snapshots[0].SnapshotId
> stratus TakeSnapshot {"AccountId":"210987654321","SnapshotId":"$s"}
= State: completed
advance 86400
> ec2 DescribeSnapshots {"RestorableByUserIds":["210987654321"]}
= Snapshots#: 0
> stratus TakeSnapshot {"AccountId":"210987654321","SnapshotId":"$s"}
! InvalidSnapshot.NotFound

== age-based: the last snapshot of a volume that is gone stays
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
save v = VolumeId
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Interval":3,"IntervalUnit":"DAYS"}}]}}
advance 180000
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 3
> ec2 DeleteVolume {"VolumeId":"$v"}
advance 864000
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1

== an event: what another account shares is copied
# https://docs.aws.amazon.com/ebs/latest/userguide/event-policy.html
> dlm CreateLifecyclePolicy {"Description":"theirs","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"EVENT_BASED_POLICY","EventSource":{"Type":"MANAGED_CWE","Parameters":{"EventType":"shareSnapshot","SnapshotOwner":["210987654321"],"DescriptionRegex":"^.*Created for policy: policy-1234567890abcdef0.*"}},"Actions":[{"Name":"copy","CrossRegionCopy":[{"Target":"eu-west-1","EncryptionConfiguration":{"Encrypted":true},"RetainRule":{"Interval":2,"IntervalUnit":"DAYS"}}]}]}}
save p = PolicyId
> dlm GetLifecyclePolicies {}
= Policies[0].PolicyType: EVENT_BASED_POLICY
> stratus OfferSnapshot {"AccountId":"210987654321","Description":"Created for policy: policy-1234567890abcdef0 schedule: s"}
save theirs = SnapshotId
> stratus OfferSnapshot {"AccountId":"210987654321","Description":"another"}
> stratus OfferSnapshot {"AccountId":"111122223333","Description":"Created for policy: policy-1234567890abcdef0 schedule: s"}
region eu-west-1
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].Encrypted: true
= Snapshots[0].Description: *Copied $theirs from us-east-1*
advance 172800
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0
region us-east-1
> dlm CreateLifecyclePolicy {"Description":"theirs","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"EVENT_BASED_POLICY","Actions":[{"Name":"copy","CrossRegionCopy":[{"Target":"eu-west-1","EncryptionConfiguration":{"Encrypted":true}}]}]}}
! InvalidRequestException: EventSource
> dlm CreateLifecyclePolicy {"Description":"theirs","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"a","Value":"b"}]}}
! InvalidRequestException: Schedules is required

== the default policy: every volume without a recent snapshot, but for what is excluded
# https://docs.aws.amazon.com/ebs/latest/userguide/default-policies.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save plain = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":4,"VolumeType":"io1","Iops":100}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3","TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"scratch","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME","CreateInterval":8}
! InvalidRequestException: 1 to 7
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME","RetainInterval":15}
! InvalidRequestException: 2 to 14
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME","CreateInterval":2,"RetainInterval":3,"Exclusions":{"ExcludeBootVolumes":true,"ExcludeVolumeTypes":["io1"],"ExcludeTags":[{"Key":"scratch","Value":"yes"}]},"CrossRegionCopyTargets":[{"TargetRegion":"eu-west-1"}]}
save p = PolicyId
> dlm CreateLifecyclePolicy {"Description":"more","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME"}
! ResourceAlreadyExistsException
> dlm GetLifecyclePolicies {"DefaultPolicyType":"VOLUME"}
= Policies[0].DefaultPolicy: true
> dlm GetLifecyclePolicies {"ResourceTypes":["VOLUME"]}
= Policies#: 1
> dlm GetLifecyclePolicies {"ResourceTypes":["INSTANCE"]}
= Policies#: 0
advance 86400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].VolumeId: $plain
# One is recent enough for two days.
advance 86400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
advance 86400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
region eu-west-1
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
region us-east-1
# Three days old, the first goes.
advance 86400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","RetainInterval":1}
! InvalidRequestException
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","RetainInterval":14}
> dlm GetLifecyclePolicy {"PolicyId":"$p"}
= Policy.PolicyDetails.RetainInterval: 14
= Policy.PolicyDetails.CreateInterval: 2
= Policy.DefaultPolicy: true

== volumes of an instance that are left out by their tags
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":1}},{"DeviceName":"/dev/sdg","Ebs":{"VolumeSize":2}}],"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 60
> ec2 DescribeVolumes {"Filters":[{"Name":"size","Values":["2"]}]}
save scratch = Volumes[0].VolumeId
> ec2 CreateTags {"Resources":["$scratch"],"Tags":[{"Key":"scratch","Value":"yes"}]}
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Parameters":{"ExcludeBootVolume":true,"ExcludeDataVolumeTags":[{"Key":"scratch","Value":"yes"}]},"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":1}}]}}
advance 7200
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].VolumeSize: 1

== what lies in the archive when a policy is disabled is no longer managed
# https://docs.aws.amazon.com/ebs/latest/userguide/modify.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"CronExpression":"cron(0 10 4 * ? *)"},"RetainRule":{"Interval":0,"IntervalUnit":"DAYS"},"ArchiveRule":{"RetainRule":{"RetentionArchiveTier":{"Interval":90,"IntervalUnit":"DAYS"}}}}]}}
save p = PolicyId
advance 518400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots[0].StorageTier: archive
save first = Snapshots[0].SnapshotId
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"DISABLED"}
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"ENABLED"}
advance 8640000
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
= Snapshots[0].StorageTier: archive

== more copies than may be under way at a time: the others come later, and each once
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
> stratus SetTiming {"Name":"snapshot.base","MinimumMillis":60000,"MaximumMillis":60000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":5},"CrossRegionCopyRules":[{"TargetRegion":"eu-west-1","Encrypted":false,"RetainRule":{"Interval":3,"IntervalUnit":"DAYS"}},{"TargetRegion":"eu-west-1","Encrypted":true}]}]}}
advance 3630
event not copied to eu-west-1 yet
region eu-west-1
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 20
advance 600
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 22
advance 600
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 22
> ec2 DescribeSnapshots {"Filters":[{"Name":"encrypted","Values":["true"]}]}
= Snapshots#: 11

== a snapshot that is too large for fast restores does without
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20000,"VolumeType":"io2","Iops":100,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":5},"FastRestoreRule":{"Count":1,"AvailabilityZones":["us-east-1a"]}}]}}
advance 90000
event fast snapshot restores not switched on
> ec2 DescribeFastSnapshotRestores {}
= FastSnapshotRestores#: 0
