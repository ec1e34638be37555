// A clock that can be set, for one process and its children: load libPlumblineClock.so with LD_PRELOAD.
//
// The environment variable PLUMBLINE_CLOCK names a file of eight bytes, the seconds (int64, the machine's byte order) that
// the process's clock is ahead of the system's. It is mapped, so that writing it sets the clock of a process that runs.
// Only the clock of dates is set (CLOCK_REALTIME); the steady clocks, timers and the dates of files are the system's.

#ifndef PLUMBLINE_CCLOCK_H
#define PLUMBLINE_CCLOCK_H

#define PLUMBLINE_CLOCK_VARIABLE "PLUMBLINE_CLOCK"

#endif
