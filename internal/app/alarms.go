package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tongban/data"
	"tongban/internal/oversight/supervision"
)

// readAlarms reads the city's own alarm rules from the data directory, or those
// that ship with the program.
func (a *App) readAlarms() error {
	text, err := os.ReadFile(filepath.Join(a.Data, "alarms.yaml"))
	if errors.Is(err, fs.ErrNotExist) {
		text, err = data.Alarms, nil
	}
	if err == nil {
		a.Supervision.Alarms, err = supervision.ReadAlarms(text)
	}
	if err != nil {
		return fmt.Errorf("alarm rules: %w", err)
	}
	return nil
}
