# Spoofed and sniffed packets are stopped by the virtual interface, the host's firewall and the hypervisor.
# https://d1.awsstatic.com/whitepapers/Security/AWS_Security_Whitepaper.pdf ("IP Spoofing", "Packet sniffing by other tenants").
# Every case with its steps is in tests/network/isolation.paths.

== a forged source address
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":2,"MaxCount":2}
save bad = Instances[0].InstanceId
save web = Instances[1].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save mac = Instances[0].NetworkInterfaces[0].MacAddress
save other = Instances[1].NetworkInterfaces[0].MacAddress
save theirs = Instances[1].NetworkInterfaces[0].PrivateIpAddress
> stratus SendForgedPacket {"InstanceId":"$bad","Destination":"$web","Protocol":"tcp","Port":22,"SourceAddress":"198.51.100.7"}
! IncorrectInstanceState
advance 300
> stratus SendForgedPacket {"InstanceId":"$bad","Destination":"$web","Protocol":"tcp","Port":22}
= State: delivered
= Location: -
# While the source/destination check is on, the virtual interface stops it; the firewall would, too.
> stratus SendForgedPacket {"InstanceId":"$bad","Destination":"$web","Protocol":"tcp","Port":22,"SourceAddress":"198.51.100.7"}
= State: denied
= Location: virtual-interface
= Explanations[0].Code: ENI_SOURCE_DEST_CHECK_RESTRICTION
= Explanations[0].Component: $eni
= Explanations[1].Code: STRATUS_SPOOFED_SOURCE
# With the check off the firewall does.
> ec2 ModifyInstanceAttribute {"InstanceId":"$bad","SourceDestCheck":{"Value":false}}
> stratus SendForgedPacket {"InstanceId":"$bad","Destination":"$web","Protocol":"tcp","Port":22,"SourceAddress":"198.51.100.7"}
= State: denied
= Location: firewall
= Reason: *no route leads through the sender*
= Source: ours
= Explanations[0].Code: STRATUS_SPOOFED_SOURCE
# Another guest's MAC address is stopped there whatever the check says; one's own is no forgery.
> stratus SendForgedPacket {"InstanceId":"$bad","Destination":"$web","Protocol":"tcp","Port":22,"MacAddress":"$other"}
= Location: firewall
= Explanations[0].Code: STRATUS_SPOOFED_FRAME
= Source: https://d1.awsstatic.com/whitepapers/Security/AWS_Security_Whitepaper.pdf
> stratus SendForgedPacket {"InstanceId":"$bad","Destination":"$web","Protocol":"tcp","Port":22,"MacAddress":"$mac"}
= State: delivered
> stratus SendForgedPacket {"InstanceId":"$bad","Destination":"$web","Protocol":"tcp","Port":22,"MacAddress":"nobody"}
! InvalidParameterValue
> stratus SendForgedPacket {"InstanceId":"$bad","Destination":"$web","Protocol":"tcp","Port":22,"SourceAddress":"nobody"}
! InvalidParameterValue
> stratus SendForgedPacket {"InstanceId":"$bad","Destination":"$web","Protocol":"tcp","Port":22,"SourceAddress":"2001:db8::1"}
= State: unknown

== listening in promiscuous mode
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":2,"MaxCount":2,"Placement":{"Tenancy":"dedicated","AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
save ears = Instances[1].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"Placement":{"AvailabilityZone":"us-east-1a"}}
save app = Instances[0].InstanceId
advance 300
# Both are on one host; the frame comes there, and the hypervisor hands it to the guest that it is for.
see machine = host of $web
see host of $ears: $machine
> stratus ListenToPacket {"InstanceId":"$ears","Source":"$app","Destination":"$web","Protocol":"tcp","Port":22}
= State: denied
= Location: hypervisor
= Explanations[0].Code: STRATUS_NOT_FOR_THIS_GUEST
= Explanations[0].Component: $machine
= Reason: *hands it to that guest alone*
# To another host it does not come at all.
> stratus ListenToPacket {"InstanceId":"$app","Source":"$ears","Destination":"$web","Protocol":"tcp","Port":22}
= Location: network
= Explanations[0].Code: STRATUS_NOT_ON_THIS_HOST
# A packet for the guest of another customer (192.0.2.10 stands for it): on a shared host it comes as far as the hypervisor,
# and where one shares with nobody, there is none.
> stratus ListenToPacket {"InstanceId":"$app","Source":"internet","Destination":"192.0.2.10","Protocol":"tcp","Port":443}
= State: denied
= Location: hypervisor
= Explanations[0].Code: STRATUS_NOT_FOR_THIS_GUEST
= Reason: *for another customer's guest*
= Source: https://d1.awsstatic.com/whitepapers/Security/AWS_Security_Whitepaper.pdf
> stratus ListenToPacket {"InstanceId":"$ears","Source":"internet","Destination":"192.0.2.10","Protocol":"tcp","Port":443}
= Location: network
= Explanations[0].Code: STRATUS_NOT_ON_THIS_HOST
# What is for it, it gets.
> stratus ListenToPacket {"InstanceId":"$web","Source":"$app","Destination":"$web","Protocol":"tcp","Port":22}
= State: delivered
# What is stopped before it is told as what it is: its own traffic, which nobody else overhears or keeps from it.
> stratus ListenToPacket {"InstanceId":"$web","Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= State: denied
= Location: security-group
= Explanations[0].Code: ENI_SG_RULES_MISMATCH
> stratus ListenToPacket {"InstanceId":"i-00000000000000000","Source":"$app","Destination":"$web","Protocol":"tcp","Port":22}
! InvalidInstanceID.NotFound
