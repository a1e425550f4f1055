# Windows in which AWS may reboot, stop and retire instances.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/event-windows.html

== a window of time ranges
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInstanceEventWindow.html
> ec2 CreateInstanceEventWindow {"Name":"nights","TimeRanges":[{"StartWeekDay":"monday","StartHour":2,"EndWeekDay":"wednesday","EndHour":8},{"StartWeekDay":"saturday","StartHour":23,"EndWeekDay":"sunday","EndHour":1}],"TagSpecifications":[{"ResourceType":"instance-event-window","Tags":[{"Key":"Team","Value":"web"}]}]}
= InstanceEventWindow.InstanceEventWindowId: iew-0*
= InstanceEventWindow.Name: nights
= InstanceEventWindow.State: creating
= InstanceEventWindow.TimeRanges[0]: {"StartWeekDay":"monday","StartHour":2,"EndWeekDay":"wednesday","EndHour":8}
= InstanceEventWindow.TimeRanges[1]: {"StartWeekDay":"saturday","StartHour":23,"EndWeekDay":"sunday","EndHour":1}
= InstanceEventWindow.CronExpression: -
= InstanceEventWindow.AssociationTarget: -
= InstanceEventWindow.Tags: [{"Key":"Team","Value":"web"}]
save window = InstanceEventWindow.InstanceEventWindowId
advance 120
event creating → active
> ec2 DescribeInstanceEventWindows {"InstanceEventWindowIds":["$window"]}
= InstanceEventWindows[0].State: active
# Two hours each, four in all; what two ranges share counts once.
> ec2 CreateInstanceEventWindow {"TimeRanges":[{"StartWeekDay":"monday","StartHour":2,"EndWeekDay":"monday","EndHour":3},{"StartWeekDay":"friday","StartHour":2,"EndWeekDay":"friday","EndHour":8}]}
! InvalidParameterValue: at least 2 hours
> ec2 CreateInstanceEventWindow {"TimeRanges":[{"StartWeekDay":"monday","StartHour":2,"EndWeekDay":"monday","EndHour":5}]}
! InvalidParameterValue: at least 4 hours
> ec2 CreateInstanceEventWindow {"TimeRanges":[{"StartWeekDay":"monday","StartHour":2,"EndWeekDay":"monday","EndHour":5},{"StartWeekDay":"monday","StartHour":3,"EndWeekDay":"monday","EndHour":5}]}
! InvalidParameterValue: at least 4 hours
> ec2 CreateInstanceEventWindow {"TimeRanges":[{"StartWeekDay":"monday","StartHour":2,"EndWeekDay":"monday"}]}
! MissingParameter
> ec2 CreateInstanceEventWindow {"Name":"nothing"}
! MissingParameter
> ec2 CreateInstanceEventWindow {"CronExpression":"* 0-4 * * 1","TimeRanges":[{"StartWeekDay":"monday","StartHour":2,"EndWeekDay":"monday","EndHour":8}]}
! InvalidParameterCombination

== a window of a cron expression
> ec2 CreateInstanceEventWindow {"Name":"evenings","CronExpression":"* 21-23 * * 2,3"}
= InstanceEventWindow.CronExpression: * 21-23 * * 2,3
= InstanceEventWindow.TimeRanges: -
save window = InstanceEventWindow.InstanceEventWindowId
> ec2 ModifyInstanceEventWindow {"InstanceEventWindowId":"$window","CronExpression":"* 0-4,20-23 * * SUN,6"}
= InstanceEventWindow.CronExpression: * 0-4,20-23 * * SUN,6
= InstanceEventWindow.Name: evenings
> ec2 ModifyInstanceEventWindow {"InstanceEventWindowId":"$window","Name":"weekend","TimeRanges":[{"StartWeekDay":"saturday","StartHour":0,"EndWeekDay":"sunday","EndHour":0}]}
= InstanceEventWindow.CronExpression: -
= InstanceEventWindow.Name: weekend
> ec2 ModifyInstanceEventWindow {"InstanceEventWindowId":"$window"}
! MissingParameter
> ec2 CreateInstanceEventWindow {"CronExpression":"* 21-23 * * 2"}
! InvalidParameterValue: at least 4 hours
> ec2 CreateInstanceEventWindow {"CronExpression":"* 21-22,0-4 * * 2"}
! InvalidParameterValue: at least 2 hours
> ec2 CreateInstanceEventWindow {"CronExpression":"0 0-4 * * 2"}
! InvalidParameterValue: the minute
> ec2 CreateInstanceEventWindow {"CronExpression":"* 0-4 1 * 2"}
! InvalidParameterValue: the day of the month
> ec2 CreateInstanceEventWindow {"CronExpression":"* 0-4 * * 7"}
! InvalidParameterValue: a day of the week
> ec2 CreateInstanceEventWindow {"CronExpression":"* 5 * * 1"}
! InvalidParameterValue: ranges
> ec2 CreateInstanceEventWindow {"CronExpression":"* 20-24 * * 1"}
! InvalidParameterValue: ranges
> ec2 CreateInstanceEventWindow {"CronExpression":"* 0-4 * *"}
! InvalidParameterValue: five fields

