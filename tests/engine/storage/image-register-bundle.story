# An instance-store image is a bundle and a manifest in S3.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/creating-an-ami-instance-store.html
> ec2 RegisterImage {"Name":"bundle","ImageLocation":"my-bundles/image.manifest.xml","Architecture":"x86_64"}
! InvalidManifest: 404
> s3 CreateBucket {"Bucket":"my-bundles"}
# An object that is no manifest: nothing, another text, and a manifest without parts.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html: "an unparsable manifest"
> s3 PutObject {"Bucket":"my-bundles","Key":"image.manifest.xml","Body":"PG1hbmlmZXN0Lz4="}
> ec2 RegisterImage {"Name":"bundle","ImageLocation":"my-bundles/image.manifest.xml","Architecture":"x86_64"}
! InvalidManifest: cannot be parsed
base64 holiday = a photo of the sea
> s3 PutObject {"Bucket":"my-bundles","Key":"sea.jpg","Body":"$holiday"}
> ec2 RegisterImage {"Name":"bundle","ImageLocation":"my-bundles/sea.jpg","Architecture":"x86_64"}
! InvalidManifest: cannot be parsed
base64 manifest = <?xml version="1.0"?><manifest><version>2007-10-10</version><machine_configuration><architecture>x86_64</architecture></machine_configuration><image><name>image</name><parts count="1"><part index="0"><filename>image.part.00</filename></part></parts></image></manifest>
> s3 PutObject {"Bucket":"my-bundles","Key":"image.manifest.xml","Body":"$manifest"}
> ec2 RegisterImage {"Name":"bundle","ImageLocation":"my-bundles/image.manifest.xml","VirtualizationType":"hvm"}
save ami = ImageId
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].RootDeviceType: instance-store
# The manifest says what the machine is, where the call does not.
= Images[0].Architecture: x86_64
= Images[0].ImageLocation: my-bundles/image.manifest.xml
= Images[0].BlockDeviceMappings#: 0
