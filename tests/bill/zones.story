# A hosted zone costs 0.50 USD when it is made and on the first of every month after, 0.10 from the 26th on; deleted within
# 12 hours it is free. https://aws.amazon.com/route53/pricing/
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save zone = HostedZone.Id
bill $zone: March 2025 $0.5000 = $0.5000, never in part
# To the last second of March (the world begins on the 3rd at 9:00), and one more.
> stratus AdvanceClock {"Until":"2025-03-31T23:59:59Z"}
bill $zone: March 2025 $0.5000 = $0.5000, never in part
advance 1
bill $zone: March 2025 $0.5000 + April 2025 $0.5000 = $1.00, never in part
# Tried and deleted at 12 hours; and a second later.
> route53 CreateHostedZone {"Name":"a.test","CallerReference":"2"}
save trial = HostedZone.Id
> route53 CreateHostedZone {"Name":"b.test","CallerReference":"3"}
save late = HostedZone.Id
bill total: $2.000000000
advance 43200
> route53 DeleteHostedZone {"Id":"$trial"}
advance 1
> route53 DeleteHostedZone {"Id":"$late"}
bill $trial: deleted after 43,200 s, within 12 hours of its making: free
bill $late: April 2025 $0.5000 = $0.5000, never in part
bill total: $1.500000000
> stratus AdvanceClock {"Until":"2026-01-15T00:00:00Z"}
# Eleven months of the first zone.
bill total: $6.000000000
bill services: Route 53 $6.00000
