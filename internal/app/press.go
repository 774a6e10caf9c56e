package app

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tongban/data"
	"tongban/internal/ground/pdf"
	"tongban/internal/places/frame"
)

// press is how every place shows papers.
func (a *App) press() *frame.Press {
	return &frame.Press{Fonts: a.typefaces, Files: a.Files, Address: a.Address, HTTPS: a.HTTPS}
}

// readTypefaces reads the typeface that ships with the program and, after it, the
// city's own in the data directory, for letters that the first does not have.
func readTypefaces(dir string) ([]*pdf.Font, error) {
	song, err := data.Song()
	if err != nil {
		return nil, err
	}
	first, err := pdf.ReadFont(song)
	if err != nil {
		return nil, fmt.Errorf("typeface of the program: %w", err)
	}
	fonts := []*pdf.Font{first}
	names, err := fs.Glob(os.DirFS(dir), "*.ttf")
	if err != nil {
		return nil, fmt.Errorf("typefaces of the city: %w", err)
	}
	for _, name := range names {
		file, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("typeface %s: %w", name, err)
		}
		own, err := pdf.ReadFont(file)
		if err != nil {
			return nil, fmt.Errorf("typeface %s: %w", name, err)
		}
		fonts = append(fonts, own)
	}
	return fonts, nil
}
