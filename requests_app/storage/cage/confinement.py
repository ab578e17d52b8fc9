"""The walls of one job, set up by itself before it looks at its file; none can be taken down.

Landlock (through py-landlock) and seccomp (through pyseccomp and the system's libseccomp) are used
where the kernel and the container offer them. Either alone refuses network connections by TCP,
commands and writing; seccomp refuses every socket; reading other files is Landlock's and
bubblewrap's to refuse.
"""

import errno
import os
import resource
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from requests_app.storage.cage.limits import Limits

LANDLOCK, SECCOMP = "landlock", "seccomp"
TCP_SINCE = 4  # version of Landlock's interface: Linux 6.7
MOST_OPEN_FILES = 64
# The desk's programs and what they need of the system; never its data.
SYSTEM = ("/usr", "/lib", "/lib64", "/sbin", "/opt/homebrew", "/etc/fonts", "/var/cache/fontconfig")
RANDOM = ("/dev/urandom", "/dev/random")  # qpdf looks for one to read what is encrypted
OWN = ("requests_app", "cities", "templates")
CLONE_THREAD = 0x00010000
WRITES = os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC
REFUSED = (
    # sockets, and what opens them past this filter
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg",
    "sendmmsg", "io_uring_setup", "io_uring_enter", "io_uring_register",
    # programs and other processes
    "execve", "execveat", "fork", "vfork", "kill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "ptrace", "process_vm_readv",
    "process_vm_writev", "process_madvise", "kcmp", "unshare", "setns", "setrlimit",
    # files: what is given is open already
    "creat", "truncate", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat",
    "renameat2", "link", "linkat", "symlink", "symlinkat", "mknod", "mknodat", "chmod", "fchmod",
    "fchmodat", "chown", "fchown", "lchown", "fchownat", "setxattr", "lsetxattr", "fsetxattr",
    "removexattr", "lremovexattr", "fremovexattr", "utime", "utimes", "utimensat", "futimesat",
    "mount", "umount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen",
    "fsconfig", "fsmount", "fspick", "mount_setattr", "open_by_handle_at", "name_to_handle_at",
    "fanotify_init", "swapon", "swapoff", "quotactl", "acct",
    # the kernel's wider surface, which no library of ours needs
    "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "init_module",
    "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "syslog",
    "personality", "iopl", "ioperm", "settimeofday", "clock_settime", "adjtimex", "sethostname",
    "setdomainname", "shmget", "shmat", "msgget", "semget", "mq_open", "setuid", "setgid",
    "setresuid", "setresgid", "setgroups", "capset",
)  # fmt: skip
# The C library has an older way for each of these, which can be told apart by its arguments.
NOT_THERE = ("clone3", "openat2")


def readable(root: Path, *more: str) -> list[str]:
    """The folders that a job may read, those of them that there are."""
    wanted = [*SYSTEM, sys.prefix, sys.base_prefix, *(str(root / one) for one in OWN), *more]
    return [one for one in dict.fromkeys(wanted) if Path(one).is_dir()]


def confine(limits: Limits, *, layers: Collection[str], folders: Iterable[str]) -> None:
    """From here on this process cannot be had for more. An error where a wall does not stand."""
    _limit(limits)
    if LANDLOCK in layers:
        _landlock(folders)
    if SECCOMP in layers:
        _seccomp()


def standing(*, folders: Collection[str], without: Collection[str]) -> dict[str, int]:
    """Which walls stand here, each tried by a process that ends: Landlock's version, and 1 for
    seccomp. `without` leaves some out, to see what the others hold by themselves."""
    versions = {LANDLOCK: landlock_version(), SECCOMP: 1}
    return {
        layer: version
        for layer, version in versions.items()
        if version and layer not in without and _stands(layer, folders)
    }


def _stands(layer: str, folders: Iterable[str]) -> bool:
    if layer == SECCOMP:
        try:
            import pyseccomp  # noqa: F401  found once, for all who come after
        except (ImportError, RuntimeError, OSError):  # no libseccomp on this machine
            return False
    child = os.fork()
    if child == 0:
        code = 1
        try:
            confine(Limits(), layers={layer}, folders=folders)
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] == 0


def _limit(limits: Limits) -> None:
    most = {
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_AS: _mapped_bytes() + limits.memory,
        resource.RLIMIT_FSIZE: limits.output,
        resource.RLIMIT_NOFILE: MOST_OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in most.items():
        resource.setrlimit(kind, (value, value))


def _mapped_bytes() -> int:
    """What the libraries take of the address space; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def landlock_version() -> int:
    """Of the kernel's interface; 0 where there is none, or the container forbids it."""
    try:
        from py_landlock import LandlockError, get_abi_version
    except ImportError:
        return 0
    try:
        return int(get_abi_version())
    except (LandlockError, OSError):
        return 0


def _landlock(folders: Iterable[str]) -> None:
    """Reading within these folders; no writing, no program started, no TCP, no signal."""
    from py_landlock import AccessFs, Landlock

    rules = Landlock(strict=False).allow_read(*folders)
    devices = [one for one in RANDOM if Path(one).exists()]
    rules.add_path_rule(*devices, access=AccessFs.READ_FILE).apply()


def _seccomp() -> None:
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    for name in REFUSED:
        _refuse(seccomp, rules, name)
    for name in NOT_THERE:
        _refuse(seccomp, rules, name, code=errno.ENOSYS)
    _refuse(seccomp, rules, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, 0))
    _refuse(seccomp, rules, "tgkill", seccomp.Arg(0, seccomp.NE, os.getpid()))
    _refuse(seccomp, rules, "prlimit64", seccomp.Arg(2, seccomp.NE, 0))
    for flag in WRITES:
        _refuse(seccomp, rules, "open", seccomp.Arg(1, seccomp.MASKED_EQ, flag, flag))
        _refuse(seccomp, rules, "openat", seccomp.Arg(2, seccomp.MASKED_EQ, flag, flag))
    rules.load()


def _refuse(seccomp, rules, name, *arguments, code=errno.EPERM) -> None:  # type: ignore[no-untyped-def]
    """One call of the system. Another kind of machine has not all of them, under these names."""
    if seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) >= 0:
        rules.add_rule(seccomp.ERRNO(code), name, *arguments)
