# An instance whose root lies on the host's disks is bundled into a bucket: parts and a manifest, from which an image is
# registered, from which instances are launched.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_BundleInstance.html
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-instance-store.html
== from a running machine to another
> ec2 RunInstances {"ImageId":"$instance-store","MinCount":1,"MaxCount":1,"InstanceType":"m3.medium"}
save old = Instances[0].InstanceId
advance 120
% $old echo "carried along" > /srv/note; df -h /
= ExitCode: 0
> ec2 StopInstances {"InstanceIds":["$old"]}
! UnsupportedOperation
> ec2 BundleInstance {"InstanceId":"$old","Storage":{"S3":{"Bucket":"my-bundles","Prefix":"images/web"}}}
! InvalidS3Bucket.NotFound
> s3 CreateBucket {"Bucket":"my-bundles"}
> ec2 BundleInstance {"InstanceId":"$old","Storage":{"S3":{"Bucket":"my-bundles","Prefix":"images/web"}}}
= BundleTask.State: bundling
save task = BundleTask.BundleId
> ec2 BundleInstance {"InstanceId":"$old","Storage":{"S3":{"Bucket":"my-bundles","Prefix":"images/web"}}}
! BundlingInProgress
advance 150
> ec2 DescribeBundleTasks {"BundleIds":["$task"]}
= BundleTasks[0].Progress: 50%
advance 150
> ec2 DescribeBundleTasks {"Filters":[{"Name":"s3-bucket","Values":["my-bundles"]}]}
= BundleTasks[0].State: complete
> s3 ListObjectsV2 {"Bucket":"my-bundles"}
= Contents[0].Key: images/web.manifest.xml
= Contents[1].Key: images/web.part.00
> ec2 RegisterImage {"Name":"bundle","ImageLocation":"my-bundles/images/web.manifest.xml","Architecture":"x86_64","VirtualizationType":"hvm"}
save image = ImageId
> ec2 RunInstances {"ImageId":"$image","MinCount":1,"MaxCount":1,"InstanceType":"m3.medium"}
save new = Instances[0].InstanceId
advance 120
% $new cat /srv/note
| carried along

== cancelled
> ec2 RunInstances {"ImageId":"$instance-store","MinCount":1,"MaxCount":1,"InstanceType":"m3.medium"}
save old = Instances[0].InstanceId
advance 120
> s3 CreateBucket {"Bucket":"my-bundles"}
> ec2 BundleInstance {"InstanceId":"$old","Storage":{"S3":{"Bucket":"my-bundles","Prefix":"web"}}}
save task = BundleTask.BundleId
> ec2 CancelBundleTask {"BundleId":"$task"}
= BundleTask.State: cancelling
advance 300
> ec2 DescribeBundleTasks {"BundleIds":["$task"]}
= BundleTasks[0].State: failed
= BundleTasks[0].BundleTaskError.Code: Client.Cancelled
> s3 ListObjectsV2 {"Bucket":"my-bundles"}
= KeyCount: 0
> ec2 CancelBundleTask {"BundleId":"$task"}
! IncorrectState

== only where the root lies on the host's disks
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 BundleInstance {"InstanceId":"$web","Storage":{"S3":{"Bucket":"my-bundles","Prefix":"web"}}}
! InvalidInstanceID
> ec2 DescribeBundleTasks {"BundleIds":["bun-0123456789abcdef0"]}
! InvalidBundleID.NotFound

== a root on the host's disks ends with its instance
> ec2 RunInstances {"ImageId":"$instance-store","MinCount":1,"MaxCount":1,"InstanceType":"m3.medium"}
save old = Instances[0].InstanceId
advance 120
% $old echo kept > /srv/note
> ec2 RebootInstances {"InstanceIds":["$old"]}
advance 60
% $old cat /srv/note
| kept
> ec2 TerminateInstances {"InstanceIds":["$old"]}
advance 120
> stratus RunGuestCommand {"InstanceId":"$old","Command":"cat /srv/note"}
! IncorrectInstanceState
