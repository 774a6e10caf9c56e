package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// definitions are the endings of files that can say something of items; .xls and
// .xml are among them so that what cannot be read is told, not passed over.
var definitions = []string{".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".bpmn", ".dmn", ".xml", ".xes", ".zip"}

// A gathering is what was found under the names that a command was given.
type gathering struct {
	files []string // to be read: as they were named, and those of a folder in the order of their names
	left  []string // of a folder, what is no definition
	wrong []unread // what cannot be come by
}

// gather goes through the names: a file stands for itself, a folder for every
// definition file beneath it but hidden ones. Links to folders are not followed,
// so there is no circle.
func gather(names []string) *gathering {
	g := &gathering{}
	for _, name := range names {
		info, err := os.Stat(name)
		switch {
		case err != nil:
			g.unreachable(name, err)
		case info.IsDir():
			g.folder(name)
		default:
			g.files = append(g.files, name)
		}
	}
	return g
}

func (g *gathering) folder(name string) {
	before := len(g.files) + len(g.wrong)
	if err := filepath.WalkDir(name, g.visit); err != nil {
		g.unreachable(name, err)
	}
	if len(g.files)+len(g.wrong) == before {
		g.wrong = append(g.wrong, unread{name, "文件夹里没有可以检查的文件（" + strings.Join(definitions, " ") + "）"})
	}
}

func (g *gathering) visit(name string, entry fs.DirEntry, err error) error {
	hidden := strings.HasPrefix(entry.Name(), ".") && entry.Name() != "." && entry.Name() != ".."
	switch {
	case err != nil:
		g.unreachable(name, err)
		return nil // and on to the next
	case hidden && entry.IsDir():
		return filepath.SkipDir
	case hidden || strings.HasPrefix(entry.Name(), "~$") || entry.IsDir():
		return nil // of the system, or the lock of an open workbook
	}
	info, err := os.Stat(name)
	if err == nil && info.Mode().IsRegular() && slices.Contains(definitions, strings.ToLower(filepath.Ext(name))) {
		g.files = append(g.files, name)
	} else {
		g.left = append(g.left, name)
	}
	return nil
}

func (g *gathering) unreachable(name string, err error) {
	say := "打不开，请检查权限"
	if os.IsNotExist(err) {
		say = "没有这个文件或者文件夹，请检查路径"
	}
	g.wrong = append(g.wrong, unread{name, say})
}
