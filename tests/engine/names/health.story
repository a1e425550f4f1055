# Health checks as records. https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHealthCheck.html
> route53 CreateHealthCheck {"CallerReference":"1","HealthCheckConfig":{"Type":"HTTP","FullyQualifiedDomainName":"www.example.com","ResourcePath":"/health"}}
save web = HealthCheck.Id
= HealthCheck.CallerReference: 1
= HealthCheck.HealthCheckVersion: 1
# Port 80, 30 seconds, three in a row: AWS's defaults.
= HealthCheck.HealthCheckConfig: {"Port":80,"Type":"HTTP","ResourcePath":"/health","FullyQualifiedDomainName":"www.example.com","RequestInterval":30,"FailureThreshold":3,"MeasureLatency":false,"Inverted":false,"Disabled":false,"EnableSNI":false}
= Location: https://route53.amazonaws.com/2013-04-01/healthcheck/$web
# The same again answers what is there; another by the same reference is refused.
> route53 CreateHealthCheck {"CallerReference":"1","HealthCheckConfig":{"Type":"HTTP","FullyQualifiedDomainName":"www.example.com","ResourcePath":"/health"}}
= HealthCheck.Id: $web
> route53 CreateHealthCheck {"CallerReference":"1","HealthCheckConfig":{"Type":"HTTP","FullyQualifiedDomainName":"www.example.org"}}
! HealthCheckAlreadyExists: A different health check has already been created with the specified caller reference.
> route53 CreateHealthCheck {"CallerReference":"2","HealthCheckConfig":{"Type":"HTTPS_STR_MATCH","IPAddress":"192.0.2.44","SearchString":"ok","RequestInterval":10,"FailureThreshold":1,"Regions":["us-east-1","eu-west-1","sa-east-1"]}}
= HealthCheck.HealthCheckConfig.Port: 443
= HealthCheck.HealthCheckConfig.EnableSNI: true
= HealthCheck.HealthCheckConfig.Regions: ["us-east-1","eu-west-1","sa-east-1"]
save string = HealthCheck.Id
> route53 CreateHealthCheck {"CallerReference":"3","HealthCheckConfig":{"Type":"TCP","IPAddress":"192.0.2.44","Port":5432}}
save tcp = HealthCheck.Id
> route53 CreateHealthCheck {"CallerReference":"4","HealthCheckConfig":{"Type":"CALCULATED","HealthThreshold":1,"ChildHealthChecks":["$web","$tcp"]}}
= HealthCheck.HealthCheckConfig: {"Type":"CALCULATED","Inverted":false,"Disabled":false,"HealthThreshold":1,"ChildHealthChecks":["$web","$tcp"]}
save all = HealthCheck.Id
> route53 CreateHealthCheck {"CallerReference":"5","HealthCheckConfig":{"Type":"CLOUDWATCH_METRIC","AlarmIdentifier":{"Region":"eu-west-1","Name":"errors"},"InsufficientDataHealthStatus":"Healthy"}}
= HealthCheck.HealthCheckConfig.AlarmIdentifier: {"Region":"eu-west-1","Name":"errors"}
= HealthCheck.HealthCheckConfig.RequestInterval: -
> route53 CreateHealthCheck {"CallerReference":"6","HealthCheckConfig":{"Type":"RECOVERY_CONTROL","RoutingControlArn":"arn:aws:route53-recovery-control::123456789012:controlpanel/abc/routingcontrol/def"}}
save control = HealthCheck.Id

# What a type must have and must not have.
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"CALCULATED","ChildHealthChecks":["$web"]}}
! InvalidInput: Invalid parameter : Calculated health checks must have a health threshold specified.
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"HTTP","IPAddress":"192.0.2.44","InsufficientDataHealthStatus":"Healthy"}}
! InvalidInput: Basic health checks must not have an insufficient data health state specified.
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"HTTP"}}
! InvalidInput: IP address or a fully qualified domain name
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"TCP","IPAddress":"192.0.2.44"}}
! InvalidInput: port
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"HTTP_STR_MATCH","IPAddress":"192.0.2.44"}}
! InvalidInput: search string
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"HTTP","IPAddress":"10.0.0.1"}}
! InvalidInput: 10.0.0.1
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"HTTP","IPAddress":"192.0.2.44","RequestInterval":20}}
! InvalidInput: interval
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"HTTP","IPAddress":"192.0.2.44","FailureThreshold":11}}
! InvalidInput
# 255 children, and no more.
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"CALCULATED","HealthThreshold":1,"ChildHealthChecks":["c0","c1","c2","c3","c4","c5","c6","c7","c8","c9","c10","c11","c12","c13","c14","c15","c16","c17","c18","c19","c20","c21","c22","c23","c24","c25","c26","c27","c28","c29","c30","c31","c32","c33","c34","c35","c36","c37","c38","c39","c40","c41","c42","c43","c44","c45","c46","c47","c48","c49","c50","c51","c52","c53","c54","c55","c56","c57","c58","c59","c60","c61","c62","c63","c64","c65","c66","c67","c68","c69","c70","c71","c72","c73","c74","c75","c76","c77","c78","c79","c80","c81","c82","c83","c84","c85","c86","c87","c88","c89","c90","c91","c92","c93","c94","c95","c96","c97","c98","c99","c100","c101","c102","c103","c104","c105","c106","c107","c108","c109","c110","c111","c112","c113","c114","c115","c116","c117","c118","c119","c120","c121","c122","c123","c124","c125","c126","c127","c128","c129","c130","c131","c132","c133","c134","c135","c136","c137","c138","c139","c140","c141","c142","c143","c144","c145","c146","c147","c148","c149","c150","c151","c152","c153","c154","c155","c156","c157","c158","c159","c160","c161","c162","c163","c164","c165","c166","c167","c168","c169","c170","c171","c172","c173","c174","c175","c176","c177","c178","c179","c180","c181","c182","c183","c184","c185","c186","c187","c188","c189","c190","c191","c192","c193","c194","c195","c196","c197","c198","c199","c200","c201","c202","c203","c204","c205","c206","c207","c208","c209","c210","c211","c212","c213","c214","c215","c216","c217","c218","c219","c220","c221","c222","c223","c224","c225","c226","c227","c228","c229","c230","c231","c232","c233","c234","c235","c236","c237","c238","c239","c240","c241","c242","c243","c244","c245","c246","c247","c248","c249","c250","c251","c252","c253","c254","c255"]}}
! InvalidInput: more than 255 child health checks
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"CALCULATED","HealthThreshold":1,"ChildHealthChecks":["nobody"]}}
! InvalidInput: nobody
> route53 CreateHealthCheck {"CallerReference":"x","HealthCheckConfig":{"Type":"CALCULATED","HealthThreshold":1,"ChildHealthChecks":["$all"]}}
! InvalidInput: calculated

