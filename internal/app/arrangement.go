package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// arrangement is what a city may arrange for itself: the file name of its data
// directory, or else the one that ships.
func (a *App) arrangement(name string, ships fs.FS, shipped string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(a.Data, name))
	if errors.Is(err, fs.ErrNotExist) {
		text, err = fs.ReadFile(ships, shipped)
	}
	if err != nil {
		return nil, fmt.Errorf("arrangement: %w", err)
	}
	return text, nil
}

// arranged is the arrangement name as read understands it.
func arranged[T any](a *App, name string, ships fs.FS, shipped string, read func([]byte) (T, error)) (T, error) {
	text, err := a.arrangement(name, ships, shipped)
	if err != nil {
		return *new(T), err
	}
	is, err := read(text)
	if err != nil {
		return is, fmt.Errorf("arrangement %s: %w", name, err)
	}
	return is, nil
}
