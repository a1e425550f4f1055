# An instance-store image is a bundle and a manifest in S3.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-instance-store.html
> ec2 RegisterImage {"Name":"bundle","ImageLocation":"my-bundles/image.manifest.xml","Architecture":"x86_64"}
! InvalidManifest: 404
> s3 CreateBucket {"Bucket":"my-bundles"}
> s3 PutObject {"Bucket":"my-bundles","Key":"image.manifest.xml","Body":"PG1hbmlmZXN0Lz4="}
> ec2 RegisterImage {"Name":"bundle","ImageLocation":"my-bundles/image.manifest.xml","Architecture":"x86_64","VirtualizationType":"hvm"}
save ami = ImageId
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].RootDeviceType: instance-store
= Images[0].ImageLocation: my-bundles/image.manifest.xml
= Images[0].BlockDeviceMappings#: 0
