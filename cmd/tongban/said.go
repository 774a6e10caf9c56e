package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

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
	if say := fault.OfFile(err); at != "" && say != "" {
		return fmt.Errorf("“%s”：%s", at, say)
	}
	return err
}
