# Events that AWS schedules for instances. AWS decides of them: `stratus ScheduleInstanceEvent` stands for that.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instances-status-check_sched.html

== an event is planned into the window of its instance
# A world begins on a Monday at nine.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"Stage","Value":"prod"}]}]}
save web = Instances[0].InstanceId
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"system-reboot"}
! IncorrectInstanceState
advance 60
> ec2 CreateInstanceEventWindow {"TimeRanges":[{"StartWeekDay":"saturday","StartHour":22,"EndWeekDay":"sunday","EndHour":2}]}
save window = InstanceEventWindow.InstanceEventWindowId
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$window","AssociationTarget":{"InstanceTags":[{"Key":"Stage","Value":"prod"}]}}
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"instance-reboot","NotBefore":"2025-03-05T12:00:00Z"}
= Event.NotBefore: 2025-03-08T22:00:00Z
# One that falls into the window stays where it is, if there is time enough left;
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"instance-stop","NotBefore":"2025-03-08T23:30:00Z"}
= Event.NotBefore: 2025-03-08T23:30:00Z
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"instance-retirement","NotBefore":"2025-03-09T01:00:00Z"}
= Event.NotBefore: 2025-03-15T22:00:00Z
# maintenance of the network keeps to no window.
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"system-maintenance","NotBefore":"2025-03-05T12:00:00Z"}
= Event.NotBefore: 2025-03-05T12:00:00Z
> ec2 DescribeInstanceStatus {"Filters":[{"Name":"event.code","Values":["instance-reboot"]}]}
= InstanceStatuses[0].Events#: 4
= InstanceStatuses[0].Events[0].InstanceEventId: instance-event-0*
= InstanceStatuses[0].Events[0].Code: instance-reboot
= InstanceStatuses[0].Events[0].Description: The instance is scheduled for a reboot
= InstanceStatuses[0].Events[0].NotBefore: 2025-03-08T22:00:00Z
= InstanceStatuses[0].Events[0].NotAfter: 2025-03-09T00:00:00Z
= InstanceStatuses[0].Events[0].NotBeforeDeadline: 2025-03-22T22:00:00Z
= InstanceStatuses[0].Events[2].NotBeforeDeadline: -
# A change of the window moves nothing that is scheduled.
> ec2 ModifyInstanceEventWindow {"InstanceEventWindowId":"$window","CronExpression":"* 2-8 * * 4"}
> ec2 DescribeInstanceStatus {"Filters":[{"Name":"event.not-before","Values":["2025-03-08T22:00:00*"]}]}
= InstanceStatuses#: 1
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"system-reboot","NotBefore":"2025-03-07T00:00:00Z"}
= Event.NotBefore: 2025-03-13T02:00:00Z

== each takes place at its time
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 300
see first = host of $web
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"system-maintenance","NotBefore":"2025-03-03T12:00:00Z"}
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"system-reboot","NotBefore":"2025-03-04T12:00:00Z"}
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"instance-stop","NotBefore":"2025-03-05T12:00:00Z"}
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"instance-reboot","NotBefore":"2025-03-06T12:00:00Z"}
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"instance-reboot","NotBefore":"2025-03-01T12:00:00Z"}
! InvalidParameterValue
> stratus AdvanceClock {"Until":"2025-03-03T12:00:00Z"}
event maintenance of its host begins
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].Events[0].Description: The instance is scheduled for system maintenance
advance 7200
event maintenance of its host is over
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].Events[0].Description: [Completed] The instance is scheduled for system maintenance
= InstanceStatuses[0].Events[1].Description: The instance is scheduled for a reboot
> stratus AdvanceClock {"Until":"2025-03-04T12:01:00Z"}
event rebooted by a scheduled event
see host of $web: $first
> stratus AdvanceClock {"Until":"2025-03-05T12:01:00Z"}
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].State.Name: stopped
= Reservations[0].Instances[0].StateReason.Code: Server.ScheduledStop
# What was to follow does not: the instance has left that host.
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"],"IncludeAllInstances":true}
= InstanceStatuses[0].Events[2].Description: [Completed] The instance is running on degraded hardware
= InstanceStatuses[0].Events[3].Description: [Canceled] The instance is scheduled for a reboot
# Events that are over are described for a week.
advance 518400
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"],"IncludeAllInstances":true}
= InstanceStatuses[0].Events#: 2
advance 172800
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"],"IncludeAllInstances":true}
= InstanceStatuses[0].Events: -

== stopping and starting before it is enough
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sched-events-actions.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 300
> stratus FailHost {"InstanceId":"$web","Degraded":true}
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].SystemStatus.Status: ok
= InstanceStatuses[0].Events[0].Code: instance-retirement
= InstanceStatuses[0].Events[0].NotBefore: 2025-03-17T09:05:00Z
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 1300000
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].State.Name: running

== an instance whose root is the host's disk ends with it
> ec2 RunInstances {"ImageId":"$instance-store","InstanceType":"m3.medium","MinCount":1,"MaxCount":1}
save old = Instances[0].InstanceId
advance 300
> stratus ScheduleInstanceEvent {"InstanceId":"$old","Code":"instance-stop"}
! InvalidParameterValue
> stratus ScheduleInstanceEvent {"InstanceId":"$old","Code":"instance-retirement","NotBefore":"2025-03-04T09:00:00Z"}
> stratus AdvanceClock {"Until":"2025-03-04T09:02:00Z"}
> ec2 DescribeInstances {"InstanceIds":["$old"]}
= Reservations[0].Instances[0].State.Name: terminated

