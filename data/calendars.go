// Package data holds what ships inside the program (随程序发布的数据): facts of
// public notices and sample texts, no code.
package data

import "embed"

// Calendars are the State Council's holiday notices year by year (国务院办公厅
// 部分节假日安排的通知), in the public JSON shape so that the file of another
// year is added as it is, and the usual office hours. calendar.Load reads them.
//
//go:embed calendars
var Calendars embed.FS
