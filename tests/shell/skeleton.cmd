# Skeletons, and expressions and formats applied to them.
$ aws route53 create-hosted-zone --generate-cli-skeleton
{
    "Name": "",
    "VPC": {
        "VPCRegion": "us-east-1",
        "VPCId": ""
    },
    "CallerReference": "",
    "HostedZoneConfig": {
        "Comment": "",
        "PrivateZone": true
    },
    "DelegationSetId": ""
}
= 0

$ aws route53 create-hosted-zone --generate-cli-skeleton output
!
! usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
! To see help text, you can run:
!
!   aws help
!   aws <command> help
!   aws <command> <subcommand> help
!
! aws: error: the following arguments are required: --name, --caller-reference
!
!
= 252

$ aws ssm delete-parameter --generate-cli-skeleton input
{
    "Name": ""
}
= 0

$ aws iam create-user --generate-cli-skeleton
{
    "Path": "",
    "UserName": "",
    "PermissionsBoundary": "",
    "Tags": [
        {
            "Key": "",
            "Value": ""
        }
    ]
}
= 0

$ aws sts get-caller-identity --generate-cli-skeleton
{}
= 0

$ aws sts get-caller-identity --generate-cli-skeleton output
!
! Parameter validation failed:
! Invalid length for parameter Arn, value: 3, valid min length: 20
!
= 252

