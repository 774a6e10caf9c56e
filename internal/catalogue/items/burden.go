package items

// A Burden is what an edition costs the applicant, in the counts of the
// reduction ledger (减材料、减环节、减时限、减跑动、减费用; 阿营组发〔2018〕3号).
type Burden struct {
	Materials int `json:"materials"` // that must be brought; what is fetched does not count
	Steps     int `json:"steps"`     // in which somebody works
	Statutory int `json:"statutory"` // days the law allows, in calendar days; 0 where it says nothing
	Days      int `json:"days"`      // at most, of the binding limit, in calendar days
	Visits    int `json:"visits"`
	Fees      int `json:"fees"` // charges, not yuan
}

// Burden counts what the edition costs the applicant.
func (e *Edition) Burden() Burden {
	b := Burden{Visits: e.Visits, Fees: len(e.Fees)}
	for _, m := range e.Materials {
		if m.Necessity != Optional && !m.Fetched() {
			b.Materials++
		}
	}
	for _, n := range e.Procedure.Nodes {
		if n.Kind.Staffed() {
			b.Steps++
		}
	}
	if l := e.Binding(); !l.None() && !l.Immediate() {
		b.Days = days(l)
	}
	if l := e.Statutory; !l.None() && !l.Immediate() {
		b.Statutory = days(l)
	}
	return b
}

// Plus adds up two burdens.
func (b Burden) Plus(other Burden) Burden {
	return Burden{b.Materials + other.Materials, b.Steps + other.Steps, b.Statutory + other.Statutory, b.Days + other.Days, b.Visits + other.Visits, b.Fees + other.Fees}
}

// Less is what b saves over before; negative where it costs more.
func (b Burden) Less(before Burden) Burden {
	return Burden{before.Materials - b.Materials, before.Steps - b.Steps, before.Statutory - b.Statutory, before.Days - b.Days, before.Visits - b.Visits, before.Fees - b.Fees}
}
