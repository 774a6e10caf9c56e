package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongban/internal/app"
)

func TestWhatTheSystemSaysOfAFileIsSaidInChinese(t *testing.T) {
	a, err := app.Open(t.Context(), app.Settings{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	at, dir, file := place{Data: a.Data}, t.TempDir(), filepath.Join(a.Data, "tongban.db")
	for _, tt := range []struct {
		name, say string
		err       error
	}{
		{"a copy into a folder that is not there", "没有这个文件或者文件夹", (&backingUp{place: at, To: "/nowhere/x.tgz"}).Run()},
		{"a copy of no city", "没有这个文件或者文件夹", (&backingUp{place: place{Data: dir}, To: filepath.Join(dir, "x.tgz")}).Run()},
		{"a copy that is not there", "没有这个文件或者文件夹", (&restoring{place: place{Data: filepath.Join(dir, "new")}, From: "/nowhere.tgz"}).Run()},
		{"a table named as a folder", "这里要写文件", (&export{place: at, XLSX: dir}).Run()},
		{"lines named as a folder", "这里要写文件", (&export{place: at, JSON: dir}).Run()},
		{"a folder named as a file", "不是文件夹", (&export{place: at, YAML: file}).Run()},
		{"no such agency", "部门", (&export{place: at, Agency: "nope", JSON: filepath.Join(dir, "x")}).Run()},
		{"a record that is none", "不是 tongban replay --export 导出的记录", (&replay{File: filepath.Join(a.Data, "keys", "master.key")}).Run()},
		{"no ring of keys", "请用 --data", (&rotateKeys{Data: dir}).Run()},
		{"a file for the data", "没有通办的数据", (&audit{place: place{Data: file}}).Run()},
		{"a file for the data of a new city", "不是文件夹", (&serve{place: place{Data: file}, Listen: "127.0.0.1:0"}).Run()},
		{"an address that leads nowhere", "--address", reached("zwfw.example.gov.cn")},
	} {
		if tt.err == nil || !strings.Contains(said(tt.err).Error(), tt.say) || strings.Contains(said(tt.err).Error(), "no such") {
			t.Errorf("%s: %v", tt.name, tt.err)
		}
	}
	if err := reached("https://zwfw.example.gov.cn/"); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("something was made: %v, %v", left, err)
	}
}

// A city is begun only when everything that was asked for can be had: one begun by
// mistake would stand there at the next start.
func TestNothingIsBegunByASettingThatCannotBeFollowed(t *testing.T) {
	wrong := filepath.Join(t.TempDir(), "wrong")
	if err := os.WriteFile(wrong, []byte("x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]serve{
		"--metrics":          {Metrics: "nowhere"},
		"--partners":         {Partners: []string{"nowhere"}},
		"--partner-roots":    {Roots: wrong},
		"--second-factor":    {Factor: []string{"king"}},
		"--scanner":          {Scanner: "nowhere"},
		"--leaked-passwords": {Leaked: wrong},
		"--proxies":          {Proxies: []string{"nowhere"}},
		"--traces":           {Traces: "nowhere"},
	} {
		s.Data, s.Listen = filepath.Join(t.TempDir(), "city"), "127.0.0.1:0"
		if err := s.Run(); err == nil {
			t.Errorf("%s is followed", name)
		}
		if _, err := os.Stat(s.Data); err == nil {
			t.Errorf("%s: a city was begun", name)
		}
	}
}

// What cannot be written to its end leaves what bore the name before.
func TestAnExportIsWholeOrNotThere(t *testing.T) {
	a, err := app.Open(t.Context(), app.Settings{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	dir := t.TempDir()
	before := filepath.Join(dir, "items.zip")
	if err := os.WriteFile(before, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (&export{place: place{Data: a.Data}, Bundle: before, JSON: dir}).Run(); err == nil {
		t.Error("lines were written to a folder")
	}
	text, err := os.ReadFile(before)
	left, failed := os.ReadDir(dir)
	if err != nil || failed != nil || string(text) != "before" || len(left) != 1 {
		t.Errorf("%q, %v: %v %v", text, left, err, failed)
	}
}
