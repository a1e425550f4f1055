# One log that touches everything: its digest is recorded in digest.txt.
now 2025-03-03T09:00:00Z
advance 90.5
= Now: 2025-03-03T09:01:30.500Z
now 2025-03-03T09:01:30.500Z
> stratus AdvanceClock {"Until":"2025-03-04T00:00:00Z"}
now 2025-03-04T00:00:00Z
undo
now 2025-03-03T09:01:30.500Z
redo
now 2025-03-04T00:00:00Z
> stratus AdvanceClock {"Until":"2025-03-03T23:59:59Z"}
! InvalidParameterValue: Undo goes back in time
> stratus AdvanceClock {}
! InvalidParameterCombination
> stratus SetTiming {"Name":"instance.pending.linux","MinimumMillis":5000,"MaximumMillis":5000}
> stratus SetTiming {"Name":"no.such","MinimumMillis":1,"MaximumMillis":1}
! InvalidParameterValue: there is no timing 'no.such'
