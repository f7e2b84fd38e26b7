/* Loaded before libc into one process (LD_PRELOAD), to give this process alone another clock or another network.
   SHIM_FILE names a file with three 64-bit numbers, which the shim reads at every call:
     [0] how many seconds the wall clock of the process is ahead; its monotonic clock is not changed;
     [1] what happens to its connections: 0 they work, 1 the network is unreachable, 2 they go to the silent port;
     [2] the silent port, which takes connections but never answers.
   SHIM_KEPT_PORTS, such as "5672,3306", lists ports that stay reachable. Unix sockets stay reachable, too. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { CLOCK_AHEAD, NETWORK, SILENT_PORT, NUMBERS };

static int (*real_clock)(clockid_t, struct timespec *);
static int (*real_connect)(int, const struct sockaddr *, socklen_t);
static volatile int64_t *numbers;

__attribute__((constructor)) static void load(void)
{
    real_clock = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    real_connect = (int (*)(int, const struct sockaddr *, socklen_t))dlsym(RTLD_NEXT, "connect");
    const char *name = getenv("SHIM_FILE");
    int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    void *map = mmap(NULL, NUMBERS * sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    if (map != MAP_FAILED)
        numbers = map;
    close(file);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    if (!real_clock)
        load();
    int result = real_clock(clock, now);
    if (result == 0 && numbers && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += numbers[CLOCK_AHEAD];
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    (void)zone;
    struct timespec exact;
    int result = clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return result;
}

time_t time(time_t *now)
{
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now)
        *now = exact.tv_sec;
    return exact.tv_sec;
}

static int is_kept(int port)
{
    const char *kept = getenv("SHIM_KEPT_PORTS");
    while (kept && *kept) {
        if (atoi(kept) == port)
            return 1;
        kept = strchr(kept, ',');
        if (kept)
            kept++;
    }
    return 0;
}

int connect(int fd, const struct sockaddr *address, socklen_t length)
{
    int port = address->sa_family == AF_INET    ? ntohs(((const struct sockaddr_in *)address)->sin_port)
               : address->sa_family == AF_INET6 ? ntohs(((const struct sockaddr_in6 *)address)->sin6_port)
                                                : 0;
    if (port == 0 || !numbers || numbers[NETWORK] == 0 || is_kept(port))
        return real_connect(fd, address, length);
    if (numbers[NETWORK] == 1) {
        errno = ENETUNREACH;
        return -1;
    }
    struct sockaddr_storage silent;
    memcpy(&silent, address, length);
    if (silent.ss_family == AF_INET)
        ((struct sockaddr_in *)&silent)->sin_port = htons((uint16_t)numbers[SILENT_PORT]);
    else
        ((struct sockaddr_in6 *)&silent)->sin6_port = htons((uint16_t)numbers[SILENT_PORT]);
    return real_connect(fd, (struct sockaddr *)&silent, length);
}
