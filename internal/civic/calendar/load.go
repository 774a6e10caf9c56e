package calendar

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"tongban/internal/ground/fault"
)

// Load reads every .json file below fsys as the file of a year, and the office
// hours from office-hours.txt if there is one.
func Load(fsys fs.FS) (Calendar, error) {
	years, hours := map[int]Year{}, []Span(nil)
	err := fs.WalkDir(fsys, ".", func(name string, _ fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path.Base(name) == "office-hours.txt":
			hours, err = readHours(fsys, name)
			return err
		case path.Ext(name) != ".json":
			return nil
		}
		y, err := readFile(fsys, name)
		if err != nil {
			return fmt.Errorf("calendar file %s: %w", name, err)
		}
		if _, twice := years[y.Year]; twice {
			return fault.New(fault.Invalid, "calendar.load.twice", "%d年的放假安排出现在两个文件中，请只保留一个：%s", y.Year, name)
		}
		years[y.Year] = y
		return nil
	})
	if err != nil {
		return Calendar{}, err
	}
	c := New(slices.Collect(maps.Values(years))...)
	if hours != nil {
		c = c.Open(hours)
	}
	return c, nil
}

func readFile(fsys fs.FS, name string) (Year, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return Year{}, err
	}
	defer f.Close()
	return Read(f)
}

func readHours(fsys fs.FS, name string) ([]Span, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	return ParseHours(string(text))
}
