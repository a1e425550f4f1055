# Rules of listeners: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html

== rules by priority, their conditions and actions as they were given
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a","us-east-1b"]}]}
save a = Subnets[0].SubnetId
save b = Subnets[1].SubnetId
save vpc = Subnets[0].VpcId
> elbv2 CreateLoadBalancer {"Name":"front","Subnets":["$a","$b"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateTargetGroup {"Name":"one","Protocol":"HTTP","Port":80,"VpcId":"$vpc"}
save one = TargetGroups[0].TargetGroupArn
> elbv2 CreateTargetGroup {"Name":"two","Protocol":"HTTP","Port":80,"VpcId":"$vpc"}
save two = TargetGroups[0].TargetGroupArn
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"redirect","RedirectConfig":{"Protocol":"HTTPS","Port":"443","StatusCode":"HTTP_301"}}]}
save listener = Listeners[0].ListenerArn
= Listeners[0].DefaultActions[0].RedirectConfig.Protocol: HTTPS
= Listeners[0].DefaultActions[0].RedirectConfig.Host: #{host}
= Listeners[0].DefaultActions[0].RedirectConfig.Path: /#{path}
> elbv2 CreateRule {"ListenerArn":"$listener","Priority":20,"Conditions":[{"Field":"path-pattern","Values":["/api/*"]}],"Actions":[{"Type":"forward","ForwardConfig":{"TargetGroups":[{"TargetGroupArn":"$one","Weight":3},{"TargetGroupArn":"$two","Weight":1}],"TargetGroupStickinessConfig":{"Enabled":true,"DurationSeconds":60}}}]}
save weighted = Rules[0].RuleArn
= Rules[0].RuleArn: arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/front/*
= Rules[0].Priority: 20
= Rules[0].IsDefault: false
= Rules[0].Conditions[0].PathPatternConfig.Values: ["/api/*"]
= Rules[0].Actions[0].ForwardConfig.TargetGroups[0].Weight: 3
= Rules[0].Actions[0].ForwardConfig.TargetGroupStickinessConfig.DurationSeconds: 60
= Rules[0].Actions[0].TargetGroupArn: -
> elbv2 CreateRule {"ListenerArn":"$listener","Priority":10,"Conditions":[{"Field":"host-header","HostHeaderConfig":{"Values":["*.example.com"]}},{"Field":"query-string","QueryStringConfig":{"Values":[{"Key":"v","Value":"1"}]}},{"Field":"http-header","HttpHeaderConfig":{"HttpHeaderName":"User-Agent","Values":["*curl*"]}}],"Actions":[{"Type":"fixed-response","FixedResponseConfig":{"StatusCode":"403"}}]}
save fixed = Rules[0].RuleArn
= Rules[0].Conditions[1].QueryStringConfig.Values[0].Key: v
= Rules[0].Conditions[2].HttpHeaderConfig.HttpHeaderName: User-Agent
> elbv2 DescribeRules {"ListenerArn":"$listener"}
= Rules#: 3
= Rules[0].RuleArn: $fixed
= Rules[1].RuleArn: $weighted
= Rules[2].Priority: default
= Rules[2].IsDefault: true
save default = Rules[2].RuleArn
> elbv2 DescribeRules {"ListenerArn":"$listener","PageSize":2}
= Rules#: 2
= NextMarker: *
> elbv2 SetRulePriorities {"RulePriorities":[{"RuleArn":"$fixed","Priority":20}]}
! PriorityInUse
> elbv2 SetRulePriorities {"RulePriorities":[{"RuleArn":"$fixed","Priority":20},{"RuleArn":"$weighted","Priority":10}]}
= Rules[0].RuleArn: $weighted
> elbv2 ModifyRule {"RuleArn":"$weighted","Conditions":[{"Field":"source-ip","SourceIpConfig":{"Values":["203.0.113.0/24"]}}]}
= Rules[0].Conditions[0].SourceIpConfig.Values: ["203.0.113.0/24"]
= Rules[0].Actions[0].ForwardConfig.TargetGroups#: 2
> elbv2 ModifyRule {"RuleArn":"$default","Actions":[{"Type":"forward","TargetGroupArn":"$one"}]}
! OperationNotPermitted
> elbv2 DeleteRule {"RuleArn":"$default"}
! OperationNotPermitted
> elbv2 DeleteTargetGroup {"TargetGroupArn":"$two"}
! ResourceInUse
> elbv2 ModifyListener {"ListenerArn":"$listener","DefaultActions":[{"Type":"forward","TargetGroupArn":"$one"}],"Port":8080}
= Listeners[0].Port: 8080
= Listeners[0].DefaultActions[0].TargetGroupArn: $one
> elbv2 DeleteRule {"RuleArn":"$weighted"}
> elbv2 DeleteTargetGroup {"TargetGroupArn":"$two"}
> elbv2 DescribeRules {"RuleArns":["$weighted"]}
! RuleNotFound
> elbv2 AddTags {"ResourceArns":["$fixed","$lb"],"Tags":[{"Key":"team","Value":"web"}]}
> elbv2 DescribeTags {"ResourceArns":["$fixed"]}
= TagDescriptions[0].ResourceArn: $fixed
= TagDescriptions[0].Tags[0].Key: team
> elbv2 RemoveTags {"ResourceArns":["$fixed"],"TagKeys":["team"]}
> elbv2 DescribeTags {"ResourceArns":["$fixed","$lb"]}
= TagDescriptions[0].Tags#: 0
= TagDescriptions[1].Tags#: 1
> elbv2 DescribeListenerAttributes {"ListenerArn":"$listener"}
= Attributes[0].Key: routing.http.response.access_control_allow_credentials.header_value
> elbv2 DescribeAccountLimits {"PageSize":2}
= Limits[0].Name: target-groups
= Limits[0].Max: 3000
= NextMarker: page-2
> elbv2 DescribeSSLPolicies {"Names":["ELBSecurityPolicy-TLS13-1-2-2021-06"]}
= SslPolicies[0].SslProtocols: ["TLSv1.2","TLSv1.3"]