== what a window is for
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":2,"MaxCount":2}
save web = Instances[0].InstanceId
save db = Instances[1].InstanceId
> ec2 CreateInstanceEventWindow {"Name":"a","CronExpression":"* 0-4 * * 1"}
save a = InstanceEventWindow.InstanceEventWindowId
> ec2 CreateInstanceEventWindow {"Name":"b","CronExpression":"* 0-4 * * 2"}
save b = InstanceEventWindow.InstanceEventWindowId
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateInstanceEventWindow.html
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$a","AssociationTarget":{"InstanceIds":["$web","$db"]}}
= InstanceEventWindow.AssociationTarget.InstanceIds: ["$web","$db"]
= InstanceEventWindow.AssociationTarget.Tags: []
= InstanceEventWindow.AssociationTarget.DedicatedHostIds: []
# One kind of target in a window,
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$a","AssociationTarget":{"InstanceTags":[{"Key":"Stage","Value":"prod"}]}}
! InvalidParameterCombination: Only one type of target
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$b","AssociationTarget":{"InstanceIds":["$web"],"InstanceTags":[{"Key":"Stage","Value":"prod"}]}}
! InvalidParameterCombination: Only one type of target
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$b","AssociationTarget":{}}
! MissingParameter
# and a target in one window only.
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$b","AssociationTarget":{"InstanceIds":["$web"]}}
! Resource.AlreadyAssociated
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$b","AssociationTarget":{"InstanceIds":["i-00000000000000000"]}}
! InvalidInstanceID.NotFound
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$b","AssociationTarget":{"DedicatedHostIds":["h-00000000000000000"]}}
! InvalidHostID.NotFound
> ec2 AssociateInstanceEventWindow {"InstanceEventWindowId":"$b","AssociationTarget":{"InstanceTags":[{"Key":"Stage","Value":"prod"}]}}
= InstanceEventWindow.AssociationTarget.Tags: [{"Key":"Stage","Value":"prod"}]
> ec2 DescribeInstanceEventWindows {"Filters":[{"Name":"instance-tag","Values":["Stage=prod"]}]}
= InstanceEventWindows#: 1
= InstanceEventWindows[0].Name: b
> ec2 DescribeInstanceEventWindows {"Filters":[{"Name":"instance-id","Values":["$db"]},{"Name":"event-window-name","Values":["a*"]}]}
= InstanceEventWindows#: 1
> ec2 DescribeInstanceEventWindows {"Filters":[{"Name":"instance-tag-key","Values":["Stage"]},{"Name":"instance-tag-value","Values":["test"]}]}
= InstanceEventWindows#: 0
> ec2 DescribeInstanceEventWindows {"Filters":[{"Name":"state","Values":["active"]}]}
! InvalidParameterValue
> ec2 DescribeInstanceEventWindows {"InstanceEventWindowIds":["$a"],"MaxResults":20}
! InvalidParameterCombination
> ec2 DescribeInstanceEventWindows {"InstanceEventWindowIds":["iew-00000000000000000"]}
! InvalidInstanceEventWindowID.NotFound
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateInstanceEventWindow.html
> ec2 DisassociateInstanceEventWindow {"InstanceEventWindowId":"$a","AssociationTarget":{"InstanceIds":["$web"]}}
= InstanceEventWindow.AssociationTarget.InstanceIds: ["$db"]
> ec2 DisassociateInstanceEventWindow {"InstanceEventWindowId":"$a","AssociationTarget":{"InstanceIds":["$web"]}}
! InvalidParameterValue: is not associated
# An instance that ends is no target any more.
> ec2 TerminateInstances {"InstanceIds":["$db"]}
advance 120
> ec2 DescribeInstanceEventWindows {"InstanceEventWindowIds":["$a"]}
= InstanceEventWindows[0].AssociationTarget: -
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInstanceEventWindow.html
> ec2 DeleteInstanceEventWindow {"InstanceEventWindowId":"$b"}
! DependencyViolation
> ec2 DeleteInstanceEventWindow {"InstanceEventWindowId":"$b","ForceDelete":true}
= InstanceEventWindowState.InstanceEventWindowId: $b
= InstanceEventWindowState.State: deleting
> ec2 ModifyInstanceEventWindow {"InstanceEventWindowId":"$b","Name":"late"}
! IncorrectState
advance 120
> ec2 DeleteInstanceEventWindow {"InstanceEventWindowId":"$b"}
! InvalidInstanceEventWindowID.NotFound
> ec2 DeleteInstanceEventWindow {"InstanceEventWindowId":"$a"}
advance 120
> ec2 DescribeInstanceEventWindows {}
= InstanceEventWindows: []
