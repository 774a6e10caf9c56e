package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// folderOf is a folder with these files.
func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAFolderIsCheckedFileByFileInOrder(t *testing.T) {
	dir := folderOf(t, map[string]string{
		"乙.csv": "事项名称,承诺时限\n捕捞许可,20日\n", "b/guide.YAML": "name: 甲\nlegal_limit: 20\n", "b/z.bpmn": "<x/>", "a.dmn": `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>`,
		"读我.txt": "说明", ".git/c.yaml": "x: 1", "~$乙.xlsx": "lock",
	})
	if err := os.Symlink(dir, filepath.Join(dir, "回到自己")); err != nil {
		t.Fatal(err)
	}
	found := gather([]string{dir, filepath.Join(dir, "没有.yaml")})
	want := []string{"a.dmn", "b/guide.YAML", "b/z.bpmn", "乙.csv"}
	for i := range found.files {
		found.files[i], _ = filepath.Rel(dir, found.files[i])
	}
	if !slices.Equal(found.files, want) || len(found.left) != 2 || len(found.wrong) != 1 {
		t.Errorf("%v, left %v, wrong %v", found.files, found.left, found.wrong)
	}
}

func TestOneExitStatusForAllFiles(t *testing.T) {
	sound := folderOf(t, map[string]string{"a.dmn": `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>`, "读我.txt": "x"})
	for _, tt := range []struct {
		name   string
		files  map[string]string
		strict bool
		want   error
	}{
		{"only remarks", nil, false, nil},
		{"remarks, and they count", nil, true, exit(1)},
		{"one with errors", map[string]string{"b.yaml": "name: 甲\nlegal_limit: 20\n"}, false, exit(1)},
		{"one that cannot be read outweighs errors", map[string]string{"b.yaml": "name: 甲\nlegal_limit: 20\n", "a.bpmn": "<x/>"}, false, exit(2)},
		{"a folder without definitions", map[string]string{"x.txt": "x"}, false, exit(2)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			names := []string{sound, folderOf(t, tt.files)}
			if tt.files == nil {
				names = names[:1]
			}
			if err := (&check{Files: names, JSON: true, Warnings: tt.strict}).Run(); err != tt.want {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

func TestMistakesOnTheCommandLineAreSaidInChinese(t *testing.T) {
	for said, want := range map[string]string{
		`expected "<files> ..."`:                                                         "还要写明 <files>",
		`unexpected argument chek, did you mean "check"?`:                                `没有“chek”这个命令或者参数，是不是要写 "check"`,
		`<files> ...: stat /x: no such file or directory`:                                "没有“/x”这个文件或者文件夹，请检查路径",
		`--data: expected file value but got "EOL" (<EOL>)`:                              "--data 后面没有写值",
		`--listed: expected a valid 64 bit int but got "many"`:                           `--listed 的值 "many" 读不懂，请写数字，时长写成 30s、5m 的样子`,
		`--keep: expected int value but got "-1" (short flag); perhaps try --keep="-1"?`: "--keep 的值 -1 不能用：要写不小于 0 的数",
		`--drain: expected duration but got "x": time: invalid duration "x"`:             `--drain 的值 "x" 读不懂，请写成 30s、5m 的样子`,
		`--key must be one of "field","index" but got "nope"`:                            `--key 不能写 "nope"，只能是 "field","index" 中的一个`,
	} {
		if got := wrongly(said); got != want {
			t.Errorf("%s: %s", said, got)
		}
	}
}
