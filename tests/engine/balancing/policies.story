# What listeners have besides ports: policies of Classic Load Balancers, certificates of Application Load Balancers.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-sticky-sessions.html
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-update-certificates.html

== policies are made, set, shown, and deleted once nobody uses them
> elb CreateLoadBalancer {"LoadBalancerName":"old","Listeners":[{"Protocol":"HTTP","LoadBalancerPort":80,"InstancePort":8080},{"Protocol":"TCP","LoadBalancerPort":22,"InstancePort":22}],"AvailabilityZones":["us-east-1a"]}
> elb CreateLBCookieStickinessPolicy {"LoadBalancerName":"old","PolicyName":"minute","CookieExpirationPeriod":60}
> elb CreateLBCookieStickinessPolicy {"LoadBalancerName":"old","PolicyName":"minute"}
! DuplicatePolicyName
> elb CreateLBCookieStickinessPolicy {"LoadBalancerName":"none","PolicyName":"minute"}
! LoadBalancerNotFound: There is no ACTIVE Load Balancer named 'none'
> elb CreateAppCookieStickinessPolicy {"LoadBalancerName":"old","PolicyName":"session","CookieName":"JSESSIONID"}
> elb CreateLoadBalancerPolicy {"LoadBalancerName":"old","PolicyName":"proxy","PolicyTypeName":"ProxyProtocolPolicyType","PolicyAttributes":[{"AttributeName":"ProxyProtocol","AttributeValue":"true"}]}
> elb CreateLoadBalancerPolicy {"LoadBalancerName":"old","PolicyName":"odd","PolicyTypeName":"OddType"}
! PolicyTypeNotFound
> elb CreateLoadBalancerPolicy {"LoadBalancerName":"old","PolicyName":"odd","PolicyTypeName":"ProxyProtocolPolicyType"}
! InvalidConfigurationRequest
> elb SetLoadBalancerPoliciesOfListener {"LoadBalancerName":"old","LoadBalancerPort":80,"PolicyNames":["minute"]}
> elb SetLoadBalancerPoliciesOfListener {"LoadBalancerName":"old","LoadBalancerPort":80,"PolicyNames":["minute","session"]}
! InvalidConfigurationRequest
> elb SetLoadBalancerPoliciesOfListener {"LoadBalancerName":"old","LoadBalancerPort":22,"PolicyNames":["minute"]}
! InvalidConfigurationRequest
> elb SetLoadBalancerPoliciesOfListener {"LoadBalancerName":"old","LoadBalancerPort":443,"PolicyNames":["minute"]}
! ListenerNotFound
> elb SetLoadBalancerPoliciesOfListener {"LoadBalancerName":"old","LoadBalancerPort":80,"PolicyNames":["other"]}
! PolicyNotFound
> elb SetLoadBalancerPoliciesForBackendServer {"LoadBalancerName":"old","InstancePort":22,"PolicyNames":["proxy"]}
> elb DescribeLoadBalancers {"LoadBalancerNames":["old"]}
= LoadBalancerDescriptions[0].ListenerDescriptions[0].PolicyNames: []
= LoadBalancerDescriptions[0].ListenerDescriptions[1].PolicyNames: ["minute"]
= LoadBalancerDescriptions[0].Policies.LBCookieStickinessPolicies: [{"CookieExpirationPeriod":60,"PolicyName":"minute"}]
= LoadBalancerDescriptions[0].Policies.AppCookieStickinessPolicies: [{"CookieName":"JSESSIONID","PolicyName":"session"}]
= LoadBalancerDescriptions[0].Policies.OtherPolicies: ["proxy"]
= LoadBalancerDescriptions[0].BackendServerDescriptions: [{"InstancePort":22,"PolicyNames":["proxy"]}]
# The same listener again is the same, whatever policies it has.
> elb CreateLoadBalancerListeners {"LoadBalancerName":"old","Listeners":[{"Protocol":"HTTP","LoadBalancerPort":80,"InstancePort":8080}]}
> elb DescribeLoadBalancerPolicies {"LoadBalancerName":"old","PolicyNames":["proxy"]}
= PolicyDescriptions[0].PolicyTypeName: ProxyProtocolPolicyType
= PolicyDescriptions[0].PolicyAttributeDescriptions: [{"AttributeName":"ProxyProtocol","AttributeValue":"true"}]
> elb DescribeLoadBalancerPolicies {}
= PolicyDescriptions[0].PolicyName: ELBSecurityPolicy-2016-08
> elb DescribeLoadBalancerPolicyTypes {"PolicyTypeNames":["LBCookieStickinessPolicyType"]}
= PolicyTypeDescriptions[0].PolicyAttributeTypeDescriptions[0].Cardinality: ZERO_OR_ONE
> elb DeleteLoadBalancerPolicy {"LoadBalancerName":"old","PolicyName":"minute"}
! InvalidConfigurationRequest
> elb SetLoadBalancerPoliciesOfListener {"LoadBalancerName":"old","LoadBalancerPort":80,"PolicyNames":[]}
> elb DeleteLoadBalancerPolicy {"LoadBalancerName":"old","PolicyName":"minute"}
> elb DescribeLoadBalancerPolicies {"LoadBalancerName":"old"}
= PolicyDescriptions#: 2

