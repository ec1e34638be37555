#define _GNU_SOURCE
#include "cclock.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *offset;

__attribute__((constructor)) static void map_offset(void) {
  const char *path = getenv(PLUMBLINE_CLOCK_VARIABLE);
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *place = mmap(NULL, sizeof *offset, PROT_READ, MAP_SHARED, file, 0);
  if (place != MAP_FAILED) offset = place;
  close(file);
}

static int64_t seconds_ahead(void) { return offset ? *offset : 0; }

// The system call itself: the library's function is the one that is replaced here.
int clock_gettime(clockid_t clock, struct timespec *now) {
  int result = (int)syscall(SYS_clock_gettime, clock, now);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    now->tv_sec += seconds_ahead();
  }
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec time;
  int result = clock_gettime(CLOCK_REALTIME, &time);
  now->tv_sec = time.tv_sec;
  now->tv_usec = time.tv_nsec / 1000;
  return result;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}

typedef int cond_timedwait(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);

// The kernel waits until a date of the system's clock. A wait that began before the clock was set ends at its old date.
int pthread_cond_timedwait(
    pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
    const struct timespec *restrict limit) {
  static _Atomic(cond_timedwait *) known;
  cond_timedwait *wait = known;
  if (!wait) {
    // The plain name may find a version of 2002 with another layout.
    wait = (cond_timedwait *)dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    if (!wait) wait = (cond_timedwait *)dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    known = wait;
  }
  // A condition may wait by the steady clock instead; its limit is then far from any date.
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  struct timespec real = *limit;
  if (real.tv_sec > now.tv_sec / 2) real.tv_sec -= seconds_ahead();
  return wait(condition, mutex, &real);
}
