package items

import (
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/pinyin"
)

// An Entry is an item as lists show it.
type Entry struct {
	ID         ID           `json:"id"`
	Number     int          `json:"number"`
	Name       string       `json:"name"`
	Aliases    []string     `json:"aliases,omitempty"` // synonyms and former names
	Type       Type         `json:"type"`
	Level      Level        `json:"level"`
	Region     string       `json:"region"`
	Agency     string       `json:"agency"`
	AgencyName string       `json:"agencyName"`
	Catalogue  string       `json:"catalogue"` // 基本编码
	Kind       Kind         `json:"kind"`
	Limit      string       `json:"limit"` // binding limit as people read it
	Visits     int          `json:"visits"`
	Online     bool         `json:"online"` // from end to end
	Filing     bool         `json:"filing,omitempty"`
	Person     bool         `json:"person"`
	Firm       bool         `json:"firm"`
	State      State        `json:"state"`
	Effective  calendar.Day `json:"effective"`
	Retired    calendar.Day `json:"retired,omitzero"`
	Sort       string       `json:"-"` // place in lists: the name in pinyin
}

// Entry is the edition as lists show it.
func (e *Edition) Entry() Entry {
	return Entry{
		ID: e.Item, Number: e.Number, Name: e.Name, Aliases: append(append([]string{}, e.Synonyms...), e.FormerNames...),
		Type: e.Type, Level: e.Level, Region: e.Region, Agency: e.Agency, AgencyName: e.AgencyName, Catalogue: e.Codes.Catalogue,
		Kind: e.Kind, Limit: e.Binding().String(), Visits: e.Visits, Online: e.WholeOnline(), Filing: e.Filing,
		Person: e.ForPersons(), Firm: e.ForFirms(), State: e.State, Effective: e.Effective, Retired: e.Retired, Sort: pinyin.Spelled(e.Name),
	}
}

// InForce reports whether one may apply on day.
func (e Entry) InForce(day calendar.Day) bool {
	return e.State == Published && e.Effective <= day && (e.Retired == 0 || day < e.Retired)
}

// A Filter narrows a list; empty fields let everything through.
type Filter struct {
	Agency string
	Type   Type
	Level  Level
	Region string // exactly this division
	Topic  string // one of Topics: person:040, firm:010, life:出生, list:filing
	Person bool   // for natural persons only
	Firm   bool   // for firms and organizations only
}

// Topics are the subjects under which the edition is listed: themes, stages of
// life and published lists.
func (e *Edition) Topics() []string {
	var topics []string
	for _, t := range e.PersonTopics {
		topics = append(topics, "person:"+t)
	}
	for _, t := range e.FirmTopics {
		topics = append(topics, "firm:"+t)
	}
	for _, t := range e.LifeStages {
		topics = append(topics, "life:"+t)
	}
	return append(topics, e.listed()...)
}

// A Cursor is where a page of a list ends; the zero Cursor is the beginning.
type Cursor struct {
	Sort string `json:"s,omitempty"`
	ID   ID     `json:"i,omitempty"`
}