== a listener has one default certificate, and more for other names
> iam UploadServerCertificate {"ServerCertificateName":"one","CertificateBody":"-----BEGIN CERTIFICATE-----\nMIIBsDCCARkCFC8ct37m/jyj9X0mEzlqkVI47VNSMA0GCSqGSIb3DQEBCwUAMBYx\nFDASBgNVBAMMC2V4YW1wbGUuY29tMCAXDTI1MDEwMTAwMDAwMFoYDzIwNjAwMTAx\nMDAwMDAwWjAWMRQwEgYDVQQDDAtleGFtcGxlLmNvbTCBnzANBgkqhkiG9w0BAQEF\nAAOBjQAwgYkCgYEArQFskfwB3u8U51u98FNVHInjkUTnCCTQc8UCLxetGyHsm4zV\nsPtdLRc4FVUa+JATt/4JJD3M/qsXkjQpOTtaankkc6lA4SG4NrgNxskTjct1CVRT\ndtC2Upo3nE1Ce+/rW3uPkULdaARZhoC+dKYZNMz/H19hkdIcLlY+YKQJqLMCAwEA\nATANBgkqhkiG9w0BAQsFAAOBgQBqqVcoRsec8ogtPWJOvBKnX6v7plR3ENscL+Ah\n5Crj6kPP9WrTtcuy+36DcH2phn5tMBLw7T0Jn9X6hVljayJFPU3ax1WTLH0l478s\n7M2azUj7kVa6ku7eeD5A3Kcf3HCCkOvLYmhIGQJ/vDgTdV3aqoxeGiqv47zCsKqT\n5JWe8g==\n-----END CERTIFICATE-----","PrivateKey":"-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----"}
save one = ServerCertificateMetadata.Arn
> iam UploadServerCertificate {"ServerCertificateName":"two","CertificateBody":"-----BEGIN CERTIFICATE-----\nMIIBsDCCARkCFC8ct37m/jyj9X0mEzlqkVI47VNSMA0GCSqGSIb3DQEBCwUAMBYx\nFDASBgNVBAMMC2V4YW1wbGUuY29tMCAXDTI1MDEwMTAwMDAwMFoYDzIwNjAwMTAx\nMDAwMDAwWjAWMRQwEgYDVQQDDAtleGFtcGxlLmNvbTCBnzANBgkqhkiG9w0BAQEF\nAAOBjQAwgYkCgYEArQFskfwB3u8U51u98FNVHInjkUTnCCTQc8UCLxetGyHsm4zV\nsPtdLRc4FVUa+JATt/4JJD3M/qsXkjQpOTtaankkc6lA4SG4NrgNxskTjct1CVRT\ndtC2Upo3nE1Ce+/rW3uPkULdaARZhoC+dKYZNMz/H19hkdIcLlY+YKQJqLMCAwEA\nATANBgkqhkiG9w0BAQsFAAOBgQBqqVcoRsec8ogtPWJOvBKnX6v7plR3ENscL+Ah\n5Crj6kPP9WrTtcuy+36DcH2phn5tMBLw7T0Jn9X6hVljayJFPU3ax1WTLH0l478s\n7M2azUj7kVa6ku7eeD5A3Kcf3HCCkOvLYmhIGQJ/vDgTdV3aqoxeGiqv47zCsKqT\n5JWe8g==\n-----END CERTIFICATE-----","PrivateKey":"-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----"}
save two = ServerCertificateMetadata.Arn
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> elbv2 CreateLoadBalancer {"Name":"front","Subnets":["$a","$b"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":80,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTPS","Port":443,"Certificates":[{"CertificateArn":"$one"}],"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
save listener = Listeners[0].ListenerArn
> elbv2 AddListenerCertificates {"ListenerArn":"$listener","Certificates":[{"CertificateArn":"$two"}]}
= Certificates: [{"CertificateArn":"$two","IsDefault":false}]
> elbv2 AddListenerCertificates {"ListenerArn":"$listener","Certificates":[{"CertificateArn":"arn:aws:acm:us-east-1:123456789012:certificate/none"}]}
! CertificateNotFound
> elbv2 DescribeListenerCertificates {"ListenerArn":"$listener"}
= Certificates#: 2
= Certificates[0].CertificateArn: $one
= Certificates[0].IsDefault: true
# A listener shows its default certificate only.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html
> elbv2 DescribeListeners {"ListenerArns":["$listener"]}
= Listeners[0].Certificates: [{"CertificateArn":"$one"}]
> elbv2 RemoveListenerCertificates {"ListenerArn":"$listener","Certificates":[{"CertificateArn":"$one"}]}
! OperationNotPermitted
# Another default one: what was added stays.
> elbv2 ModifyListener {"ListenerArn":"$listener","Certificates":[{"CertificateArn":"$two"}]}
> elbv2 DescribeListenerCertificates {"ListenerArn":"$listener"}
= Certificates: [{"CertificateArn":"$two","IsDefault":true}]
> elbv2 AddListenerCertificates {"ListenerArn":"$listener","Certificates":[{"CertificateArn":"$one"}]}
> elbv2 RemoveListenerCertificates {"ListenerArn":"$listener","Certificates":[{"CertificateArn":"$one"}]}
> elbv2 DescribeListenerCertificates {"ListenerArn":"$listener"}
= Certificates#: 1
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
save plain = Listeners[0].ListenerArn
> elbv2 AddListenerCertificates {"ListenerArn":"$plain","Certificates":[{"CertificateArn":"$two"}]}
! InvalidConfigurationRequest
