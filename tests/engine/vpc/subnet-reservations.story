# https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/27"}
save subnet = Subnet.SubnetId
> ec2 CreateSubnetCidrReservation {"SubnetId":"$subnet","Cidr":"10.0.1.0/28","ReservationType":"explicit"}
! InvalidParameterValue: does not fall within
> ec2 CreateSubnetCidrReservation {"SubnetId":"$subnet","Cidr":"10.0.0.0/28","ReservationType":"explicit","Description":"by hand","TagSpecifications":[{"ResourceType":"subnet-cidr-reservation","Tags":[{"Key":"Name","Value":"kept"}]}]}
= SubnetCidrReservation.SubnetCidrReservationId: scr-*
= SubnetCidrReservation.Cidr: 10.0.0.0/28
= SubnetCidrReservation.ReservationType: explicit
= SubnetCidrReservation.Tags: [{"Key":"Name","Value":"kept"}]
save kept = SubnetCidrReservation.SubnetCidrReservationId
> ec2 CreateSubnetCidrReservation {"SubnetId":"$subnet","Cidr":"10.0.0.8/29","ReservationType":"prefix"}
! InvalidParameterValue: overlaps
# AWS gives out none of it by itself; a call may name it.
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","SecondaryPrivateIpAddressCount":14}
= NetworkInterface.PrivateIpAddresses#: 15
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
! InsufficientFreeAddressesInSubnet
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.5"}
> ec2 GetSubnetCidrReservations {"SubnetId":"$subnet"}
= SubnetIpv4CidrReservations#: 1
= SubnetIpv6CidrReservations#: 0
> ec2 GetSubnetCidrReservations {"SubnetId":"$subnet","Filters":[{"Name":"tag:Name","Values":["other"]}]}
= SubnetIpv4CidrReservations#: 0
> ec2 DeleteSubnetCidrReservation {"SubnetCidrReservationId":"$kept"}
= DeletedSubnetCidrReservation.Description: by hand
> ec2 DeleteSubnetCidrReservation {"SubnetCidrReservationId":"$kept"}
! InvalidSubnetCidrReservationID.NotFound
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}

== prefixes come from what is reserved for them, and reservations go with their subnet
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateSubnetCidrReservation {"SubnetId":"$subnet","Cidr":"10.0.0.64/28","ReservationType":"prefix"}
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv4PrefixCount":1}
= NetworkInterface.Ipv4Prefixes: [{"Ipv4Prefix":"10.0.0.64/28"}]
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$eni","Ipv4PrefixCount":1}
! InsufficientCidrBlocks
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
> ec2 DeleteSubnet {"SubnetId":"$subnet"}
> ec2 DeleteVpc {"VpcId":"$vpc"}
