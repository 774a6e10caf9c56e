package queue

import (
	"strings"

	"tongban/internal/catalogue/halls"
	"tongban/internal/ground/fault"
)

// themed begins the name under which a theme (一件事) is come for as one item.
const themed = "theme."

// Themed reports whether a ticket is for a theme (主题叫号).
func Themed(item string) bool { return strings.HasPrefix(item, themed) }

// Serves reports whether a line is one that an item is come for in: a theme goes
// to the windows that take everything, for its parts belong to several
// departments (主题叫号、前台一窗受理, 苏协调小组〔2021〕1号 三（四）).
func (l Line) Serves(item string) bool {
	return !Themed(item) || l.Kind == halls.Any || l.Kind == halls.General
}

// serves refuses a line that does not serve the item.
func serves(l Line, item string) error {
	if l.Serves(item) {
		return nil
	}
	return fault.New(fault.Invalid, "queue.take.theme", "一件事涉及几个部门，请排综合窗口").At("line", "theme", "一件事在综合窗口一次办，请选综合窗口")
}
