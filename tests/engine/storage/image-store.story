# Images as objects of a bucket, and back.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-store-restore.html
== stored, restored, launched
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
% $web echo "in the object" > /srv/note
> ec2 CreateImage {"InstanceId":"$web","Name":"golden","Description":"with a note"}
save image = ImageId
advance 1200
> ec2 CreateStoreImageTask {"ImageId":"$image","Bucket":"nowhere-at-all"}
! NoSuchBucket
> s3 CreateBucket {"Bucket":"amis"}
> ec2 CreateStoreImageTask {"ImageId":"$image","Bucket":"amis"}
= ObjectKey: $image.bin
> ec2 DescribeStoreImageTasks {}
= StoreImageTaskResults[0].StoreTaskState: InProgress
advance 600
> ec2 DescribeStoreImageTasks {"ImageIds":["$image"]}
= StoreImageTaskResults[0].StoreTaskState: Completed
= StoreImageTaskResults[0].ProgressPercentage: 100
> s3 ListObjectsV2 {"Bucket":"amis"}
= Contents[0].Key: $image.bin
> ec2 CreateRestoreImageTask {"Bucket":"amis","ObjectKey":"$image.bin"}
! InvalidAMIName.Duplicate
> ec2 CreateRestoreImageTask {"Bucket":"amis","ObjectKey":"$image.bin","Name":"restored"}
save again = ImageId
advance 1200
> ec2 DescribeImages {"ImageIds":["$again"]}
= Images[0].State: available
= Images[0].Description: with a note
> ec2 RunInstances {"ImageId":"$again","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save two = Instances[0].InstanceId
advance 120
% $two cat /srv/note
| in the object

== an object that is no image
> s3 CreateBucket {"Bucket":"amis"}
> s3 PutObject {"Bucket":"amis","Key":"x.bin","Body":"aGVsbG8="}
> ec2 CreateRestoreImageTask {"Bucket":"amis","ObjectKey":"x.bin"}
! InvalidParameterValue
> ec2 CreateRestoreImageTask {"Bucket":"amis","ObjectKey":"y.bin"}
! NoSuchKey
