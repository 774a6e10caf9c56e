package bench

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A Use is what programs have used so far.
type Use struct {
	CPU      time.Duration
	Written  int64         // bytes sent to the disk
	Handed   int64         // bytes of the rows handed to the database
	Memory   int64         // bytes resident now
	Database time.Duration // processor time of PostgreSQL, if it is one of this machine
	File     int64         // bytes of the SQLite file
	Log      int64         // bytes of its log
}

func (u Use) since(before Use) Use {
	return Use{u.CPU - before.CPU, u.Written - before.Written, u.Handed - before.Handed, u.Memory, u.Database - before.Database, u.File - before.File, u.Log - before.Log}
}

// Servers are the replicas under measurement, on one database and one data
// directory.
type Servers struct {
	All        []*Server
	Data       string // the directory
	Postmaster int    // the process of a PostgreSQL of this machine; 0: none
}

// Used is what all of them have used, with their database.
func (s *Servers) Used() (all Use, err error) {
	for _, one := range s.All {
		u, err := used(one.cmd.Process.Pid)
		if err == nil {
			u.Handed, err = one.handed()
		}
		if err != nil {
			return all, err
		}
		all.CPU, all.Written, all.Handed, all.Memory = all.CPU+u.CPU, all.Written+u.Written, all.Handed+u.Handed, all.Memory+u.Memory
	}
	all.File, all.Log = size(filepath.Join(s.Data, "tongban.db")), size(filepath.Join(s.Data, "tongban.db-wal"))
	if s.Postmaster != 0 {
		all.Database, err = family(s.Postmaster)
	}
	return all, err
}

// Stop ends all of them.
func (s *Servers) Stop() (err error) {
	for _, one := range s.All {
		if ended := one.Stop(); err == nil {
			err = ended
		}
	}
	return err
}

// used reads from /proc what a process has used.
func used(pid int) (Use, error) {
	dir := fmt.Sprintf("/proc/%d/", pid)
	own, _, err := times(pid)
	if err != nil {
		return Use{}, err
	}
	written, err := line(dir+"io", "write_bytes:")
	if err != nil {
		return Use{}, err
	}
	memory, err := line(dir+"status", "VmRSS:")
	return Use{CPU: own, Written: written, Memory: memory << 10}, err // VmRSS is in KiB
}

// handed asks a server for the bytes of all rows that it handed to its database: the
// values alone, without indexes, whole pages and the log.
func (s *Server) handed() (int64, error) {
	if s.watch == "" {
		return 0, nil
	}
	answer, err := http.Get(s.watch)
	if err != nil {
		return 0, fmt.Errorf("ask what was written: %w", err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, fmt.Errorf("read what was written: %w", err)
	}
	_, rest, ok := strings.Cut(string(text), "\ntongban_sql_handed_bytes_total ")
	if !ok {
		return 0, fmt.Errorf("%s does not tell what was written", s.watch)
	}
	said, _, _ := strings.Cut(rest, "\n")
	n, err := strconv.ParseFloat(said, 64)
	return int64(n), err
}

// family is the processor time of a process and of its children, those that have
// ended too.
func family(pid int) (time.Duration, error) {
	own, ended, err := times(pid)
	if err != nil {
		return 0, err
	}
	all := own + ended
	processes, err := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range processes {
		text, gone := os.ReadFile(file)
		if gone == nil && Parent(text) == pid {
			own, _, gone := times(int(number(filepath.Base(filepath.Dir(file)))))
			if gone == nil { // it may have ended since, and is in its parent's by now
				all += own
			}
		}
	}
	return all, err
}

// Parent is the process whose child one is, by its line in /proc.
func Parent(stat []byte) int { return int(number(fields(stat)[1])) }

// fields of a line of /proc/…/stat after the name, which may hold anything.
func fields(stat []byte) []string {
	return strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
}

// times are a process's own processor time and that of its children that ended.
func times(pid int) (own, ended time.Duration, err error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0, err
	}
	f := fields(stat)
	tick := func(a, b int) time.Duration { return time.Duration(number(f[a])+number(f[b])) * 10 * time.Millisecond }
	return tick(11, 12), tick(13, 14), nil
}

// ownTime is the processor time that this process, which measures, has used.
func ownTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0 // Linux always answers for oneself
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// line reads the number on a line of a file of /proc.
func line(file, name string) (int64, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	_, rest, ok := strings.Cut(string(text), "\n"+name)
	if !ok {
		return 0, fmt.Errorf("%s does not tell %s", file, name)
	}
	return number(strings.Fields(rest)[0]), nil
}

func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0 // /proc writes numbers
	}
	return n
}

// size of a file; 0 if there is none.
func size(file string) int64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return info.Size()
}
