package app

import (
	"tongban/data"
	"tongban/internal/oversight/supervision"
)

// readAlarms reads the rules by which this city watches its cases.
func (a *App) readAlarms() (err error) {
	a.Supervision.Alarms, err = arranged(a, "alarms.yaml", data.Alarms, "alarms.yaml", supervision.ReadAlarms)
	return err
}
