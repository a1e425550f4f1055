# The first 25 zones of a month cost 0.50 USD each, the others 0.10. https://aws.amazon.com/route53/pricing/
> route53 CreateHostedZone {"Name":"z0.test","CallerReference":"0"}
save z0 = HostedZone.Id
> route53 CreateHostedZone {"Name":"z1.test","CallerReference":"1"}
> route53 CreateHostedZone {"Name":"z2.test","CallerReference":"2"}
> route53 CreateHostedZone {"Name":"z3.test","CallerReference":"3"}
> route53 CreateHostedZone {"Name":"z4.test","CallerReference":"4"}
> route53 CreateHostedZone {"Name":"z5.test","CallerReference":"5"}
> route53 CreateHostedZone {"Name":"z6.test","CallerReference":"6"}
> route53 CreateHostedZone {"Name":"z7.test","CallerReference":"7"}
> route53 CreateHostedZone {"Name":"z8.test","CallerReference":"8"}
> route53 CreateHostedZone {"Name":"z9.test","CallerReference":"9"}
> route53 CreateHostedZone {"Name":"z10.test","CallerReference":"10"}
> route53 CreateHostedZone {"Name":"z11.test","CallerReference":"11"}
> route53 CreateHostedZone {"Name":"z12.test","CallerReference":"12"}
> route53 CreateHostedZone {"Name":"z13.test","CallerReference":"13"}
> route53 CreateHostedZone {"Name":"z14.test","CallerReference":"14"}
> route53 CreateHostedZone {"Name":"z15.test","CallerReference":"15"}
> route53 CreateHostedZone {"Name":"z16.test","CallerReference":"16"}
> route53 CreateHostedZone {"Name":"z17.test","CallerReference":"17"}
> route53 CreateHostedZone {"Name":"z18.test","CallerReference":"18"}
> route53 CreateHostedZone {"Name":"z19.test","CallerReference":"19"}
> route53 CreateHostedZone {"Name":"z20.test","CallerReference":"20"}
> route53 CreateHostedZone {"Name":"z21.test","CallerReference":"21"}
> route53 CreateHostedZone {"Name":"z22.test","CallerReference":"22"}
> route53 CreateHostedZone {"Name":"z23.test","CallerReference":"23"}
> route53 CreateHostedZone {"Name":"z24.test","CallerReference":"24"}
save z24 = HostedZone.Id
> route53 CreateHostedZone {"Name":"z25.test","CallerReference":"25"}
save z25 = HostedZone.Id
> route53 CreateHostedZone {"Name":"z26.test","CallerReference":"26"}
# 25 × 0.50 + 2 × 0.10
bill total: $12.700000000
bill $z24: March 2025 $0.5000 = $0.5000, never in part
bill $z25: March 2025 $0.1000 = $0.1000, never in part
advance 86400
> route53 DeleteHostedZone {"Id":"$z0"}
# In April the 26th has moved up: 12.70 + 25 × 0.50 + 0.10
> stratus AdvanceClock {"Until":"2025-04-02T00:00:00Z"}
bill $z25: March 2025 $0.1000 + April 2025 $0.5000 = $0.6000, never in part
bill total: $25.300000000
