package sqldb

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// self names this process among all that use the database: what makes it its
// own, its number, and where that number means anything.
func self() string {
	return NewID() + " " + strconv.Itoa(os.Getpid()) + " " + here()
}

// here names the machine since it was started, and the part of it whose
// processes we can see: only there can we tell whether one has died. It is empty
// where that is not known.
func here() string {
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	numbers, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(boot)) + "/" + numbers
}

// dead reports whether a process has certainly ended.
func dead(holder string) bool {
	parts := strings.Fields(holder)
	if len(parts) != 3 || parts[2] != here() {
		return false
	}
	pid, err := strconv.Atoi(parts[1])
	if err != nil {
		return false
	}
	if pid == os.Getpid() {
		return false // ours, or of another who opened the database in this process
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return true
	}
	err = p.Signal(syscall.Signal(0))
	return errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH)
}
