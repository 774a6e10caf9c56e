package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"tongban/internal/ground/fault"
)

// said words an error for the terminal.
func said(err error) error {
	if fault.Of(err) == fault.Internal {
		return onDisk(err)
	}
	text := fault.Say(err)
	for _, f := range fault.Fields(err) {
		text += "\n  " + f.Path + "　" + f.Say
	}
	return errors.New(text)
}

// onDisk words what the system says of a file; any other err stays.
func onDisk(err error) error {
	at := ""
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		at = e.Path
	} else if e, ok := errors.AsType[*os.LinkError](err); ok {
		at = e.New
	}
	for _, w := range wrongs {
		if at != "" && errors.Is(err, w.is) {
			return fmt.Errorf("“%s”：%s", at, w.say)
		}
	}
	return err
}

// wrongs are what the system says of files, in words.
var wrongs = []struct {
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
