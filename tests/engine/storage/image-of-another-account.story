# Images that another account lets this one launch: OfferImage and TakeImage of our own service are what another account does.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html

== launched, copied once its storage is shared, and withdrawn
> stratus OfferImage {"AccountId":"210987654321","Name":"their-web","Description":"a web server"}
save ami = ImageId
save snap = SnapshotId
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].OwnerId: 210987654321
= Images[0].Name: their-web
= Images[0].ImageLocation: 210987654321/their-web
= Images[0].Public: false
= Images[0].BlockDeviceMappings[0].Ebs.SnapshotId: $snap
# `self`: those for which this account has explicit launch permission.
> ec2 DescribeImages {"ExecutableUsers":["self"]}
= Images#: 1
= Images[0].ImageId: $ami
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 0
> ec2 DescribeImages {"Owners":["210987654321"]}
= Images#: 1
# Only its owner changes it.
> ec2 DescribeImageAttribute {"ImageId":"$ami","Attribute":"launchPermission"}
! AuthFailure
> ec2 ModifyImageAttribute {"ImageId":"$ami","Description":{"Value":"mine"}}
! AuthFailure
> ec2 DeregisterImage {"ImageId":"$ami"}
! AuthFailure
# Launching needs no permission for the snapshot behind it.
> ec2 DescribeSnapshots {"SnapshotIds":["$snap"]}
! InvalidSnapshot.NotFound
> ec2 RunInstances {"ImageId":"$ami","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save i = Instances[0].InstanceId
advance 60
> ec2 DescribeInstances {"InstanceIds":["$i"]}
= Reservations[0].Instances[0].State.Name: running
see listeners of $i: tcp 22
# Copying does: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html#copy-ami-across-accounts
> ec2 CopyImage {"Name":"mine","SourceImageId":"$ami","SourceRegion":"us-east-1"}
! InvalidRequest: You do not have permission to access the storage of this ami
> stratus OfferSnapshot {"AccountId":"210987654321","SnapshotId":"$snap"}
> ec2 CopyImage {"Name":"mine","SourceImageId":"$ami","SourceRegion":"us-east-1"}
save copy = ImageId
advance 900
> ec2 DescribeImages {"ImageIds":["$copy"]}
= Images[0].State: available
= Images[0].OwnerId: 123456789012
= Images[0].SourceImageId: $ami
save own = Images[0].BlockDeviceMappings[0].Ebs.SnapshotId
billed $own: 1536 MiB
meter $snap SnapshotBlocks: none
# Withdrawn: no further launch; what runs goes on, and the copy is this account's own.
> stratus OfferImage {"AccountId":"210987654321","ImageId":"$ami","OperationType":"remove"}
> ec2 DescribeImages {"ImageIds":["$ami"]}
! InvalidAMIID.NotFound
> ec2 RunInstances {"ImageId":"$ami","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! AuthFailure: Not authorized for images: [$ami]
> ec2 CopyImage {"Name":"more","SourceImageId":"$ami","SourceRegion":"us-east-1"}
! AuthFailure
> ec2 RebootInstances {"InstanceIds":["$i"]}
> ec2 RunInstances {"ImageId":"$copy","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}

== taking one's own account off
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cancel-sharing-an-AMI.html
> stratus OfferImage {"AccountId":"210987654321"}
save ami = ImageId
> ec2 CancelImageLaunchPermission {"ImageId":"$ami"}
= Return: true
> ec2 DescribeImages {"ExecutableUsers":["self"]}
= Images#: 0
> ec2 RunInstances {"ImageId":"$ami","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! AuthFailure
> stratus OfferImage {"AccountId":"210987654321","Public":true}
save open = ImageId
> ec2 CancelImageLaunchPermission {"ImageId":"$open"}
! InvalidAMIID.Unavailable

== a product code of the Marketplace
> stratus OfferImage {"AccountId":"679593333241","Name":"appliance","ProductCode":"0abcdefghijklmnopqrstuvwx","Public":true}
save ami = ImageId
save snap = SnapshotId
> stratus OfferSnapshot {"AccountId":"679593333241","SnapshotId":"$snap","Public":true}
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].ProductCodes[0].ProductCodeId: 0abcdefghijklmnopqrstuvwx
= Images[0].Public: true
> ec2 CopyImage {"Name":"mine","SourceImageId":"$ami","SourceRegion":"us-east-1"}
! InvalidRequest: product code

== an encrypted image needs the key
> stratus OfferSnapshot {"AccountId":"210987654321","KmsKeyId":"alias/theirs"}
save snap = SnapshotId
> stratus OfferImage {"AccountId":"210987654321","SnapshotId":"$snap","Public":true}
! InvalidParameterValue: public
> stratus OfferImage {"AccountId":"210987654321","SnapshotId":"$snap"}
save ami = ImageId
> ec2 RunInstances {"ImageId":"$ami","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save i = Instances[0].InstanceId
advance 60
> ec2 DescribeInstances {"InstanceIds":["$i"]}
= Reservations[0].Instances[0].State.Name: terminated
= Reservations[0].Instances[0].StateReason.Code: Client.InternalError
= Reservations[0].Instances[0].StateReason.Message: Client.InternalError: Client error on launch
> ec2 CopyImage {"Name":"mine","SourceImageId":"$ami","SourceRegion":"us-east-1"}
save failed = ImageId
advance 900
> ec2 DescribeImages {"ImageIds":["$failed"]}
= Images[0].State: failed
= Images[0].StateReason.Message: *Given key ID is not accessible*
> stratus OfferSnapshot {"AccountId":"210987654321","SnapshotId":"$snap","KeyGranted":true}
> ec2 RunInstances {"ImageId":"$ami","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save i = Instances[0].InstanceId
advance 60
> ec2 DescribeInstances {"InstanceIds":["$i"]}
= Reservations[0].Instances[0].State.Name: running
save v = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].Encrypted: true
= Volumes[0].KmsKeyId: arn:aws:kms:us-east-1:123456789012:key/*

== another account copies an image of this one
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save i = Instances[0].InstanceId
advance 60
% $i echo found > /home/ec2-user/lost.txt; sync
> ec2 CreateImage {"InstanceId":"$i","Name":"ours"}
save ami = ImageId
advance 900
> ec2 DescribeImages {"ImageIds":["$ami"]}
save snap = Images[0].BlockDeviceMappings[0].Ebs.SnapshotId
> stratus TakeImage {"AccountId":"210987654321","ImageId":"$ami"}
! AuthFailure: Not authorized for images: [$ami]
> ec2 ModifyImageAttribute {"ImageId":"$ami","LaunchPermission":{"Add":[{"UserId":"210987654321"}]}}
> stratus TakeImage {"AccountId":"210987654321","ImageId":"$ami"}
! InvalidRequest: You do not have permission to access the storage of this ami
> ec2 ModifySnapshotAttribute {"SnapshotId":"$snap","CreateVolumePermission":{"Add":[{"UserId":"210987654321"}]}}
> stratus TakeImage {"AccountId":"210987654321","ImageId":"$ami"}
= State: available
save theirs = ImageId
save their_snap = SnapshotId
# The original may go.
> ec2 DeregisterImage {"ImageId":"$ami","DeleteAssociatedSnapshots":true}
> ec2 TerminateInstances {"InstanceIds":["$i"]}
advance 120
# And they may let this account launch it again: the file is there.
> stratus OfferImage {"AccountId":"210987654321","ImageId":"$theirs"}
> ec2 RunInstances {"ImageId":"$theirs","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save again = Instances[0].InstanceId
advance 60
% $again cat /home/ec2-user/lost.txt
| found
