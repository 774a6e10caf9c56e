package queue

import (
	"slices"

	"tongban/internal/catalogue/halls"
	"tongban/internal/ground/fault"
)

// A Line is one queue of a hall (队列): the windows that serve the same things.
type Line struct {
	Name    string // tells it from the others of the hall: "综合窗口", "不动产登记"
	Letter  string // begins the numbers of its tickets: "A"
	Kind    halls.WindowKind
	Area    string
	Windows []string // their numbers
}

// served are the kinds of window that people wait for; all windows of such a
// kind make one line, except that each field has its own.
var served = []halls.WindowKind{halls.Any, halls.General, halls.Field, halls.Issue, halls.Helper, halls.Appeal}

// names of the lines whose windows do not differ by area.
var names = map[halls.WindowKind]string{
	halls.Any: "综合窗口", halls.General: "全科窗口", halls.Issue: "取证取件", halls.Helper: "帮办代办", halls.Appeal: "办不成事反映",
}

// LinesOf are the lines of a hall, lettered in the order in which people look
// for them: what takes every item first. A closed hall has none.
func LinesOf(h halls.Hall) []Line {
	if h.Closed {
		return nil
	}
	var lines []Line
	for _, kind := range served {
		for _, w := range h.Windows {
			if w.Kind == kind {
				lines = join(lines, w)
			}
		}
	}
	for i := range lines {
		lines[i].Letter = letter(i)
	}
	return lines
}

func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letter(i/26-1) + letter(i%26)
}

// join adds a window to its line, which it opens if it is the first.
func join(lines []Line, w halls.Window) []Line {
	line := Line{Name: names[w.Kind], Kind: w.Kind, Windows: []string{w.No}}
	if w.Kind == halls.Field {
		line.Name, line.Area = w.Area, w.Area
	}
	i := slices.IndexFunc(lines, func(l Line) bool { return l.Kind == line.Kind && l.Area == line.Area })
	if i < 0 {
		return append(lines, line)
	}
	lines[i].Windows = append(lines[i].Windows, w.No)
	return lines
}

// lineIn finds a line by its name.
func lineIn(lines []Line, name string) (Line, error) {
	for _, l := range lines {
		if l.Name == name {
			return l, nil
		}
	}
	return Line{}, fault.New(fault.NotFound, "queue.line.none", "这个大厅没有这个队列，请重新选择").At("line", "choice", "请选择要排的队列")
}

// target is where the holder of a ticket is sent: a line by its name, or one window of
// a line by its number.
func target(lines []Line, to string) (Line, string, error) {
	if line, ok := lineOf(lines, to); ok {
		return line, to, nil
	}
	line, err := lineIn(lines, to)
	return line, "", err
}

// lineOf is the line that a window serves.
func lineOf(lines []Line, window string) (Line, bool) {
	for _, l := range lines {
		if slices.Contains(l.Windows, window) {
			return l, true
		}
	}
	return Line{}, false
}