> route53 GetHealthCheck {"HealthCheckId":"$tcp"}
= HealthCheck.HealthCheckConfig.Port: 5432
> route53 GetHealthCheck {"HealthCheckId":"nobody"}
! NoSuchHealthCheck
> route53 GetHealthCheckCount {}
= HealthCheckCount: 6
> route53 ListHealthChecks {"MaxItems":"4"}
= HealthChecks#: 4
= IsTruncated: true
= MaxItems: 4
save next = NextMarker
> route53 ListHealthChecks {"Marker":"$next"}
= HealthChecks#: 2
= HealthChecks[0].Id: $next
= IsTruncated: false

# An update counts the version up, and can be tied to it.
> route53 UpdateHealthCheck {"HealthCheckId":"$web","HealthCheckVersion":1,"Port":8080,"Inverted":true,"ResetElements":["ResourcePath"]}
= HealthCheck.HealthCheckVersion: 2
= HealthCheck.HealthCheckConfig.Port: 8080
= HealthCheck.HealthCheckConfig.ResourcePath: -
= HealthCheck.HealthCheckConfig.Inverted: true
> route53 UpdateHealthCheck {"HealthCheckId":"$web","HealthCheckVersion":1,"Port":80}
! HealthCheckVersionMismatch
> route53 UpdateHealthCheck {"HealthCheckId":"$web","HealthThreshold":1}
! InvalidInput: Basic health checks must not have a health threshold specified.
> route53 UpdateHealthCheck {"HealthCheckId":"$all","ChildHealthChecks":["$web"]}
= HealthCheck.HealthCheckConfig.ChildHealthChecks: ["$web"]
> route53 UpdateHealthCheck {"HealthCheckId":"$control","Inverted":true}
! InvalidInput: Invalid parameter : Update is not supported for this health check type.

# Nothing checks yet: no checker has reported (ours).
> route53 GetHealthCheckStatus {"HealthCheckId":"$web"}
= HealthCheckObservations#: 0
> route53 GetHealthCheckLastFailureReason {"HealthCheckId":"$web"}
= HealthCheckObservations#: 0
> route53 GetHealthCheckStatus {"HealthCheckId":"$all"}
! InvalidInput: CALCULATED

> route53 ChangeTagsForResource {"ResourceType":"healthcheck","ResourceId":"$web","AddTags":[{"Key":"Name","Value":"web"}]}
> route53 ListTagsForResource {"ResourceType":"healthcheck","ResourceId":"$web"}
= ResourceTagSet: {"ResourceType":"healthcheck","ResourceId":"$web","Tags":[{"Key":"Name","Value":"web"}]}
> route53 ListTagsForResources {"ResourceType":"healthcheck","ResourceIds":["$web","$tcp"]}
= ResourceTagSets#: 2
= ResourceTagSets[1].Tags#: 0
> route53 ListTagsForResources {"ResourceType":"healthcheck","ResourceIds":["nobody"]}
! NoSuchHealthCheck

# A record names one; it must be there.
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"z"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"f.example.com","Type":"A","SetIdentifier":"one","Failover":"PRIMARY","HealthCheckId":"$web","TTL":60,"ResourceRecords":[{"Value":"192.0.2.5"}]}}]}}
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"f.example.com"}
= ResourceRecordSets[0].HealthCheckId: $web
= ResourceRecordSets[0].Failover: PRIMARY
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"f.example.com","Type":"A","SetIdentifier":"two","Failover":"SECONDARY","HealthCheckId":"nobody","TTL":60,"ResourceRecords":[{"Value":"192.0.2.5"}]}}]}}
! NoSuchHealthCheck

# A child cannot go before its parent lets it; its reference is never good again.
> route53 DeleteHealthCheck {"HealthCheckId":"$web"}
! HealthCheckInUse
> route53 DeleteHealthCheck {"HealthCheckId":"$all"}
> route53 DeleteHealthCheck {"HealthCheckId":"$web"}
> route53 DeleteHealthCheck {"HealthCheckId":"$web"}
! NoSuchHealthCheck
> route53 CreateHealthCheck {"CallerReference":"1","HealthCheckConfig":{"Type":"HTTP","FullyQualifiedDomainName":"www.example.com","ResourcePath":"/health"}}
! HealthCheckAlreadyExists
> route53 GetAccountLimit {"Type":"MAX_HEALTH_CHECKS_BY_OWNER"}
= Limit: {"Type":"MAX_HEALTH_CHECKS_BY_OWNER","Value":200}
= Count: 4
