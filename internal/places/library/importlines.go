package library

import (
	"cmp"
	"fmt"

	"tongban/internal/catalogue/revisions/imports"
)

// openFindings is how many findings of a file stand open at once.
const openFindings = 30

// itemFindings are the findings of one item of a file, or of the file as a whole.
type itemFindings struct {
	Place, Name string
	Lines       []imports.Line
}

// itemsOf puts those together that stand at one place of the file.
func itemsOf(lines []imports.Line) []itemFindings {
	var all []itemFindings
	for _, l := range lines {
		if n := len(all); n == 0 || all[n-1].Place != l.Place || all[n-1].Name != l.Name {
			all = append(all, itemFindings{Place: l.Place, Name: l.Name})
		}
		last := &all[len(all)-1]
		last.Lines = append(last.Lines, l)
	}
	return all
}

func (f itemFindings) title() string {
	switch {
	case f.Name == "":
		return cmp.Or(f.Place, "整个文件")
	case f.Place == "":
		return f.Name
	}
	return f.Place + "　" + f.Name
}

func (f itemFindings) count() string {
	wrong := 0
	for _, l := range f.Lines {
		if l.Severity.Blocks() {
			wrong++
		}
	}
	return fmt.Sprintf("%d处错误，%d处提示", wrong, len(f.Lines)-wrong)
}
