# A month of 30 days of every type of volume. facts/instances.md, "Prices": gp3 0.08, with 3,000 IOPS and 125 MiB/s, then
# 0.005 an IOPS and 0.040 a MiB/s; gp2 0.10; io1 and io2 0.125 and 0.065 an IOPS, io2 0.046 over 32,000, 0.032 over 64,000;
# st1 0.045; sc1 0.015; magnetic 0.05.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3"}
save gp3 = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3","Iops":4000,"Throughput":250}
save fast = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp2"}
save gp2 = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"io1","Iops":1000}
save io1 = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":200,"VolumeType":"io2","Iops":70000}
save io2 = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":500,"VolumeType":"st1"}
save st1 = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":500,"VolumeType":"sc1"}
save sc1 = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"standard"}
save old = VolumeId
> stratus AdvanceClock {"Seconds":2592000}
bill $gp3: 100 GiB × 2,592,000 s × $0.08/GiB-month ÷ 2,592,000 s = $8.00
bill $fast: 100 GiB × 2,592,000 s × $0.08/GiB-month ÷ 2,592,000 s = $8.00; (3,000 included + 1,000 × $0.005) a month × 2,592,000 s ÷ 2,592,000 s = $5.00; (125 included + 125 × $0.04) a month × 2,592,000 s ÷ 2,592,000 s = $5.00
bill $gp2: 100 GiB × 2,592,000 s × $0.10/GiB-month ÷ 2,592,000 s = $10.00
bill $io1: 100 GiB × 2,592,000 s × $0.125/GiB-month ÷ 2,592,000 s = $12.50; (1,000 × $0.065) a month × 2,592,000 s ÷ 2,592,000 s = $65.00
bill $io2: 200 GiB × 2,592,000 s × $0.125/GiB-month ÷ 2,592,000 s = $25.00; (32,000 × $0.065 + 32,000 × $0.046 + 6,000 × $0.032) a month × 2,592,000 s ÷ 2,592,000 s = $3744.00
bill $st1: 500 GiB × 2,592,000 s × $0.045/GiB-month ÷ 2,592,000 s = $22.50
bill $sc1: 500 GiB × 2,592,000 s × $0.015/GiB-month ÷ 2,592,000 s = $7.50
bill $old: 10 GiB × 2,592,000 s × $0.05/GiB-month ÷ 2,592,000 s = $0.5000
# 8 + 18 + 10 + 77.5 + 3769 + 22.5 + 7.5 + 0.5
bill total: $3913.000000000
# Deleted: no more.
> ec2 DeleteVolume {"VolumeId":"$io2"}
> stratus AdvanceClock {"Seconds":2592000}
# 2 × (8 + 18 + 10 + 77.5 + 22.5 + 7.5 + 0.5) + 3769
bill total: $4057.000000000
