package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tongban/data"
	"tongban/internal/ground/sqldb"
	"tongban/internal/handling/projects"
	"tongban/internal/handling/projects/projectstore"
)

// openProjects furnishes the room of construction projects with the flows of
// this place: projects.yaml of the data directory, or those of the sample city.
func (a *App) openProjects(context.Context) error {
	text, err := os.ReadFile(filepath.Join(a.Data, "projects.yaml"))
	if errors.Is(err, fs.ErrNotExist) {
		text, err = data.Sample.ReadFile("sample/projects.yaml")
	}
	if err != nil {
		return fmt.Errorf("flows of construction projects: %w", err)
	}
	types, findings, err := projects.Read(text)
	if err != nil {
		return fmt.Errorf("flows of construction projects: %w", err)
	}
	a.Projects = &projects.Service{
		Store: &projectstore.Store{DB: a.DB, Post: a.Post}, Types: types, Odd: findings, Themes: a.Themes, Joint: a.Joint, Cases: a.Cases, Days: a.Calendar, NewID: sqldb.NewID, Now: a.Now,
	}
	return nil
}
