# Machines that leave AWS as objects of a bucket, and come back.
# https://docs.aws.amazon.com/vm-import/latest/userguide/vmexport.html
# https://docs.aws.amazon.com/vm-import/latest/userguide/vmexport_image.html
== an image leaves, and comes back with what was on it
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
% $web echo "from far away" > /srv/note
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save image = ImageId
advance 1200
> ec2 ExportImage {"ImageId":"$image","DiskImageFormat":"VMDK","S3ExportLocation":{"S3Bucket":"exports","S3Prefix":"out/"}}
! InvalidParameter: does not exist
> s3 CreateBucket {"Bucket":"exports"}
> ec2 ExportImage {"ImageId":"$image","DiskImageFormat":"VMDK","Description":"golden","S3ExportLocation":{"S3Bucket":"exports","S3Prefix":"out/"},"TagSpecifications":[{"ResourceType":"export-image-task","Tags":[{"Key":"team","Value":"web"}]}]}
= ExportImageTaskId: export-ami-*
= Status: active
= Progress: 0
= Tags[0].Value: web
save task = ExportImageTaskId
advance 60
> ec2 DescribeExportImageTasks {"ExportImageTaskIds":["$task"]}
= ExportImageTasks[0].Status: active
= ExportImageTasks[0].S3ExportLocation.S3Prefix: out/
> s3 ListObjectsV2 {"Bucket":"exports"}
= KeyCount: 0
advance 600
> ec2 DescribeExportImageTasks {"ExportImageTaskIds":["$task"]}
= ExportImageTasks[0].Status: completed
> s3 ListObjectsV2 {"Bucket":"exports"}
= Contents[0].Key: out/$task.vmdk
> ec2 CancelExportTask {"ExportTaskId":"$task"}
! IncorrectState
> ec2 ImportImage {"DiskContainers":[{"Format":"VMDK","UserBucket":{"S3Bucket":"exports","S3Key":"out/$task.vmdk"}}]}
save back = ImageId
advance 1200
> ec2 RunInstances {"ImageId":"$back","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save two = Instances[0].InstanceId
advance 120
% $two cat /srv/note
| from far away

== an instance leaves as it is at the moment of the call
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> s3 CreateBucket {"Bucket":"exports"}
> ec2 CreateInstanceExportTask {"InstanceId":"$web","TargetEnvironment":"vmware","ExportToS3Task":{"ContainerFormat":"ova","DiskImageFormat":"VMDK","S3Bucket":"exports","S3Prefix":"vms/"}}
! IncorrectState
advance 120
> ec2 CreateInstanceExportTask {"InstanceId":"$web","TargetEnvironment":"vmware","ExportToS3Task":{"ContainerFormat":"ova","DiskImageFormat":"VMDK","S3Bucket":"exports","S3Prefix":"vms/"}}
= ExportTask.State: active
= ExportTask.InstanceExportDetails.TargetEnvironment: vmware
save task = ExportTask.ExportTaskId
= ExportTask.ExportToS3Task.S3Key: vms/$task.ova
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 600
> ec2 DescribeExportTasks {}
= ExportTasks[0].State: completed
> s3 HeadObject {"Bucket":"exports","Key":"vms/$task.ova"}

== cancelled on its way: nothing comes
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> s3 CreateBucket {"Bucket":"exports"}
> ec2 CreateInstanceExportTask {"InstanceId":"$web","TargetEnvironment":"citrix","ExportToS3Task":{"S3Bucket":"exports"}}
save task = ExportTask.ExportTaskId
= ExportTask.ExportToS3Task.DiskImageFormat: VHD
> ec2 CancelExportTask {"ExportTaskId":"$task"}
advance 600
> ec2 DescribeExportTasks {"ExportTaskIds":["$task"]}
= ExportTasks[0].State: cancelled
> s3 ListObjectsV2 {"Bucket":"exports"}
= KeyCount: 0
> ec2 DescribeExportTasks {"ExportTaskIds":["export-i-0000000000000000f"]}
! InvalidExportTaskID.NotFound

== what may not leave
> s3 CreateBucket {"Bucket":"exports"}
> ec2 ExportImage {"ImageId":"$al2023","DiskImageFormat":"RAW","S3ExportLocation":{"S3Bucket":"exports"}}
! InvalidParameter: cannot be exported
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.large"}
save win = Instances[0].InstanceId
advance 600
> ec2 CreateInstanceExportTask {"InstanceId":"$win","TargetEnvironment":"microsoft","ExportToS3Task":{"DiskImageFormat":"VHD","S3Bucket":"exports"}}
! NotExportable
region eu-west-1
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save far = Instances[0].InstanceId
advance 120
> ec2 CreateInstanceExportTask {"InstanceId":"$far","TargetEnvironment":"vmware","ExportToS3Task":{"S3Bucket":"exports"}}
! InvalidParameter: is not in eu-west-1

== the bucket goes before the export is there
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> s3 CreateBucket {"Bucket":"exports"}
> ec2 CreateInstanceExportTask {"InstanceId":"$web","TargetEnvironment":"vmware","ExportToS3Task":{"S3Bucket":"exports"}}
> s3 DeleteBucket {"Bucket":"exports"}
advance 600
> ec2 DescribeExportTasks {}
= ExportTasks[0].State: cancelled
= ExportTasks[0].StatusMessage: ClientError: The specified bucket does not exist
