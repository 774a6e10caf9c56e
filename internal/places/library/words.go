package library

import (
	"strconv"
	"time"

	"tongban/internal/catalogue/revisions"
	"tongban/internal/civic/calendar"
	"tongban/internal/places/frame"
)

func itoa(n int) string { return strconv.Itoa(n) }

// moment is a time as people read it.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(calendar.Zone).Format("2006年1月2日 15:04")
}

func revisionURL(id revisions.ID) string { return "/desk/revisions/" + string(id) }

func stateTone(s revisions.State) frame.Tone {
	switch s {
	case revisions.Published:
		return frame.Green
	case revisions.Returned:
		return frame.Red
	case revisions.Submitted, revisions.Reviewed, revisions.Public, revisions.Once:
		return frame.Blue
	}
	return frame.Plain
}

func kindTone(k revisions.Kind) frame.Tone {
	switch k {
	case revisions.Added:
		return frame.Green
	case revisions.Removed:
		return frame.Red
	}
	return frame.Amber
}

// kindIcon is the shape of a difference: colour is never the only sign.
func kindIcon(k revisions.Kind) string {
	switch k {
	case revisions.Added:
		return "plus"
	case revisions.Removed:
		return "x"
	}
	return "pen-line"
}

func outsideHint(outside bool) string {
	if outside {
		return "上级（省级）不在本平台办理，以来文为准"
	}
	return ""
}