$ aws sts get-caller-identity --generate-cli-skeleton yaml-input
{}
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --output text
InstanceId	PasswordData	1970-01-01 00:00:00
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --output table
-------------------------------------------------------
|                   GetPasswordData                   |
+------------+----------------+-----------------------+
| InstanceId | PasswordData   |       Timestamp       |
+------------+----------------+-----------------------+
|  InstanceId|  PasswordData  |  1970-01-01 00:00:00  |
+------------+----------------+-----------------------+
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --output yaml
InstanceId: InstanceId
PasswordData: PasswordData
Timestamp: 1970-01-01 00:00:00
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --output yaml-stream
- InstanceId: InstanceId
  PasswordData: PasswordData
  Timestamp: 1970-01-01 00:00:00
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query InstanceId
"InstanceId"
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query InstanceId --output text
InstanceId
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query InstanceId --output table
-----------------
|GetPasswordData|
+---------------+
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query InstanceId --output yaml
"InstanceId"
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '[InstanceId, PasswordData]' --output text
InstanceId	PasswordData
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '[InstanceId, PasswordData]' --output table
------------------
| GetPasswordData|
+----------------+
|  InstanceId    |
|  PasswordData  |
+----------------+
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '[[InstanceId, PasswordData],[Timestamp, `null`]]' --output table
-----------------------------------------
|            GetPasswordData            |
+----------------------+----------------+
|  InstanceId          |  PasswordData  |
|  1970-01-01 00:00:00 |  None          |
+----------------------+----------------+
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '[[InstanceId, PasswordData],[Timestamp, `null`]]' --output text
InstanceId	PasswordData
1970-01-01 00:00:00	None
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '[[InstanceId, PasswordData],[Timestamp, [PasswordData]]]' --output table
!
! Row should have 2 elements, instead it has 1
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '[[InstanceId, PasswordData],[Timestamp]]' --output table
!
! Row should have 2 elements, instead it has 1
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query Nope
null
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query Nope --output text
None
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query Nope --output table
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query Nope --output yaml
null
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[]`'
[]
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`{}`'
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`{"b": 1, "a": [1, 2.50, 1e30, 1e-7, true, null, "é😀\u0001\"\\\\"]}`'
{
    "b": 1,
    "a": [
        1,
        2.5,
        1e+30,
        1e-07,
        true,
        null,
        "é😀\u0001\"\\\\"
    ]
}
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`{"b": 1, "a": [1, 2.50, 1e30, 1e-7, true, null, "é😀\u0001\"\\\\"]}`' --output yaml
a:
- 1
- 2.5
- 1e+30
- 1e-07
- true
- null
- "é\U0001F600\x01\"\\\\"
b: 1
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`{"b": 1, "a": [1, 2.50, 1e30, 1e-7, true, null, "é日本"]}`' --output table
-----------------
|GetPasswordData|
+------+--------+
|  b   |  1     |
+------+--------+
||      a      ||
|+-------------+|
||  1          ||
||  2.5        ||
||  1e+30      ||
||  1e-07      ||
||  True       ||
||  None       ||
||  é日本     ||
|+-------------+|
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`{"b": 1, "a": [1, 2.50, 1e30, 1e-7, true, null, "é😀"]}`' --output text
1
A	1
A	2.5
A	1e+30
A	1e-07
A	True
A	None
A	é😀
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`{"a": {"b": {"c": 1, "d": [1, 2]}, "e": [{"f": 1, "g": [{"h": 1}]}, {"f": 2}]}}`' --output table
-----------------
|GetPasswordData|
+---------------+
||      a      ||
|+-------------+|
|||     b     |||
||+----+------+||
|||  c |  1   |||
||+----+------+||
||||    d    ||||
|||+---------+|||
||||  1      ||||
||||  2      ||||
|||+---------+|||
|||     e     |||
||+-----------+||
|||     f     |||
||+-----------+||
|||  1        |||
||+-----------+||
||||    g    ||||
|||+---------+|||
||||    h    ||||
|||+---------+|||
||||  1      ||||
|||+---------+|||
|||     e     |||
||+-----------+||
|||     f     |||
||+-----------+||
|||  2        |||
||+-----------+||
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`{"a": {"b": {"c": 1, "d": [1, 2]}, "e": [{"f": 1, "g": [{"h": 1}]}, {"f": 2}]}}`' --output text
B	1
D	1
D	2
E	1
G	1
E	2
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`{"a": {"b": {"c": 1, "d": [1, 2]}, "e": [{"f": 1, "g": [{"h": 1}]}, {"f": 2}]}}`' --output yaml
a:
  b:
    c: 1
    d:
    - 1
    - 2
  e:
  - f: 1
    g:
    - h: 1
  - f: 2
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[{"a": 1, "b": "x"}, {"b": "y", "c": [3]}, {"c": []}]`' --output table
-----------------
|GetPasswordData|
+------+--------+
|   a  |   b    |
+------+--------+
|  1   |  x     |
+------+--------+
|GetPasswordData|
+------+--------+
|   a  |   b    |
+------+--------+
|      |  y     |
+------+--------+
||      c      ||
|+-------------+|
||  3          ||
|+-------------+|
|GetPasswordData|
+------+--------+
|   a  |   b    |
+------+--------+
|      |        |
+------+--------+
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[{"a": 1, "b": "x"}, {"b": "y", "c": [3]}, {"c": []}]`' --output text
1	x
	y
C	3
	
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[["a", ["b"]], "c"]`' --output text
c
a
b
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[{"LongLongLongLongLongLongLong": 1, "AnotherLongLongLongLongLong": 2, "YetAnotherLongLongLong": 3, "Z": "0123456789"}]`' --output table
------------------------------------------------
|                GetPasswordData               |
+-------------------------------+--------------+
|  AnotherLongLongLongLongLong  |  2           |
|  LongLongLongLongLongLongLong |  1           |
|  YetAnotherLongLongLong       |  3           |
|  Z                            |  0123456789  |
+-------------------------------+--------------+
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[{"LongLongLongLongLongLongLong": 1, "AnotherLongLongLongLongLong": 2, "YetAnotherLongLongLong": 3}, {"Z": "0123456789"}]`' --output table
---------------------------------------------------------------------------------------------------------
|                                            GetPasswordData                                            |
+-----------------------------+--------------------------------+--------------------------+-------------+
| AnotherLongLongLongLongLong | LongLongLongLongLongLongLong   | YetAnotherLongLongLong   |      Z      |
+-----------------------------+--------------------------------+--------------------------+-------------+
|  2                          |  1                             |  3                       |             |
|                             |                                |                          |  0123456789 |
+-----------------------------+--------------------------------+--------------------------+-------------+
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`{"text": "yes", "n": "012", "t": "2025-03-03T09:00:00+00:00", "e": "", "m": "a\nb", "c": "a: b", "x": "a #b", "q": "it'"'"'s", "s": " x"}`' --output yaml
c: 'a: b'
e: ''
m: 'a

  b'
