# Expressions that are none.
$ aws ec2 describe-instances --query 'foo['
!
! Bad value for --query foo[: Invalid jmespath expression: Incomplete expression:
! "foo["
!      ^
!
= 252

$ aws ec2 describe-instances --query ''
!
! Bad value for --query : Invalid JMESPath expression: cannot be empty.
!
= 252

$ aws ec2 describe-instances --query 'a.!b'
!
! Bad value for --query a.!b: Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: not: Parse error at column 2, token "!" (NOT), for expression:
! "a.!b"
!    ^
!
= 252

$ aws ec2 describe-instances --query '{a: b, *}'
!
! Bad value for --query {a: b, *}: Expecting: ['quoted_identifier', 'unquoted_identifier'], got: star: Parse error at column 7, token "*" (STAR), for expression:
! "{a: b, *}"
!         ^
!
= 252

$ aws ec2 describe-instances --query 'foo(a'
!
! Bad value for --query foo(a: Invalid jmespath expression: Incomplete expression:
! "foo(a"
!       ^
!
= 252

$ aws ec2 describe-instances --query 'a = b'
!
! Bad value for --query a = b: Bad jmespath expression: Unknown token '=':
! a = b
!   ^
!
= 252

$ aws ec2 describe-instances --query 'a ='
!
! Bad value for --query a =: Bad jmespath expression: Unknown token '=':
! a =
!   ^
!
= 252

$ aws ec2 describe-instances --query 'a.'
!
! Bad value for --query a.: Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: eof: Parse error at column 2, token "" (EOF), for expression:
! "a."
!    ^
!
= 252

$ aws ec2 describe-instances --query 'a..b'
!
! Bad value for --query a..b: Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: dot: Parse error at column 2, token "." (DOT), for expression:
! "a..b"
!    ^
!
= 252

$ aws ec2 describe-instances --query 'a b'
!
! Bad value for --query a b: Unexpected token: b: Parse error at column 2, token "b" (UNQUOTED_IDENTIFIER), for expression:
! "a b"
!    ^
!
= 252

$ aws ec2 describe-instances --query 'a]'
!
! Bad value for --query a]: Unexpected token: ]: Parse error at column 1, token "]" (RBRACKET), for expression:
! "a]"
!   ^
!
= 252

