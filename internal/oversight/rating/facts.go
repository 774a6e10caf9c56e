package rating

import (
	"time"
	"tongban/internal/catalogue/items"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/event"
	"tongban/internal/handling/cases"
)

// Given is told when somebody has rated a case.
type Given struct {
	Case    cases.ID     `json:"case"`
	Seq     int          `json:"seq"`
	Item    items.ID     `json:"item"`
	Agency  string       `json:"agency"`
	Region  string       `json:"region"`
	Grade   Grade        `json:"grade"`
	Tags    []string     `json:"tags,omitempty"`
	Rectify calendar.Day `json:"rectify,omitempty"` // a bad rating: to be answered by then
	At      time.Time    `json:"at"`
}

// FactName is the name listeners ask for.
func (Given) FactName() string { return "rating.given" }

// Answered is told when an agency has said what it did about a bad rating.
type Answered struct {
	Case cases.ID  `json:"case"`
	Seq  int       `json:"seq"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// FactName is the name listeners ask for.
func (Answered) FactName() string { return "rating.answered" }

// Found is told when the rater of a bad rating was asked.
type Found struct {
	Case  cases.ID  `json:"case"`
	Seq   int       `json:"seq"`
	Found Finding   `json:"found"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

// FactName is the name listeners ask for.
func (Found) FactName() string { return "rating.found" }

// Reviewed is told when a supervisor said whether a disputed rating counts.
type Reviewed struct {
	Case     cases.ID  `json:"case"`
	Seq      int       `json:"seq"`
	Excluded bool      `json:"excluded"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// FactName is the name listeners ask for.
func (Reviewed) FactName() string { return "rating.reviewed" }

var _, _, _, _ event.Fact = Given{}, Found{}, Reviewed{}, Answered{}