== rescheduling
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/reschedule-event.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 300
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"instance-reboot","NotBefore":"2025-03-04T09:00:00Z"}
save reboot = Event.InstanceEventId
> ec2 ModifyInstanceEventStartTime {"InstanceId":"$web","InstanceEventId":"instance-event-1","NotBefore":"2025-03-05T09:00:00Z"}
! InvalidInstanceEventIDNotFound
> ec2 ModifyInstanceEventStartTime {"InstanceId":"$web","InstanceEventId":"$reboot","NotBefore":"2025-03-03T10:00:00Z"}
! InvalidInstanceEventStartTime: at least 60 minutes
> ec2 ModifyInstanceEventStartTime {"InstanceId":"$web","InstanceEventId":"$reboot","NotBefore":"2025-03-18T09:00:01Z"}
! InvalidInstanceEventStartTime: must not be after 2025-03-18T09:00:00Z
> ec2 ModifyInstanceEventStartTime {"InstanceId":"$web","InstanceEventId":"$reboot","NotBefore":"2025-03-06T09:00:00Z"}
= Event.InstanceEventId: $reboot
= Event.NotBefore: 2025-03-06T09:00:00Z
= Event.NotAfter: 2025-03-06T11:00:00Z
= Event.NotBeforeDeadline: 2025-03-18T09:00:00Z
> stratus AdvanceClock {"Until":"2025-03-06T08:55:00Z"}
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].Events[0].Description: The instance is scheduled for a reboot
> ec2 ModifyInstanceEventStartTime {"InstanceId":"$web","InstanceEventId":"$reboot","NotBefore":"2025-03-07T09:00:00Z"}
! InvalidInstanceEventStartTime: within 5 minutes
advance 300
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].Events[0].Description: [Completed] The instance is scheduled for a reboot
# What has no deadline stays where it is.
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"instance-retirement"}
save retirement = Event.InstanceEventId
> ec2 ModifyInstanceEventStartTime {"InstanceId":"$web","InstanceEventId":"$retirement","NotBefore":"2025-03-18T09:00:00Z"}
! InvalidInstanceEventStartTime: has no deadline

== a reboot of one's own
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/schedevents_actions_reboot.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 300
see first = host of $web
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"instance-reboot"}
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
see host of $web: $first
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].Events[0].Description: [Canceled] The instance is scheduled for a reboot
# With reboot migration it also takes the instance off a host that is to be rebooted.
> ec2 ModifyInstanceMaintenanceOptions {"InstanceId":"$web","RebootMigration":"disabled"}
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"system-reboot"}
> ec2 RebootInstances {"InstanceIds":["$web"]}
see host of $web: $first
> ec2 ModifyInstanceMaintenanceOptions {"InstanceId":"$web","RebootMigration":"default"}
> ec2 RebootInstances {"InstanceIds":["$web"]}
see second = host of $web
differ $first $second
> ec2 DescribeInstanceStatus {"InstanceIds":["$web"]}
= InstanceStatuses[0].Events[1].Code: system-reboot
= InstanceStatuses[0].Events[1].Description: [Canceled] The instance is scheduled for a reboot

== what an instance is told of it
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_scheduled_events.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"MetadataOptions":{"HttpTokens":"optional"}}
save web = Instances[0].InstanceId
advance 300
% $web curl -s http://169.254.169.254/latest/meta-data/events/maintenance/scheduled
| []
> stratus ScheduleInstanceEvent {"InstanceId":"$web","Code":"system-reboot","NotBefore":"2025-03-04T09:00:43Z"}
% $web curl -s http://169.254.169.254/latest/meta-data/events/maintenance/scheduled
| [ {
| "NotBefore" : "04 Mar 2025 09:00:43 GMT",
| "Code" : "system-reboot",
| "Description" : "scheduled reboot",
| "EventId" : "instance-event-*",
| "NotAfter" : "04 Mar 2025 11:00:43 GMT",
| "State" : "active"
| } ]
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
% $web curl -s http://169.254.169.254/latest/meta-data/events/maintenance/scheduled
| []
% $web curl -s http://169.254.169.254/latest/meta-data/events/maintenance/history
| [ {
| "NotBefore" : "04 Mar 2025 09:00:43 GMT",
| "Code" : "system-reboot",
| "Description" : "[Canceled] scheduled reboot",
| "EventId" : "instance-event-*",
| "NotAfter" : "04 Mar 2025 11:00:43 GMT",
| "State" : "canceled"
| } ]

== a window of a Dedicated Host
> ec2 AllocateHosts {"AvailabilityZone":"us-east-1a","InstanceFamily":"m5","Quantity":1}
save host = HostIds[0]
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"m5.large","MinCount":1,"MaxCount":1,"Placement":{"HostId":"$host"}}
save db = Instances[0].InstanceId
advance 120
> ec2 CreateInstanceEventWindow {"CronExpression":"* 2-8 * * 4"}
save window = InstanceEventWindow.InstanceEventWindowId
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$window","AssociationTarget":{"DedicatedHostIds":["$host"]}}
> stratus ScheduleInstanceEvent {"InstanceId":"$db","Code":"instance-stop","NotBefore":"2025-03-04T00:00:00Z"}
= Event.NotBefore: 2025-03-06T02:00:00Z
> stratus AdvanceClock {"Until":"2025-03-06T02:01:00Z"}
see host of $db: -
> ec2 ReleaseHosts {"HostIds":["$host"]}
> ec2 DescribeInstanceEventWindows {"Filters":[{"Name":"dedicated-host-id","Values":["$host"]}]}
= InstanceEventWindows: []
