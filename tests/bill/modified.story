# A modified volume costs the new way from the moment of the request.
# https://docs.aws.amazon.com/ebs/latest/userguide/requesting-ebs-volume-modifications.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"VolumeType":"gp3"}
save v = VolumeId
advance 3600
> ec2 ModifyVolume {"VolumeId":"$v","Size":16,"Iops":5000}
advance 3600
# (8 + 16) × 3,600 = 86,400 GiB-seconds × 0.08 ÷ 2,592,000 = 0.002666667; 2,000 × 0.005 × 3,600 ÷ 2,592,000 = 0.013888889
bill $v: (8 GiB × 3,600 s + 16 GiB × 3,600 s = 86,400 GiB-seconds) × $0.08/GiB-month ÷ 2,592,000 s = $0.00267; (3,000 included + 2,000 × $0.005) a month × 3,600 s ÷ 2,592,000 s = $0.0139
bill total: $0.016555556
