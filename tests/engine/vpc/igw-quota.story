# As many internet gateways as VPCs: five a Region.
> ec2 CreateInternetGateway {}
> ec2 CreateInternetGateway {}
> ec2 CreateInternetGateway {}
> ec2 CreateInternetGateway {}
> ec2 CreateInternetGateway {}
! InternetGatewayLimitExceeded: The maximum number of internet gateways has been reached.
