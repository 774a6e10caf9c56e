package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// roomy is by how many per cent the memory may grow before it is swept. The heap
// is small: at three times instead of two a fifth more pages were shown a second and
// a lifecycle took a fourteenth less processor time; at four times it was no better.
const roomy = 300

// tuned says to Go's runtime how a server is to be run, where the administrator has
// not said so. Who waits for the disk holds one of its threads for a while before
// another may have its turn, and with SQLite somebody nearly always waits: with one
// thread more than processors a twentieth more lifecycles were done.
func tuned(embedded bool) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(roomy)
	}
	if embedded && os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
	}
}