n: '012'
q: it's
s: ' x'
t: '2025-03-03T09:00:00+00:00'
text: yes
x: 'a #b'
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'length(Nope)'
!
! In function length(), invalid type for value: None, expected one of: ['string', 'array', 'object'], received: "null"
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'length(InstanceId)'
10
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'nope(InstanceId)'
!
! Unknown function: nope()
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'length()'
!
! Expected 1 argument for function length(), received 0
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'not_null()'
!
! Expected at least 1 argument for function not_null(), received 0
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'sum(`[1, "a"]`)'
!
! In function sum(), invalid type for value: a, expected one of: ['array-number'], received: "str"
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'max(`[1, "a"]`)'
!
! In function max(), invalid type for value: a, expected one of: ['array-number', 'array-string'], received: "str"
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'sort(`[true]`)'
!
! In function sort(), invalid type for value: True, expected one of: ['array-string', 'array-number'], received: "bool"
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'sort_by(`[{"a": 2}, {"a": 1}, {"a": "x"}]`, &a)'
!
! In function sort_by(), invalid type for value: x, expected one of: ['number'], received: "string"
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'sort_by(`[{"a": 2}, {"a": 1}]`, &a)'
[
    {
        "a": 1
    },
    {
        "a": 2
    }
]
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'sort_by(`[{"a": 2}, {"a": 1}]`, &b)'
!
! In function sort_by(), invalid type for value: {'a': 2}, expected one of: ['string', 'number'], received: "null"
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '[max_by(`[{"a": 2}, {"a": 1}]`, &a), min_by(`[{"a": 2}, {"a": 1}]`, &a), map(&a, `[{"a": 2}, {"b": 1}]`)]'
[
    {
        "a": 2
    },
    {
        "a": 1
    },
    [
        2,
        null
    ]
]
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '[abs(`-1`), ceil(`1.2`), floor(`-1.2`), avg(`[1, 2]`), avg(`[]`), sum(`[1, 2.5]`), contains(`"abc"`, `"b"`), contains(`[1]`, `1`), ends_with(`"abc"`, `"c"`), join(`"-"`, `["a", "b"]`), keys(`{"b": 1, "a": 2}`), values(`{"b": 1, "a": 2}`)]'
[
    1,
    2,
    -2,
    1.5,
    null,
    3.5,
    true,
    true,
    true,
    "a-b",
    [
        "b",
        "a"
    ],
    [
        1,
        2
    ]
]
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '[merge(`{"b": 1}`, `{"a": 2, "b": 3}`), reverse(`"abc"`), reverse(`[1, 2]`), to_string(`[1, {"a": "é"}]`), to_number(`"12"`), to_number(`"1.50"`), to_number(`"x"`), to_array(`1`), type(`1`), type(@), not_null(Nope, PasswordData), starts_with(PasswordData, `"A"`)]'
[
    {
        "b": 3,
        "a": 2
    },
    "cba",
    [
        2,
        1
    ],
    "[1,{\"a\":\"\\u00e9\"}]",
    12,
    1.5,
    null,
    [
        1
    ],
    "number",
    "object",
    "PasswordData",
    false
]
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[0, 1, 2, 3, 4, 5]`[1:4] | [::-1]'
[
    3,
    2,
    1
]
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[0, 1, 2, 3, 4, 5]`[-2:]'
[
    4,
    5
]
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[0, 1, 2, 3, 4, 5]`[::0]'
!
! slice step cannot be zero
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[{"a": 1, "b": {"c": [1, [2, [3]]]}}, {"a": 2}]`[?a > `1` || b].{x: a, y: b.c[][]}'
[
    {
        "x": 1,
        "y": [
            1,
            2,
            3
        ]
    },
    {
        "x": 2,
        "y": null
    }
]
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`{"x": {"a": 1}, "y": {"a": 2}}`.*.a'
[
    1,
    2
]
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`[{"a": "x"}, {"a": "y"}]`[?a == '"'x'"' && !(b)].a | [0]'
"x"
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '[`1` == `true`, `1` == `1.0`, `"a"` < `"b"`, `1` < `[]`, `null` != `0`, !`0`, !`""`]'
[
    false,
    true,
    true,
    null,
    true,
    false,
    true
]
= 0

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query '`1` < `"a"`'
!
! '<' not supported between instances of 'int' and 'str'
!
= 255

$ aws ec2 get-password-data --instance-id i --generate-cli-skeleton output --query 'contains(`"abc"`, `1`)'
!
! 'in <string>' requires string as left operand, not int
!
= 255
