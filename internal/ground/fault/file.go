package fault

import (
	"errors"
	"io/fs"
	"syscall"
)

// OfFile words what the system says of a file or a folder, "" if it says nothing that
// whoever named it could mend.
func OfFile(err error) string {
	for _, w := range ofFiles {
		if errors.Is(err, w.is) {
			return w.say
		}
	}
	return ""
}

// ofFiles are what the system says of files, in words.
var ofFiles = []struct {
	is  error
	say string
}{
	{syscall.ENOTDIR, "路径里有一段是文件，不是文件夹"},
	{syscall.EISDIR, "这是文件夹，这里要写文件"},
	{fs.ErrNotExist, "没有这个文件或者文件夹，请检查路径"},
	{fs.ErrExist, "已经有这个文件或者文件夹，请换一个名字"},
	{fs.ErrPermission, "没有权限读写，请检查文件的主人和权限"},
	{syscall.EROFS, "所在的盘是只读的"},
	{syscall.ENOSPC, "所在的盘已经写满"},
}