$ aws ec2 describe-instances --query '[a'
!
! Bad value for --query [a: Invalid jmespath expression: Incomplete expression:
! "[a"
!    ^
!
= 252

$ aws ec2 describe-instances --query '[?a'
!
! Bad value for --query [?a: Invalid jmespath expression: Incomplete expression:
! "[?a"
!     ^
!
= 252

$ aws ec2 describe-instances --query 'a[?b==`1`'
!
! Bad value for --query a[?b==`1`: Invalid jmespath expression: Incomplete expression:
! "a[?b==`1`"
!           ^
!
= 252

$ aws ec2 describe-instances --query 'a[b]'
!
! Bad value for --query a[b]: Expecting: star, got: unquoted_identifier: Parse error at column 2, token "b" (UNQUOTED_IDENTIFIER), for expression:
! "a[b]"
!    ^
!
= 252

$ aws ec2 describe-instances --query 'a["b"]'
!
! Bad value for --query a["b"]: Expecting: star, got: quoted_identifier: Parse error at column 2, token "b" (QUOTED_IDENTIFIER), for expression:
! "a["b"]"
!    ^
!
= 252

$ aws ec2 describe-instances --query "'abc"
!
! Bad value for --query 'abc: Bad jmespath expression: Unclosed ' delimiter:
! 'abc
! ^
!
= 252

$ aws ec2 describe-instances --query '`abc'
!
! Bad value for --query `abc: Bad jmespath expression: Unclosed ` delimiter:
! `abc
! ^
!
= 252

$ aws ec2 describe-instances --query '"abc'
!
! Bad value for --query "abc: Bad jmespath expression: Unclosed " delimiter:
! "abc
! ^
!
= 252

$ aws ec2 describe-instances --query '"a\x"'
!
! Bad value for --query "a\x": Bad jmespath expression: Invalid \escape:
! "a\x"
! ^
!
= 252

$ aws ec2 describe-instances --query '"a"(b)'
!
! Bad value for --query "a"(b): Quoted identifier not allowed for function names.: Parse error at column 0, token "(" (LPAREN), for expression:
! ""a"(b)"
!  ^
!
= 252

$ aws ec2 describe-instances --query 'a[1:2:3:4]'
!
! Bad value for --query a[1:2:3:4]: syntax error: Parse error at column 7, token ":" (COLON), for expression:
! "a[1:2:3:4]"
!         ^
!
= 252

$ aws ec2 describe-instances --query 'a[:b]'
!
! Bad value for --query a[:b]: syntax error: Parse error at column 3, token "b" (UNQUOTED_IDENTIFIER), for expression:
! "a[:b]"
!     ^
!
= 252

$ aws ec2 describe-instances --query '#'
!
! Bad value for --query #: Bad jmespath expression: Unknown token #:
! #
! ^
!
= 252

$ aws ec2 describe-instances --query 'a-'
!
! Bad value for --query a-: Bad jmespath expression: Unknown token '-':
! a-
!  ^
!
= 252

$ aws ec2 describe-instances --query 'a{b}'
!
! Bad value for --query a{b}: invalid token: Parse error at column 1, token "{" (LBRACE), for expression:
! "a{b}"
!   ^
!
= 252

$ aws ec2 describe-instances --query 'a*'
!
! Bad value for --query a*: invalid token: Parse error at column 1, token "*" (STAR), for expression:
! "a*"
!   ^
!
= 252

$ aws ec2 describe-instances --query '@(a)'
!
! Bad value for --query @(a): Invalid function name '@': Parse error at column 0, token "@" (CURRENT), for expression:
! "@(a)"
!  ^
!
= 252

$ aws ec2 describe-instances --query '(a'
!
! Bad value for --query (a: Invalid jmespath expression: Incomplete expression:
! "(a"
!    ^
!
= 252

$ aws ec2 describe-instances --query '[]b'
!
! Bad value for --query []b: Unexpected token: b: Parse error at column 2, token "b" (UNQUOTED_IDENTIFIER), for expression:
! "[]b"
!    ^
!
= 252

$ aws ec2 describe-instances --query 'a | '
!
! Bad value for --query a | : Invalid jmespath expression: Incomplete expression:
! "a | "
!      ^
!
= 252

$ aws ec2 describe-instances --query 'a &&'
!
! Bad value for --query a &&: Invalid jmespath expression: Incomplete expression:
! "a &&"
!      ^
!
= 252

$ aws ec2 describe-instances --query '{a:b'
!
! Bad value for --query {a:b: Invalid jmespath expression: Incomplete expression:
! "{a:b"
!      ^
!
= 252

$ aws ec2 describe-instances --query '{a b}'
!
! Bad value for --query {a b}: Expecting: colon, got: unquoted_identifier: Parse error at column 3, token "b" (UNQUOTED_IDENTIFIER), for expression:
! "{a b}"
!     ^
!
= 252

$ aws ec2 describe-instances --query '{"a": b, c}'
!
! Bad value for --query {"a": b, c}: Expecting: colon, got: rbrace: Parse error at column 10, token "}" (RBRACE), for expression:
! "{"a": b, c}"
!            ^
!
= 252

$ aws ec2 describe-instances --query ','
!
! Bad value for --query ,: invalid token: Parse error at column 0, token "," (COMMA), for expression:
! ","
!  ^
!
= 252

$ aws ec2 describe-vpcs --query '[Vpcs[0].CidrBlock, Vpcs[].{A: CidrBlock, B: State}]' --output table
!
! list index out of range
!
= 255

# Fewer than no results: the token counts on below nothing.
$ aws ec2 describe-instances --max-items -1 --query NextToken --output text
None
eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAtMX0=
= 0
